"""What the use cases of standing commitments answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.ids import CommitmentId, ShiftId


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
