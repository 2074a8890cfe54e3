"""Night work: old rows are forgotten, and the timers of coming shifts are planned anew, a little at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.duty_timers import duty_timers
from bot.domain.timers import Timer, TimerState, again, ended
from bot.services.desk import Work
from bot.services.notices import forget_old
from bot.services.timetable import plan

MARKS_KEPT = timedelta(hours=48)  # Telegram delivers an update for 24 h at most
TIMERS_KEPT = timedelta(days=60)  # after they were due
AT_ONCE = 200  # rows of a table in one transaction, so that nobody's press waits long
SHIFTS_AT_ONCE = 20
FAR = timedelta(days=400)

_ENDED = (TimerState.DONE, TimerState.MISSED, TimerState.CANCELLED, TimerState.FAILED)


async def upkeep(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Forget old marks, notices and ended timers; as long as there are more, the timer goes on at once."""
    more = [await forget_old(work, AT_ONCE), await _forget_marks(work)]
    more += [await _forget_timers(work, state) for state in _ENDED]
    return [again(t, work.now) if any(more) else ended(t, TimerState.DONE, work.now) for t in timers]


async def _forget_marks(work: Work) -> bool:
    old = await work.tx.marks.before(work.now - MARKS_KEPT, AT_ONCE)
    for mark in old:
        await work.tx.marks.remove(mark.id)
    return len(old) == AT_ONCE


async def _forget_timers(work: Work, state: TimerState) -> bool:
    old = await work.tx.timers.ended_before(state, work.now - TIMERS_KEPT, AT_ONCE)
    for timer in old:
        await work.tx.timers.remove(timer.id)
    return len(old) == AT_ONCE


async def replan(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Plan what falls due for everybody on the coming shifts, some shifts at a time, as if they were claimed now.

    What is planned already takes over its new time; nothing that was done is done again.
    """
    return [await _replan(work, timer) for timer in timers]


async def _replan(work: Work, timer: Timer) -> Timer:
    community = await work.tx.communities.one(timer.community_id)
    cursor = timer.facts.get("after")
    start = max(work.now, datetime.fromisoformat(cursor)) if isinstance(cursor, str) else work.now
    shifts = await work.tx.shifts.of_community(community.id, start, work.now + FAR, limit=SHIFTS_AT_ONCE)
    if not shifts:
        return ended(timer, TimerState.DONE, work.now)
    following = shifts[-1].start + timedelta(seconds=1)
    alike = await work.tx.shifts.of_community(community.id, shifts[-1].start, following)
    for shift in {s.id: s for s in (*shifts, *alike)}.values():
        roster = await work.tx.assignments.roster(shift.id)
        await plan(work.tx, duty_timers(shift, community.rules, held=bool(roster.on)), work.now)
        for place in roster.on:
            await work.plan_place(shift, place.person_id, community)
    return again(timer, work.now, after=following.isoformat())
