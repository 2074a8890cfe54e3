"""Plans and ends timers, in the commit of whatever caused it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.duty_timers import duty_timers_for, opening, plans_duty
from bot.domain.events import Event, OnShift
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift
from bot.domain.timers import Timer, TimerState, ended, ended_by, planned, plans, stands, timers_for
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
    wanted = timers_for(event, shift, community.tz, now)
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


async def end(tx: Transaction, subject: str, now: datetime, reason: str) -> None:
    """Cancel everything that waits about a subject."""
    for timer in await tx.timers.of_subject(subject):
        await tx.timers.save(ended(timer, TimerState.CANCELLED, now, reason))
