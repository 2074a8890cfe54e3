"""Plans and ends timers, in the commit of whatever caused it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.assignments import assignment_id
from bot.domain.communities import Community
from bot.domain.duty_timers import duty_timers_for, opening, plans_duty
from bot.domain.events import Event, OnShift
from bot.domain.ids import PersonId
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift
from bot.domain.terms import terms_of
from bot.domain.timers import (
    PLACE_KINDS,
    Timer,
    TimerState,
    ended,
    ended_by,
    holder_of,
    place_timers,
    planned,
    plans,
    stands,
    timers_for,
)
from bot.ports.store import Transaction


async def follow(tx: Transaction, event: Event, now: datetime) -> list[Timer]:
    """Plan and end what the event asks for; return what was planned."""
    subject = ended_by(event)
    if subject is not None:
        await end(tx, subject, now, type(event).__name__)
    if not plans(event) and not plans_duty(event):
        return []
    shift = await tx.shifts.get(event.shift_id) if isinstance(event, OnShift) else None
    community = await tx.communities.get(event.community_id)
    if community is None:
        return []
    terms = terms_of(community, await tx.people.get(holder_of(event) or ""))
    wanted = timers_for(event, shift, terms, now)
    if shift is not None and plans_duty(event) and not await _duty_stands(tx, shift, community.rules):
        wanted += duty_timers_for(event, shift, community.rules)
    return await plan(tx, wanted, now)


async def _duty_stands(tx: Transaction, shift: Shift, rules: ShiftRules) -> bool:
    """Say whether somebody who had a place before has let everything around the shift fall due already.

    All of it is planned in one commit. A community's rules may have changed since; then every night plans anew.
    """
    wanted = opening(shift, rules)
    return stands(wanted, await tx.timers.get(wanted.id))


async def plan(tx: Transaction, wanted: Iterable[Timer], now: datetime) -> list[Timer]:
    """See that these fall due, each once; return those that were not planned so before."""
    fresh: list[Timer] = []
    for timer in wanted:
        row = planned(timer, await tx.timers.get(timer.id), now)
        if row is not None:
            await tx.timers.save(row)
            fresh.append(row)
    return fresh


async def plan_place(
    tx: Transaction, shift: Shift, person_id: PersonId, community: Community, now: datetime
) -> list[Timer]:
    """See that the person is reminded of the shift as it is and as they wish it now; return what was not planned so.

    What was planned otherwise is ended. If the shift itself is another, nothing is caught up on that would have fallen
    due before now: whoever changed it has asked its people.
    """
    wanted = {t.id: t for t in place_timers(shift, person_id, terms_of(community, await tx.people.get(person_id)))}
    for there in await tx.timers.of_subject(assignment_id(shift.id, person_id)):
        mine = wanted.get(there.id)
        stays = mine is not None and (mine.due > now or mine.facts == there.facts)
        if there.kind in PLACE_KINDS and not stays:
            await tx.timers.save(ended(there, TimerState.CANCELLED, now, "planned anew"))
            wanted.pop(there.id, None)
    return await plan(tx, wanted.values(), now)


async def end(tx: Transaction, subject: str, now: datetime, reason: str) -> None:
    """Cancel everything that waits about a subject."""
    for timer in await tx.timers.of_subject(subject):
        await tx.timers.save(ended(timer, TimerState.CANCELLED, now, reason))
