"""The hours log: what each person served, from confirmed attendance only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import duty_events as happened
from bot.domain.attendance import Attendance, Presence
from bot.domain.days import local_day
from bot.domain.events import Event
from bot.domain.ids import CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.rules import ShiftRules
from bot.domain.shifts import LONGEST_SHIFT, Shift, on_person
from bot.domain.when.local import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What one attendance is worth; `id` is the assignment's. All in whole minutes.

    `night` of the `minutes` were in the night; `credited` counts those by the community's weight. `month` is the local
    month of the start, as '2026-12'.
    """

    id: str
    community_id: CommunityId
    checkpoint_id: CheckpointId
    shift_id: ShiftId
    person_id: PersonId
    start: datetime
    end: datetime
    minutes: int
    night: int
    credited: int
    month: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A person's month, or any other stretch: the entries by start, and their sums in minutes."""

    entries: tuple[Hours, ...]
    minutes: int
    night: int
    credited: int


def credited(attendance: Attendance, *, rules: ShiftRules, zone: ZoneInfo) -> Hours | None:
    """Return what an attendance is worth, or None unless the person was there and has gone.

    Counted is from the shift's start, or from when they came if later, to when they went; but not past the end unless
    they stayed on for their relief, and never more than a shift can last.
    """
    came, went = attendance.checked_in_at, attendance.checked_out_at
    if attendance.state is not Presence.COMPLETED or came is None or went is None:
        return None
    start = max(attendance.start, came)
    end = min(went if attendance.stays else min(went, attendance.end), start + LONGEST_SHIFT)
    minutes = max(0, int((end - start).total_seconds()) // 60)
    night = min(minutes, night_minutes(start, end, rules.night_from, rules.night_until, zone))
    return Hours(
        id=attendance.id,
        community_id=attendance.community_id,
        checkpoint_id=attendance.checkpoint_id,
        shift_id=attendance.shift_id,
        person_id=attendance.person_id,
        start=start,
        end=max(start, end),
        minutes=minutes,
        night=night,
        credited=minutes - night + night * rules.night_percent // 100,
        month=f"{local_day(start, zone):%Y-%m}",
    )


def entry(hours: Hours | None, shift: Shift, person_id: PersonId) -> list[Event]:
    """Return what is to be logged when an entry is written, changed, or (None) taken out."""
    minutes = hours.credited if hours else 0
    return [on_person(happened.HoursCredited, shift, person_id, actor=None, minutes=minutes)]


def night_minutes(start: datetime, end: datetime, begins: time, ends: time, zone: ZoneInfo) -> int:
    """Return how many minutes of a span lie between two local times of day, clock changes counted as they pass."""
    day: date = local_day(start, zone) - timedelta(days=1)
    inside = timedelta(0)
    while day <= local_day(end, zone):
        night_end = day if ends > begins else day + timedelta(days=1)
        first, last = instant(day, begins, zone), instant(night_end, ends, zone)
        inside += max(timedelta(0), min(end, last) - max(start, first))
        day += timedelta(days=1)
    return int(inside.total_seconds()) // 60


def statement(entries: Iterable[Hours]) -> Statement:
    """Add entries up."""
    rows = tuple(sorted(entries, key=lambda e: (e.start, e.id)))
    return Statement(
        entries=rows,
        minutes=sum(e.minutes for e in rows),
        night=sum(e.night for e in rows),
        credited=sum(e.credited for e in rows),
    )
