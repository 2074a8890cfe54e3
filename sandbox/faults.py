"""What can go wrong on purpose, one rule each: with a call, with the chat it goes to, or with an update."""

from dataclasses import dataclass, field, fields, replace
from random import Random
from typing import Any

from sandbox.errors import ApiError, ControlError, forbidden, too_many_requests

# The server answers, but says no.
REFUSALS = frozenset({"429", "5xx", "error", "403"})
# The connection does not carry the answer, or not in time.
BROKEN = frozenset({"refuse", "timeout-before", "accepted-then-lost", "reset", "bad-json", "slow"})
# Something happens to the chat a moment before the call; the call then finds it so.
PRIVATE_MISHAPS = frozenset({"blocked", "deactivated"})
GROUP_MISHAPS = frozenset({"migrated", "kicked", "topic-closed", "topic-deleted", "rights-lost"})
MISHAPS = PRIVATE_MISHAPS | GROUP_MISHAPS | {"message-gone"}
# Something happens to an update on its way to the bot.
SPOILT_UPDATES = frozenset({"duplicate", "reorder", "renumber", "double-tap", "expired-press"})
KINDS = REFUSALS | BROKEN | MISHAPS | SPOILT_UPDATES

_GATEWAY = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
_HELD = {"slow": 2.0, "timeout-before": 2.0}  # seconds that a call is held unless the rule says how long


@dataclass
class Rule:
    """One thing that goes wrong.

    `method` is a call's, or the kind of an update; or a list of them. `nth` counts what fits (from 1), `every` takes
    each n-th of it; `times` is how often the rule may strike; once it has, it strikes everything that fits for `burst`
    seconds more.
    `from_`, `until` and `burst` are on the sandbox clock, `seconds` (how long the call is held, or the door shut after
    `refuse`) are real ones. `retry_after` and `code` may be [least, most] and a list: then chance decides. `done`: the
    call takes effect although its answer is a refusal or broken. Chance is drawn from the rule's own `rng`, so that
    what strikes here does not depend on what other rules met.
    """

    kind: str
    method: str | list[str] = "*"
    chat: int | None = None
    nth: list[int] | None = None
    every: int | None = None
    probability: float = 1.0
    times: int | None = None
    burst: float = 0.0
    from_: float | None = None
    until: float | None = None
    retry_after: int | list[int] = 5
    seconds: float | None = None
    code: int | list[int] = 502
    text: str | None = None
    done: bool = False
    seen: int = 0
    hits: int = 0
    raging_until: float = 0.0
    rng: Random = field(default_factory=Random, repr=False, compare=False)

    @property
    def held(self) -> float:
        """How long the call is held, in real seconds."""
        return _HELD.get(self.kind, 0.0) if self.seconds is None else self.seconds

    @property
    def spent(self) -> bool:
        """Whether it has struck as often as it may."""
        return self.times is not None and self.hits >= self.times

    def told(self) -> dict[str, Any]:
        """As JSON, `from_` named as on the wire."""
        row = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "rng"}
        row["from"] = row.pop("from_")
        return row

    def fits(self, method: str, chat_id: int | None, now: float) -> bool:
        """Whether it is meant for this call or update, whatever chance says."""
        wanted = [self.method] if isinstance(self.method, str) else self.method
        if not {"*", method} & set(wanted) or self.chat not in {None, chat_id}:
            return False
        if self.kind in PRIVATE_MISHAPS | GROUP_MISHAPS and (
            chat_id is None or (chat_id < 0) != (self.kind in GROUP_MISHAPS)
        ):
            return False
        early = self.from_ is not None and now < self.from_
        late = self.until is not None and now >= self.until
        return not (early or late or self.spent)

    def chosen(self, now: float) -> bool:
        """Whether it strikes what fits, this time; counts."""
        self.seen += 1
        if now < self.raging_until:
            struck = True
        elif self.nth is not None:
            struck = self.seen in self.nth
        elif self.every is not None:
            struck = self.seen % self.every == 0
        else:
            struck = self.probability >= 1 or self.rng.random() < self.probability
        if struck:
            self.hits += 1
            self.raging_until = max(self.raging_until, now + self.burst if self.burst else 0.0)
        return struck

    def drawn(self) -> "Rule":
        """The same rule with what chance decides about it decided."""
        wait, code = self.retry_after, self.code
        return replace(
            self,
            retry_after=self.rng.randint(wait[0], wait[-1]) if isinstance(wait, list) else wait,
            code=self.rng.choice(code) if isinstance(code, list) else code,
        )

    def error(self) -> ApiError:
        """The answer of a drawn rule whose kind is a refusal."""
        code = self.code if isinstance(self.code, int) else self.code[0]
        wait = self.retry_after if isinstance(self.retry_after, int) else self.retry_after[0]
        match self.kind:
            case "429":
                return too_many_requests(wait)
            case "403":
                return forbidden(self.text or "bot was blocked by the user")
            case "error":
                return ApiError(code, self.text or "Internal Server Error: sandbox")
            case _:
                return ApiError(code, self.text or _GATEWAY.get(code, "Internal Server Error"))


def read_rule(row: dict[str, Any]) -> Rule:
    """A rule from JSON. Raises `ControlError` for unknown fields or kinds."""
    named = {("from_" if name == "from" else name): value for name, value in row.items()}
    known = {one.name for one in fields(Rule)} - {"seen", "hits", "raging_until", "rng"}
    if unknown := set(named) - known:
        raise ControlError(f"a rule has no {', '.join(sorted(unknown))}")
    if named.get("kind") not in KINDS:
        raise ControlError(f"a rule's kind is one of {', '.join(sorted(KINDS))}")
    if isinstance(named.get("nth"), int):
        named["nth"] = [named["nth"]]
    for name in ("retry_after", "code"):
        if isinstance(named.get(name), list) and not named[name]:
            raise ControlError(f"{name} is a number, or a list with something in it")
    return Rule(**named)
