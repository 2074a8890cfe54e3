"""Copying a week: the same shifts at the same local times, with nobody on them yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import events
from bot.domain.errors import NothingToMake
from bot.domain.ids import BatchId, PersonId, ShiftId
from bot.domain.life_errors import PeriodInvalid
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.domain.when.local import instant


def copy_week(
    shifts: Iterable[Shift],
    there: Iterable[Shift],
    *,
    monday: date,
    to: date,
    zone: ZoneInfo,
    batch_id: BatchId,
    by: PersonId,
    now: datetime,
    next_id: Callable[[], ShiftId],
) -> tuple[list[Shift], list[events.Event]]:
    """Return the week from `monday` made anew in the week from `to`, both local Mondays.

    `shifts` are those of the first week, `there` those that begin in the second. Left out are cancelled ones, those of
    a series (it makes its own), those that exist already, and those that would have begun. Raises PeriodInvalid unless
    both days are different Mondays, NothingToMake when nothing is left.
    """
    if monday.weekday() or to.weekday() or monday == to:
        raise PeriodInvalid
    known = {(s.checkpoint_id, s.start, s.end) for s in there if s.state is ShiftState.OPEN}
    made: list[Shift] = []
    for shift in sorted(shifts, key=lambda s: (s.start, s.id)):
        start = _later(shift.start, to - monday, zone)
        end = min(_later(shift.end, to - monday, zone), start + LONGEST_SHIFT)
        taken = (shift.checkpoint_id, start, end) in known
        if shift.state is ShiftState.CANCELLED or shift.series_id is not None or taken or not now < start < end:
            continue
        known.add((shift.checkpoint_id, start, end))
        copy = replace(shift, id=next_id(), start=start, end=end, batch_id=batch_id, was=None)
        made.append(replace(copy, made_by=by, made_at=now, edited=False, version=0))
    if not made:
        raise NothingToMake
    return made, [_made(s, by) for s in made]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many open shifts of a week were not copied: those of series, and those that exist or would have begun."""

    series: int
    existing: int


def left_out(shifts: Iterable[Shift], made: Sequence[Shift]) -> LeftOut:
    """Return how many of a week's open shifts `copy_week` has not made anew."""
    there = [s for s in shifts if s.state is ShiftState.OPEN]
    series = sum(s.series_id is not None for s in there)
    return LeftOut(series, len(there) - series - len(made))


def _later(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return instant(local.date() + by, local.time(), zone)


def _made(shift: Shift, by: PersonId) -> events.Event:
    return events.ShiftMade(
        community_id=shift.community_id,
        actor=by,
        shift_id=shift.id,
        checkpoint_id=shift.checkpoint_id,
        batch_id=shift.batch_id,
    )
