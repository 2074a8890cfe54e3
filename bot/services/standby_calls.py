"""Calling those on standby: one after the other, as many at once as a post lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain import standby
from bot.domain.assignments import overlap
from bot.domain.attendance import Attendance
from bot.domain.days import local_day
from bot.domain.deadlines import standby_timer
from bot.domain.ids import PersonId
from bot.domain.people import Reach, membership_id
from bot.domain.permissions import Action, may
from bot.domain.shifts import Shift, ShiftState
from bot.domain.standby import Standby, StandbyState, standby_id
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Work
from bot.services.slots import held_around

AROUND = timedelta(days=3)  # a shift under way began on one of these local days, in any zone


async def call_missing(work: Work, shift: Shift) -> int:
    """Call as many of those on standby as the shift still lacks, and return how many were called now."""
    community = await work.tx.communities.one(shift.community_id)
    there = [a for a in await work.tx.attendances.of_shift(shift.id) if a.present]
    called = 0
    while shift.state is ShiftState.OPEN:
        everybody = await work.tx.standbys.of_day(community.id, local_day(shift.start, community.tz))
        if _lacking(shift, there, everybody) <= 0:
            break
        busy = await _busy(work, shift, everybody)
        following, told = standby.call_next(everybody, shift, busy, turn=work.tx.turn(), now=work.now)
        if following is None:
            break
        await work.tx.standbys.save(following)
        work.happened(*told)
        await work.plan(standby_timer(following))
        called += 1
    return called


async def standby_unanswered(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Go on to the next where somebody who was called has not answered."""
    return [await _unanswered(work, timer) for timer in timers]


async def pass_silently(work: Work, person_id: PersonId) -> None:
    """Go on to the next at once where somebody who was called cannot be reached."""
    today = work.now.date()
    for mine in await work.tx.standbys.of_person(person_id, today - AROUND, today + AROUND):
        if mine.state is StandbyState.CALLED:
            await _pass(work, mine)


async def finish_standby(work: Work, shift: Shift) -> None:
    """Let those who came to a shift that is over be called again."""
    community = await work.tx.communities.one(shift.community_id)
    for mine in await work.tx.standbys.of_day(community.id, local_day(shift.start, community.tz)):
        if mine.state is StandbyState.COMING and mine.shift_id == shift.id:
            await work.tx.standbys.save(standby.finish(mine))


async def called_to(work: Work, shift: Shift, person_id: PersonId) -> Standby | None:
    """Return the person's standby if they are called to that shift."""
    community = await work.tx.communities.one(shift.community_id)
    mine = await work.tx.standbys.get(standby_id(community.id, person_id, local_day(shift.start, community.tz)))
    return mine if mine and mine.state is StandbyState.CALLED and mine.shift_id == shift.id else None


async def _unanswered(work: Work, timer: Timer) -> Timer:
    mine = await work.tx.standbys.get(timer.subject)
    if mine is None or mine.state is not StandbyState.CALLED or mine.answer_by is None or work.now < mine.answer_by:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    await _pass(work, mine)
    return ended(timer, TimerState.DONE, work.now)


async def _pass(work: Work, mine: Standby) -> None:
    shift = await work.tx.shifts.one(mine.shift_id or "")
    free, told = standby.pass_call(mine, shift, silent=True)
    await work.tx.standbys.save(free)
    work.happened(*told)
    await call_missing(work, shift)


def _lacking(shift: Shift, there: Sequence[Attendance], everybody: Iterable[Standby]) -> int:
    """Return how many the shift lacks, those not counted who are called or on their way."""
    present = {a.person_id for a in there}
    on_the_way = [
        s
        for s in everybody
        if s.shift_id == shift.id
        and s.state in (StandbyState.CALLED, StandbyState.COMING)
        and s.person_id not in present
    ]
    return shift.needed - len(present) - len(on_the_way)


async def _busy(work: Work, shift: Shift, everybody: Iterable[Standby]) -> frozenset[PersonId]:
    """Return who cannot be called: elsewhere at that time, on this shift, out of reach, or no longer a member."""
    roster = await work.tx.assignments.roster(shift.id)
    busy = {a.person_id for a in roster.on}
    for s in everybody:
        person = await work.tx.people.get(s.person_id)
        membership = await work.tx.memberships.get(membership_id(s.community_id, s.person_id))
        held = await held_around(work, s.person_id, shift)
        free = overlap(held, shift.start, shift.end, but=shift.id) is None
        if person is None or person.reach is not Reach.OPEN or not may(membership, Action.STAND_BY) or not free:
            busy.add(s.person_id)
    return frozenset(busy)
