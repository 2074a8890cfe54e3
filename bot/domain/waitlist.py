"""The waitlist: who waits for a place in a full shift, in the order of coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import errors, events, life_errors, roles
from bot.domain.assignments import Assignment, Hold, Roster, moved
from bot.domain.ids import PersonId
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, check_open, on_person, taken


def join_waitlist(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    *,
    earlier: Assignment | None,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Let the person wait, for a role or (empty) for any.

    Raises ShiftCancelled, ShiftStarted, AlreadyYours, AlreadyWaiting, RoleUnknown, ShiftNotFull.
    """
    check_open(shift, now)
    mine = roster.find(person_id)
    if mine is not None and mine.hold is Hold.ON:
        raise errors.AlreadyYours(shift.start, shift.end)
    if mine is not None:
        raise errors.AlreadyWaiting(place_in_line(roster, mine))
    if role != UNNAMED and roles.role_of(shift.roles, role) is None:
        raise life_errors.RoleUnknown
    if free_places(shift, roster, role) > 0:
        raise errors.ShiftNotFull(shift.id)
    waiting = taken(shift, person_id, Hold.WAITING, earlier, role=role, turn=turn, now=now)
    return waiting, [on_person(events.WaitlistJoined, shift, person_id, actor=person_id)]


def leave_waitlist(shift: Shift, roster: Roster, person_id: PersonId) -> tuple[Assignment, list[events.Event]]:
    """Take the person off the waitlist. Raises NotYours if they do not wait."""
    mine = next((a for a in roster.waiting if a.person_id == person_id), None)
    if mine is None:
        raise errors.NotYours
    return moved(mine, Hold.RELEASED), [on_person(events.WaitlistLeft, shift, person_id, actor=person_id)]


def close_line(shift: Shift, roster: Roster, *, now: datetime) -> tuple[list[Assignment], list[events.Event]]:
    """Let everybody go who still waits, or has not answered an offer, once the shift has begun; before, nobody."""
    if now < shift.start:
        return [], []
    line = (*roster.offered, *roster.waiting)
    gone = [replace(moved(a, Hold.RELEASED), answer_by=None) for a in line]
    return gone, [on_person(events.WaitlistLeft, shift, a.person_id, actor=None) for a in line]


def free_role(shift: Shift, roster: Roster, role: str, barred: frozenset[str] = frozenset()) -> str | None:
    """Return the role that has a place for somebody who waits for `role` (empty: any but the `barred`), or None."""
    if free_places(shift, roster, role) < 1:
        return None
    if role != UNNAMED or not shift.roles:
        return role
    free = roles.with_room(shift.roles, [a.role for a in roster.taken])
    return next((r.key for r in free if r.key not in barred), None)


def free_places(shift: Shift, roster: Roster, role: str = UNNAMED) -> int:
    """Return how many places are free, in a role or (empty) in all; an offered place is not free."""
    left = max(0, shift.capacity - len(roster.taken))
    if role == UNNAMED and not shift.roles:
        return left
    by_role = roles.room(shift.roles, [a.role for a in roster.taken])
    return min(left, by_role.get(role, 0) if role != UNNAMED else sum(by_role.values()))


def place_in_line(roster: Roster, waiting: Assignment) -> int:
    """Return where somebody stands in line: 0 for whom a place is offered to, 1 for the next."""
    return roster.waiting.index(waiting) + 1 if waiting in roster.waiting else 0
