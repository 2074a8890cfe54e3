"""From a rule in local time to its instants: every day at three, every Sunday at six in the evening.

A rule is stored as local time and zone name, never as a distance in seconds. In a clock-change gap it falls due at
the first instant after, in an overlap once, and on a calendar day that a place left out (Apia, 30 December 2011) never.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.when.local import instant

MIDNIGHT = time(0, 0)


def next_daily(
    at: time, zone: ZoneInfo, *, after: datetime, weekdays: frozenset[int] | None = None
) -> tuple[date, datetime]:
    """Return the first occurrence later than `after`: its local day, which names it, and its instant in UTC.

    `weekdays` are those on which it falls due, Monday 0 to Sunday 6; None means every day. Raises ValueError if none.
    """
    if weekdays is not None and not weekdays & frozenset(range(7)):
        message = "a rule needs a weekday"
        raise ValueError(message)
    day = local_day(after, zone) - timedelta(days=1)  # a gap can push yesterday's occurrence past midnight
    while True:
        if (weekdays is None or day.weekday() in weekdays) and exists(day, zone):
            due = instant(day, at, zone)
            if due > after:
                return day, due
        day += timedelta(days=1)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Say whether the place has that calendar day at all."""
    return instant(day, MIDNIGHT, zone) < instant(day + timedelta(days=1), MIDNIGHT, zone)
