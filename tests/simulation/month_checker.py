"""What must be so after a month was played (and at every hour of it), told by the store and by what the people did."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.assignments import Hold
from bot.domain.attendance import CLOSED_AFTER, Ending, Presence, ending
from bot.domain.shifts import Shift, ShiftState
from tests.simulation.month import Month
from tests.simulation.month_stage import BEGIN

RUNGS = (timedelta(minutes=10), timedelta(minutes=25))


async def broken(month: Month) -> list[str]:
    """Return a line for every promise that was not kept."""
    async with month.store.reading() as tx:
        shifts = await tx.shifts.of_community(month.community, BEGIN, month.until + timedelta(days=30))
        rows = {s.id: await tx.assignments.of_shift(s.id) for s in shifts}
        attendances = {a.id: a for s in shifts for a in await tx.attendances.of_shift(s.id)}
        hours = {row.id: row for key in rows for a in rows[key] if (row := await tx.hours.get(a.id)) is not None}
        log = await tx.log.of_community(month.community, limit=1_000_000)
    found: list[str] = []
    held = defaultdict(list)
    for shift in shifts:
        taken = [a for a in rows[shift.id] if a.hold in (Hold.ON, Hold.OFFERED)]
        if len(taken) > shift.capacity:
            found.append(f"{shift.id} holds {len(taken)} of {shift.capacity}")
        for place in rows[shift.id]:
            if place.hold is Hold.ON:
                held[place.person_id].append((shift.start, shift.end))
            over = shift.end + CLOSED_AFTER < month.clock.instant
            if over and ending(place, attendances.get(place.id)) is None:
                found.append(f"{place.id} has not ended: {place.hold}")
            served = ending(place, attendances.get(place.id)) is Ending.COMPLETED
            if served != (place.id in hours):
                found.append(f"{place.id} completed: {served}, hours: {place.id in hours}")
    for person, spans in held.items():
        if any(first[1] > second[0] for first, second in pairwise(sorted(spans))):
            found.append(f"{person} is in two places at once")
    came = {f"{v.shift_id}:{v.person_id}" for v in month.visits}
    found += [f"{id_} has hours and never came" for id_ in hours if id_ not in came]
    found += [
        f"{a.id} is completed and never came"
        for a in attendances.values()
        if a.state is Presence.COMPLETED and a.id not in came
    ]
    alarms: Counter[tuple[object, datetime]] = Counter(
        (e.facts["shift_id"], e.at) for e in log if e.kind == "PostEmpty"
    )
    return [*found, *_alarms(month, shifts, alarms)]


def _alarms(month: Month, shifts: list[Shift], alarms: Counter[tuple[object, datetime]]) -> list[str]:
    """Hold every alarm to who was there by the people's own account: none is missing, none is false, each comes once."""
    found, wanted = [], set()
    by_gate = defaultdict(list)
    start_of = {s.id: s for s in shifts}
    for visit in month.visits:
        by_gate[start_of[visit.shift_id].checkpoint_id].append(visit)
    for shift in shifts:
        for rung in RUNGS:
            at = shift.start + rung
            if shift.state is ShiftState.CANCELLED or at > month.clock.instant:
                continue
            there = [
                v for v in by_gate[shift.checkpoint_id] if _there(start_of[v.shift_id], v.since, v.until, shift, at)
            ]
            if not there:
                wanted.add((shift.id, at))
    cancelled = {s.id for s in shifts if s.state is ShiftState.CANCELLED}
    found += [f"{id_} stood empty at {at:%d %H:%M} without its alarm" for id_, at in wanted if not alarms[id_, at]]
    found += [
        f"{id_} has {n} alarms at {at:%d %H:%M}, and was not empty"
        for (id_, at), n in alarms.items()
        if id_ not in cancelled and ((id_, at) not in wanted or n > 1)
    ]
    return found


def _there(theirs: Shift, since: datetime, until: datetime | None, shift: Shift, at: datetime) -> bool:
    """Say whether somebody of one shift stood at the post at an instant of another, as far as anybody can know."""
    gone = min(until or theirs.end + CLOSED_AFTER, theirs.end + CLOSED_AFTER)
    return since <= at < gone and theirs.start <= shift.start
