"""Quiet hours: the night, in which nobody should have to answer anything."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.when.local import instant

Night = tuple[time, time]
"""Local times from which and until which it is quiet, perhaps past midnight."""

NIGHT: Night = (time(22, 0), time(7, 0))
BEFORE_NIGHT = timedelta(minutes=30)  # so long before it begins somebody can still be asked, and answer
LONGEST_NIGHT = 16 * 60  # minutes; the rest of the day must have room for what is moved out of it


def quiet_hours(zone: ZoneInfo, now: datetime, night: Night = NIGHT) -> tuple[datetime, datetime]:
    """Return the present quiet hours, or the next, as instants: [begin, end)."""
    begins, ends = night
    past_midnight = timedelta(days=1 if ends <= begins else 0)
    day = local_day(now, zone) - timedelta(days=1)
    while (end := instant(day + past_midnight, ends, zone)) <= now:
        day += timedelta(days=1)
    return instant(day, begins, zone), end


def quiet_until(zone: ZoneInfo, now: datetime, night: Night | None) -> datetime | None:
    """Return until when it is quiet, or None if it is not."""
    if night is None:
        return None
    begin, end = quiet_hours(zone, now, night)
    return end if begin <= now else None


def before_the_night(due: datetime, zone: ZoneInfo, night: Night | None) -> datetime:
    """Return the instant itself, or if it lies in quiet hours one shortly before they begin: earlier, never later."""
    if night is None or _plainly_awake(due, zone, night):
        return due
    begin, _ = quiet_hours(zone, due, night)
    return begin - BEFORE_NIGHT if begin <= due else due


def _plainly_awake(due: datetime, zone: ZoneInfo, night: Night) -> bool:
    """Say whether the clock alone shows that it is not quiet; it cannot within an hour that comes a second time."""
    begins, ends = night
    local = due.astimezone(zone)
    at = local.time()
    inside = begins <= at < ends if begins < ends else at >= begins or at < ends
    return not inside and not local.fold


def minutes_of(night: Night) -> int:
    """Return how long quiet hours last by the clock, in minutes; the same time twice is a whole day."""
    begin, end = (60 * t.hour + t.minute for t in night)
    return (end - begin) % (24 * 60) or 24 * 60
