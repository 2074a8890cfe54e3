"""The morning brief: when a coordinator wants it, and the timer of the next one."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import CommunityId, PersonId
from bot.domain.people import membership_id
from bot.domain.policies import BRIEF
from bot.domain.timers import Timer, new_timer
from bot.domain.when.recurring import next_daily

OFF = ""
OFFERED = ("06:30", "07:30", "09:00", "18:00", OFF)
USEFUL = timedelta(hours=6)  # a brief that comes later than this speaks of a day that is half over
AHEAD = timedelta(days=7)  # so far it looks for gaps
SOON = timedelta(hours=48)  # whoever has a shift so soon and cannot be written to is named
_OFF_WORDS = ("off", "no", "关", "关闭", "不要")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:：点.](?P<minute>\d{2})?)?", re.ASCII)


def read_time(text: str) -> str | None:
    """Return the local time that was typed as '07:30', OFF for none at all, or None if it cannot be read."""
    tidy = text.strip().casefold()
    if tidy in _OFF_WORDS:
        return OFF
    found = _TIME.fullmatch(tidy)
    if found is None or int(found["hour"]) > 23 or int(found["minute"] or 0) > 59:
        return None
    return f"{int(found['hour']):02}:{int(found['minute'] or 0):02}"


def next_brief(community_id: CommunityId, person_id: PersonId, at: str, zone: ZoneInfo, now: datetime) -> Timer:
    """Return the timer of a coordinator's next brief in a community, at a local time; one for each local day."""
    day, due = next_daily(time.fromisoformat(at), zone, after=now)
    return new_timer(
        BRIEF,
        community_id,
        membership_id(community_id, person_id),
        due,
        step=day.isoformat(),
        person_id=person_id,
        useful_until=due + USEFUL,
        day=day.isoformat(),
    )
