"""Which role somebody takes who names none, and giving somebody another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import life_errors, life_events, roles
from bot.domain.assignments import Assignment, Roster
from bot.domain.events import Event
from bot.domain.ids import PersonId
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, check_open, held_by, on_person, roomy_role


def only_role(shift: Shift, roster: Roster) -> str:
    """Return the role whose places are the only free ones, or the unnamed one: none, several, or no roles at all."""
    free = roles.with_room(shift.roles, [a.role for a in roster.taken])
    return free[0].key if len(free) == 1 else UNNAMED


def change_role(
    shift: Shift, roster: Roster, person_id: PersonId, role: str, *, by: PersonId, now: datetime
) -> tuple[Assignment, list[Event]]:
    """Give somebody on the shift another role; in the one they have, nothing changes.

    Raises ShiftCancelled, ShiftStarted, NotYours, RoleUnknown, RoleFull.
    """
    check_open(shift, now)
    theirs = held_by(roster, person_id)
    if role == theirs.role:
        return theirs, []
    if roles.role_of(shift.roles, role) is None:
        raise life_errors.RoleUnknown
    others = [a for a in roster.taken if a.person_id != person_id]
    fresh = replace(theirs, role=roomy_role(shift, others, role))
    return fresh, [on_person(life_events.RoleChanged, shift, person_id, actor=by, role=role)]
