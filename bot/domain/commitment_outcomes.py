"""What the use cases of standing commitments answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.ids import CommitmentId, ShiftId
from bot.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentShown:
    """What somebody has taken until further notice: local hours (end <= start: past midnight), weekdays, pauses.

    `claimed` is how many shifts ahead are theirs by it.
    """

    commitment_id: CommitmentId | str = ""
    place: str
    weekdays: tuple[int, ...]
    start: time
    end: time
    role: str = ""
    pauses: tuple[tuple[date, date], ...] = ()
    claimed: int = 0
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPage:
    """A page of a person's commitments."""

    commitments: tuple[CommitmentShown, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitChoice:
    """A shift whose like somebody may take until further notice: its weekday and local hours."""

    shift_id: ShiftId
    place: str
    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentChanged:
    """A commitment after something was done to it; `freed` places were given back, those in `kept` start too soon."""

    what: str
    shown: CommitmentShown
    freed: int = 0
    kept: tuple[tuple[datetime, datetime], ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentTold:
    """A notice that the hours of a standing commitment move from a local day on, or (`after` empty) are dropped."""

    kind: str
    reader: Person
    language: str
    commitment_id: CommitmentId
    place: str
    weekdays: tuple[int, ...]
    before: str
    after: str
    day: date
    repeat: bool = False
