"""What a simulated month stands on: time that is moved, ids that count up, and who was where by their own account."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.domain.ids import PersonId, ShiftId

BEGIN = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Time that moves when the simulation moves it."""

    instant: datetime = BEGIN

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.instant.timestamp()

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("use cases wait for nothing")


@dataclass
class Numbers:
    """Ids that count up, and nobody who listens to hints."""

    numbers: count[int] = field(default_factory=lambda: count(1))

    def fresh(self, length: int = 12) -> str:
        return f"{next(self.numbers):0{length}d}"

    def touched(self, days: object) -> None:
        """Cards are not shown here."""

    def owed(self) -> None:
        """Notices are not sent here."""

    def falls_due(self) -> None:
        """Time is asked before every step."""


@dataclass
class Visit:
    """Somebody was at a checkpoint for a shift; `until` None: they have not said that they went."""

    shift_id: ShiftId
    person_id: PersonId
    since: datetime
    until: datetime | None = None
