"""Quiet hours: the night, in which nobody should have to answer anything."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.when.local import instant

QUIET_FROM = time(22, 0)
QUIET_UNTIL = time(7, 0)


def quiet_hours(zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Return the present night, or the next one, as instants: [begin, end)."""
    today = local_day(now, zone)
    ends = instant(today, QUIET_UNTIL, zone)
    evening = today - timedelta(days=1) if now < ends else today
    return instant(evening, QUIET_FROM, zone), instant(evening + timedelta(days=1), QUIET_UNTIL, zone)
