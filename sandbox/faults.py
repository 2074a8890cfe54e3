"""Bad weather: what goes wrong between the bot and Telegram, on purpose and repeatably."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from random import Random
from types import MappingProxyType
from typing import Any

from sandbox.errors import ApiError, ControlError, forbidden, too_many_requests
from sandbox.world.updates import Pending

REFUSALS = frozenset({"429", "5xx", "error", "403"})
BROKEN = frozenset({"refuse", "timeout-before", "accepted-then-lost", "reset", "bad-json", "slow"})


@dataclass
class Rule:
    """One thing that goes wrong.

    `nth` counts the calls that fit (from 1), `every` takes each n-th of them; `times` is how often it may strike;
    `from_` and `until` are on the sandbox clock; `seconds` are real ones.
    """

    kind: str
    method: str = "*"
    chat: int | None = None
    nth: list[int] | None = None
    every: int | None = None
    probability: float = 1.0
    times: int | None = None
    from_: float | None = None
    until: float | None = None
    retry_after: int = 5
    seconds: float = 2.0
    code: int = 502
    text: str | None = None
    seen: int = 0
    hits: int = 0

    def told(self) -> dict[str, Any]:
        """As JSON, `from_` named as on the wire."""
        row = asdict(self)
        row["from"] = row.pop("from_")
        return row

    def error(self) -> ApiError:
        """The answer of a rule whose kind is a refusal."""
        match self.kind:
            case "429":
                return too_many_requests(self.retry_after)
            case "403":
                return forbidden(self.text or "bot was blocked by the user")
            case "error":
                return ApiError(self.code, self.text or "Internal Server Error: sandbox")
            case _:
                return ApiError(self.code, self.text or _GATEWAY.get(self.code, "Internal Server Error"))


_GATEWAY = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}

PRESETS: Mapping[str, tuple[dict[str, Any], ...]] = MappingProxyType(
    {
        "fair": (),
        "bad": (
            {"kind": "slow", "method": "*", "probability": 0.25, "seconds": 0.8},
            {"kind": "429", "method": "sendMessage", "probability": 0.05, "retry_after": 3},
            {"kind": "429", "method": "editMessageText", "probability": 0.05, "retry_after": 3},
            {"kind": "5xx", "method": "*", "probability": 0.05},
            {"kind": "reset", "method": "*", "probability": 0.03},
        ),
        "storm": (
            {"kind": "slow", "method": "*", "probability": 0.4, "seconds": 2.0},
            {"kind": "429", "method": "*", "probability": 0.1, "retry_after": 10},
            {"kind": "5xx", "method": "*", "probability": 0.15},
            {"kind": "refuse", "method": "*", "probability": 0.1},
            {"kind": "timeout-before", "method": "*", "probability": 0.05, "seconds": 8.0},
            {"kind": "accepted-then-lost", "method": "*", "probability": 0.05},
            {"kind": "bad-json", "method": "*", "probability": 0.05},
        ),
        "offline": ({"kind": "refuse", "method": "*"},),
    },
)


@dataclass
class UpdateFaults:
    """How updates are spoilt on their way into the queue: shares from 0 to 1."""

    duplicate: float = 0.0
    reorder: float = 0.0


@dataclass
class Weather:
    """The rules in force. `seed` makes chance repeatable.

    Args:
        now: the sandbox clock.
    """

    now: Callable[[], float]
    seed: int = 0
    preset: str = "fair"
    rules: list[Rule] = field(default_factory=list)
    updates: UpdateFaults = field(default_factory=UpdateFaults)
    rng: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - chance of the weather

    def set_seed(self, seed: int) -> None:
        """Begin chance anew."""
        self.seed = seed
        self.rng = Random(seed)  # noqa: S311 - chance of the weather

    def set_preset(self, name: str) -> None:
        """Replace all rules by a prepared set; `fair` also stops spoiling updates."""
        if name not in PRESETS:
            raise ControlError(f"the weather is one of {', '.join(PRESETS)}")
        self.preset = name
        self.rules = [Rule(**row) for row in PRESETS[name]]
        if name == "fair":
            self.updates = UpdateFaults()

    def set_rules(self, rows: list[dict[str, Any]]) -> None:
        """Replace all rules. Raises `ControlError` for a rule that cannot be read."""
        self.rules = [read_rule(row) for row in rows]

    def strikes(self, method: str, chat_id: int | None) -> Rule | None:
        """The first rule that strikes this call, counted as a hit."""
        now = self.now()
        for rule in self.rules:
            if self._fits(rule, method, chat_id, now) and self._chosen(rule):
                rule.hits += 1
                return rule
        return None

    def distort(self, waiting: list[Pending]) -> list[Pending]:
        """Sometimes double or swap the newest update (only one that was not handed out yet)."""
        if not waiting or waiting[-1].handed_out:
            return waiting
        if self.updates.duplicate and self.rng.random() < self.updates.duplicate:
            waiting = [*waiting, waiting[-1]]
        swappable = len(waiting) > 1 and not waiting[-2].handed_out
        if swappable and self.updates.reorder and self.rng.random() < self.updates.reorder:
            newest, before = waiting[-1], waiting[-2]
            numbers = newest.update_id, before.update_id
            waiting[-2:] = [newest, before]
            before.update_id, newest.update_id = max(numbers), min(numbers)
        return waiting

    @staticmethod
    def _fits(rule: Rule, method: str, chat_id: int | None, now: float) -> bool:
        if rule.method not in {"*", method} or (rule.chat is not None and rule.chat != chat_id):
            return False
        early = rule.from_ is not None and now < rule.from_
        late = rule.until is not None and now >= rule.until
        spent = rule.times is not None and rule.hits >= rule.times
        return not (early or late or spent)

    def _chosen(self, rule: Rule) -> bool:
        rule.seen += 1
        if rule.nth is not None:
            return rule.seen in rule.nth
        if rule.every is not None:
            return rule.seen % rule.every == 0
        return rule.probability >= 1 or self.rng.random() < rule.probability


def read_rule(row: dict[str, Any]) -> Rule:
    """A rule from JSON. Raises `ControlError` for unknown fields or kinds."""
    named = {("from_" if name == "from" else name): value for name, value in row.items()}
    known = {one.name for one in fields(Rule)} - {"seen", "hits"}
    if unknown := set(named) - known:
        raise ControlError(f"a rule has no {', '.join(sorted(unknown))}")
    if named.get("kind") not in REFUSALS | BROKEN:
        raise ControlError(f"a rule's kind is one of {', '.join(sorted(REFUSALS | BROKEN))}")
    if isinstance(named.get("nth"), int):
        named["nth"] = [named["nth"]]
    return Rule(**named)
