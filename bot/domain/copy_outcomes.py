"""What copying a week answers: facts for the views to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import BatchId, CommunityId
from bot.domain.outcomes import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedShift:
    """A shift that is, or would be, made. Instants in UTC."""

    place: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCopy:
    """Copying a week, as far as it has come; weeks are named by their local Monday.

    `step`: community, week (which one?), to (into which?), preview or done. `this` is the present week. Left out are
    shifts of `series`, which makes its own, and those that are `existing` already or would have begun.
    """

    step: str
    communities: tuple[Standing, ...] = ()
    community_id: CommunityId | str = ""
    zone: str = "UTC"
    this: date | None = None
    monday: date | None = None
    to: date | None = None
    shifts: tuple[CopiedShift, ...] = ()
    series: int = 0
    existing: int = 0
    batch_id: BatchId | str = ""
