"""Bad weather: which rule strikes what, repeatably, and whether Telegram is there at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sandbox.errors import ControlError
from sandbox.faults import SPOILT_UPDATES, Rule, read_rule
from sandbox.presets import PRESETS
from sandbox.world.updates import Pending
from sandbox.world.world import PressFate

FOR_EVER = float("inf")


@dataclass
class UpdateFaults:
    """How updates are spoilt on their way into the queue: shares from 0 to 1."""

    duplicate: float = 0.0
    reorder: float = 0.0
    double_tap: float = 0.0
    expired_press: float = 0.0


@dataclass
class Weather:
    """The rules in force. `seed` makes chance repeatable.

    Args:
        now: the sandbox clock.
        renumber: begins to count updates anew.

    Attributes:
        away_until: until when the whole API is away, on the sandbox clock.
        listeners: called when that changes.
    """

    now: Callable[[], float]
    renumber: Callable[[], None]
    seed: int = 0
    preset: str = "fair"
    rules: list[Rule] = field(default_factory=list)
    updates: UpdateFaults = field(default_factory=UpdateFaults)
    away_until: float = 0.0
    listeners: list[Callable[[], None]] = field(default_factory=list)
    rng: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - chance of the weather
    _sown: int = 0

    @property
    def away(self) -> bool:
        """Whether Telegram cannot be reached at all."""
        return self.now() < self.away_until

    def set_seed(self, seed: int) -> None:
        """Begin chance anew."""
        self.seed = seed
        self.rng = Random(seed)  # noqa: S311 - chance of the weather
        self._sow(self.rules, anew=True)

    def set_preset(self, name: str) -> None:
        """Replace all rules by a prepared set; `fair` also stops spoiling updates, `offline` is away for good."""
        if name not in PRESETS:
            raise ControlError(f"the weather is one of {', '.join(PRESETS)}")
        self.preset = name
        self.rules = self._sow([Rule(**row) for row in PRESETS[name]], anew=True)
        if name == "fair":
            self.updates = UpdateFaults()
        self._stay_away_until(FOR_EVER if name == "offline" else 0.0)

    def set_rules(self, rows: list[dict[str, Any]]) -> None:
        """Replace all rules. Raises `ControlError` for a rule that cannot be read."""
        self.rules = self._sow([read_rule(row) for row in rows], anew=True)

    def add_rules(self, rows: list[dict[str, Any]]) -> None:
        """Put rules before those there are; the ones that are spent go. Raises `ControlError`."""
        fresh = self._sow([read_rule(row) for row in rows], anew=False)
        self.rules = fresh + [rule for rule in self.rules if not rule.spent]

    def _sow(self, rules: list[Rule], *, anew: bool) -> list[Rule]:
        """Give each rule its own chance, from the seed and its place among all since they were last set anew."""
        if anew:
            self._sown = 0
        for rule in rules:
            self._sown += 1
            rule.rng = Random(f"{self.seed} {self._sown} {rule.kind}")  # noqa: S311 - chance of the weather
        return rules

    def stay_away(self, seconds: float) -> None:
        """Be away for so many seconds of the sandbox clock from now; 0 is back."""
        self._stay_away_until(self.now() + seconds if seconds > 0 else 0.0)

    def _stay_away_until(self, instant: float) -> None:
        self.away_until = instant
        self.changed()

    def changed(self) -> None:
        """Tell whoever must know at once whether Telegram is there."""
        for listener in self.listeners:
            listener()

    def strikes(self, method: str, chat_id: int | None) -> Rule | None:
        """The first rule that strikes this call, counted as a hit."""
        now = self.now()
        for rule in self.rules:
            if rule.kind not in SPOILT_UPDATES and rule.fits(method, chat_id, now) and rule.chosen(now):
                return rule.drawn()
        return None

    def press_fate(self) -> PressFate:
        """What becomes of a press: made twice, or too old to be answered by the time it arrives."""
        return PressFate(
            twice=self._spoils("double-tap", "callback_query", self.updates.double_tap),
            too_late=self._spoils("expired-press", "callback_query", self.updates.expired_press),
        )

    def distort(self, waiting: list[Pending]) -> list[Pending]:
        """Sometimes double or swap the newest update (only one that was not handed out yet), or count anew."""
        if not waiting or waiting[-1].handed_out:
            return waiting
        kind = waiting[-1].kind
        if self._spoils("duplicate", kind, self.updates.duplicate):
            waiting = [*waiting, waiting[-1]]
        swappable = len(waiting) > 1 and not waiting[-2].handed_out
        if swappable and self._spoils("reorder", kind, self.updates.reorder):
            newest, before = waiting[-1], waiting[-2]
            numbers = newest.update_id, before.update_id
            waiting[-2:] = [newest, before]
            before.update_id, newest.update_id = max(numbers), min(numbers)
        if self._spoils("renumber", kind, 0.0):
            self.renumber()
        return waiting

    def _spoils(self, fault: str, update_kind: str, share: float) -> bool:
        if share and self.rng.random() < share:
            return True
        now = self.now()
        fitting = (rule for rule in self.rules if rule.kind == fault and rule.fits(update_kind, None, now))
        return any(rule.chosen(now) for rule in fitting)
