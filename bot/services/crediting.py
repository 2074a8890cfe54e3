"""Keeping the hours log in step with attendance, and what it says of the present month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.attendance import SETTLED, Attendance
from bot.domain.communities import Community
from bot.domain.hours import credited, entry
from bot.domain.shifts import Shift
from bot.services.desk import Work
from bot.services.people import Actor, standings

MOST_BACK = 24  # months one can look back by button


async def settle_hours(work: Work, shift: Shift, community: Community, attendance: Attendance) -> None:
    """Bring the hours log in step with an attendance that was settled or corrected."""
    there = await work.tx.hours.get(attendance.id)
    worth = credited(attendance, rules=community.rules, zone=community.tz) if attendance.state in SETTLED else None
    if worth is not None:
        fresh = replace(worth, version=there.version if there else 0)
        if fresh == there:
            return
        await work.tx.hours.save(fresh)
    elif there is not None:
        await work.tx.hours.remove(there.id)
    else:
        return
    work.happened(*entry(worth, shift, attendance.person_id))


async def minutes_this_month(view: Work, actor: Actor) -> int:
    """Return the minutes credited to a person in the present month of their first community's calendar."""
    month = month_of(view.now, await zone_of(view, actor), 0)
    return sum(row.credited for row in await view.tx.hours.of_person(actor.person_id, f"{month:%Y-%m}"))


async def zone_of(view: Work, actor: Actor) -> ZoneInfo:
    """Return the zone of the person's first community, UTC if they are in none."""
    where = await standings(view, actor)
    return (await view.tx.communities.one(where[0].community_id)).tz if where else ZoneInfo("UTC")


def month_of(now: datetime, zone: ZoneInfo, back: int) -> date:
    """Return the first day of the local month so many months ago."""
    today = now.astimezone(zone).date()
    months = today.year * 12 + today.month - 1 - min(max(0, back), MOST_BACK)
    return date(months // 12, months % 12 + 1, 1)
