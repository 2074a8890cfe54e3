"""The post is never silently empty: what falls due around a shift, whom it still concerns, and who answers for it.

Pure: a timer that rings asks `concerned` again, for the world may have moved on; nobody concerned means moot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain import duty_events as happened
from bot.domain.assignments import Assignment, Roster
from bot.domain.attendance import Attendance, Presence
from bot.domain.events import Event
from bot.domain.ids import PersonId
from bot.domain.rules import ShiftRules
from bot.domain.rungs import LADDER, Anchor, Rung, Step
from bot.domain.shifts import Shift, ShiftState, on_person

Attendances = Mapping[str, Attendance]
"""Attendances by assignment id; one that is not there is expected."""


_ABOUT = {
    Step.ASK: {Presence.EXPECTED},
    Step.MISSING: {Presence.EXPECTED},
    Step.NUDGE_OUT: {Presence.CHECKED_IN},
    Step.CLOSE: {Presence.EXPECTED, Presence.CHECKED_IN},
}


def rungs_of(rules: ShiftRules) -> tuple[Rung, ...]:
    """Return the community's ladder."""
    return LADDER if rules.ladder is None else rules.ladder


def due(shift: Shift, rules: ShiftRules) -> list[tuple[Rung, datetime]]:
    """Return every rung of a shift with its instant, in order; none for a shift that was cancelled."""
    if shift.state is ShiftState.CANCELLED:
        return []
    anchors = {Anchor.START: shift.start, Anchor.END: shift.end}
    return sorted(((r, anchors[r.anchor] + r.after) for r in rungs_of(rules)), key=lambda pair: pair[1])


def concerned(step: Step, shift: Shift, roster: Roster, attendances: Attendances) -> list[Assignment]:
    """Return whose places, or (at `BEGIN`) waits and offers, a step is about at present; nobody: it is moot."""
    if shift.state is ShiftState.CANCELLED:
        return []
    if step is Step.BEGIN:
        return [*roster.offered, *roster.waiting]
    states = {a.id: attendances[a.id].state if a.id in attendances else Presence.EXPECTED for a in roster.on}
    about = _ABOUT[step]
    asks = step is Step.ASK
    return [a for a in roster.on if states[a.id] in about and not (asks and a.confirmed_at is not None)]


def on_duty(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Return who is there, in the order of coming: at one checkpoint, or everywhere."""
    there = [a for a in attendances if a.present]
    return sorted(there, key=lambda a: (a.checked_in_at or a.start, a.id))


def responsible(shift: Shift, attendances: Iterable[Attendance]) -> list[PersonId]:
    """Return who answers for the checkpoint at this shift: its people who are there, else who is still there before it.

    `attendances` are those of the checkpoint around that time. The outgoing answer for it until their relief came.
    """
    there = on_duty(attendances)
    mine = [a.person_id for a in there if a.shift_id == shift.id]
    return mine or [a.person_id for a in there if a.start < shift.start]


def alarm(shift: Shift, roster: Roster, attendances: Attendances, outgoing: Iterable[Attendance]) -> list[Event]:
    """Return what is to be told once the shift should have begun: who is missing, and whether the post is empty.

    `attendances` are the shift's own, `outgoing` those of the shift before at the same checkpoint.
    """
    missing = concerned(Step.MISSING, shift, roster, attendances)
    told: list[Event] = [on_person(happened.PersonMissing, shift, a.person_id, actor=None) for a in missing]
    needs_somebody = shift.state is ShiftState.OPEN and shift.needed > 0
    if needs_somebody and not responsible(shift, [*attendances.values(), *outgoing]):
        told.append(
            happened.PostEmpty(
                community_id=shift.community_id, actor=None, shift_id=shift.id, checkpoint_id=shift.checkpoint_id
            )
        )
    return told
