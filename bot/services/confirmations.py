"""Those whose shift was changed are asked whether they come, and asked again when they do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.assignments import Assignment
from bot.domain.events import Fact
from bot.domain.ids import PersonId, ShiftId
from bot.domain.notices import Lane, Owed
from bot.domain.shifts import Shift, ShiftState
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Work, leaders_of

CHANGED, LEADS_UNANSWERED = "changed", "leads_unanswered"


async def ask_once_more(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Ask again whoever has not answered since their shift was changed, and tell those who lead."""
    return [await _once_more(work, timer) for timer in timers]


async def unanswered(work: Work, shift: Shift) -> list[Assignment]:
    """Return the places whose holders were asked something they have not answered; none of a shift that has begun."""
    if shift.state is not ShiftState.OPEN or shift.start <= work.now:
        return []
    return [a for a in (await work.tx.assignments.roster(shift.id)).on if a.unanswered]


async def ask(work: Work, shift: Shift, places: Sequence[Assignment], by: PersonId | None) -> None:
    """Ask the holders of these places whether they come to the shift as it is now."""
    facts: dict[str, Fact] = {"shift_id": shift.id, "actor": by}
    for place in places:
        await work.tx.assignments.save(replace(place, asked_at=work.now))
        await work.owe(shift.community_id, Owed(place.person_id, Lane.REPLY, CHANGED, facts, shift.start))


async def _once_more(work: Work, timer: Timer) -> Timer:
    shift = await work.tx.shifts.get(ShiftId(timer.subject))
    silent = await unanswered(work, shift) if shift is not None else []
    if shift is None or not silent:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    await ask(work, shift, silent, None)
    facts: dict[str, Fact] = {"shift_id": shift.id}
    for leader in await leaders_of(work.tx, shift.community_id):
        await work.owe(shift.community_id, Owed(leader, Lane.REPLY, LEADS_UNANSWERED, facts, shift.start))
    return ended(timer, TimerState.DONE, work.now)
