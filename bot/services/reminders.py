"""Reminders of shifts: one message for a person and moment, true when it is owed and again when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.assignments import Hold
from bot.domain.ids import PersonId, ShiftId
from bot.domain.notices import Owed
from bot.domain.policies import SHIFT_REMINDER, lane_of
from bot.domain.shifts import ShiftState
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Work


async def remind(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Owe the timers' person one reminder of all shifts that are still theirs, which asks whether they are coming."""
    true = [t for t in timers if await _still_theirs(work, t)]
    reader = timers[0].person_id
    for timer in true:
        place = await work.tx.assignments.one(timer.subject)
        await work.tx.assignments.save(replace(place, asked_at=work.now))
    if true and reader is not None:
        await work.owe(timers[0].community_id, _reminder(reader, true))
    done = {t.id for t in true}
    return [
        ended(t, TimerState.DONE, work.now) if t.id in done else ended(t, TimerState.CANCELLED, work.now, "moot")
        for t in timers
    ]


def _reminder(reader: PersonId, timers: Sequence[Timer]) -> Owed:
    first, *others = [str(t.facts["shift_id"]) for t in sorted(timers, key=lambda t: (str(t.facts["start"]), t.id))]
    return Owed(
        reader,
        lane_of(SHIFT_REMINDER),
        SHIFT_REMINDER,
        {"shift_id": first, "others": " ".join(others)},
        useful_until=max((t.useful_until for t in timers if t.useful_until is not None), default=None),
    )


async def _still_theirs(work: Work, timer: Timer) -> bool:
    person = await work.tx.people.get(timer.person_id or "")
    place = await work.tx.assignments.get(timer.subject)
    shift = await work.tx.shifts.get(ShiftId(str(timer.facts["shift_id"])))
    if person is None or person.account is None or place is None or shift is None:
        return False
    return place.hold is Hold.ON and shift.state is ShiftState.OPEN and work.now < shift.start
