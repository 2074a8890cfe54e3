"""The monthly statement: on the 1st, everybody who served gets what they served; whoever does not want it, does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.communities import nearest_language
from bot.domain.duty_outcomes import StatementTold
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Notice, Owed
from bot.domain.policies import STATEMENT, lane_of
from bot.domain.timers import Timer, TimerState, again, ended
from bot.services.desk import Work
from bot.services.hours import served

AT_ONCE = 50  # people in one transaction, so that nobody's press waits long


async def send_statements(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Owe everybody who served in the month their statement, some people at a time."""
    return [await _send(work, timer) for timer in timers]


async def _send(work: Work, timer: Timer) -> Timer:
    month, after = str(timer.facts["month"]), str(timer.facts.get("after") or "")
    rows = await work.tx.hours.of_community(timer.community_id, month)
    people = sorted({row.person_id for row in rows if row.person_id > after})
    for person_id in people[:AT_ONCE]:
        await _owe(work, timer, person_id, month)
    if len(people) > AT_ONCE:
        return again(timer, work.now, after=people[AT_ONCE - 1])
    if people or after:
        return ended(timer, TimerState.DONE, work.now)
    return ended(timer, TimerState.CANCELLED, work.now, "moot")


async def _owe(work: Work, timer: Timer, person_id: PersonId, month: str) -> None:
    """Owe a person one statement for all their communities: the first of these does it."""
    person = await work.tx.people.get(person_id)
    everywhere = await work.tx.hours.of_person(person_id, month)
    wanted = person is not None and person.account is not None and person.statements
    if wanted and timer.community_id == min(row.community_id for row in everywhere):
        owed = Owed(person_id, lane_of(STATEMENT), STATEMENT, {"month": month}, timer.useful_until)
        await work.owe(timer.community_id, owed)


async def look_up_statement(work: Work, notice: Notice) -> StatementTold | None:
    """Return a month's statement as it stands now, or None where it is not wanted or there is nothing in it."""
    reader = await work.tx.people.get(notice.person_id)
    if reader is None or reader.account is None or not reader.statements:
        return None
    month = date.fromisoformat(f"{notice.facts['month']}-01")
    community = await work.tx.communities.one(CommunityId(notice.community_id))
    today = work.now.astimezone(community.tz).date()
    back = (today.year - month.year) * 12 + today.month - month.month
    page = await served(work, reader.id, month, back)
    if not page.lines:
        return None
    return StatementTold(
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        page=replace(page, statements=True),
        repeat=notice.repeat,
    )
