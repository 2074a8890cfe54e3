"""Assignments: what a person has in a shift, and the roster of everybody who has something in it.

All functions are pure. Instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CommitmentId, CommunityId, PersonId, ShiftId
from bot.domain.lifecycle import step
from bot.domain.roles import UNNAMED


class Hold(StrEnum):
    """What a person has in a shift. How a place that was held to the end was served, attendance tells."""

    ON = "on"
    WAITING = "waiting"
    OFFERED = "offered"
    MISSED = "missed"  # held to the start, but nobody came: the place is free for somebody else
    RELEASED = "released"
    REMOVED = "removed"
    CANCELLED = "cancelled"


# The whole life cycle of an assignment. None: no row yet. A released or removed person may come again; a cancelled one
# too, should the shift be reopened.
MOVES: dict[Hold | None, frozenset[Hold]] = {
    None: frozenset({Hold.ON, Hold.WAITING}),
    Hold.WAITING: frozenset({Hold.ON, Hold.OFFERED, Hold.RELEASED, Hold.CANCELLED}),
    Hold.OFFERED: frozenset({Hold.ON, Hold.WAITING, Hold.RELEASED, Hold.CANCELLED}),
    Hold.ON: frozenset({Hold.MISSED, Hold.RELEASED, Hold.REMOVED, Hold.CANCELLED}),
    Hold.MISSED: frozenset({Hold.ON}),
    Hold.RELEASED: frozenset({Hold.ON, Hold.WAITING}),
    Hold.REMOVED: frozenset({Hold.ON, Hold.WAITING}),
    Hold.CANCELLED: frozenset({Hold.ON, Hold.WAITING}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One person's place in, or wait for, one shift. `id` is '<shift>:<person>'.

    `since` orders the waitlist, ties broken by `turn`, a number that only grows. Start and end repeat the shift's, so
    that overlaps are found without reading the shifts. `role` is the key of the role held or waited for (empty: any,
    or the unnamed one). `host` claimed for a guest. `asked_at` and `confirmed_at` are when the person was last asked
    whether they come, and last said so. `answer_by` ends an offer. `commitment_id` made the claim by itself; `reason`
    is why a coordinator put the person on, or took them off.
    """

    id: str
    community_id: CommunityId
    shift_id: ShiftId
    person_id: PersonId
    hold: Hold
    start: datetime
    end: datetime
    since: datetime
    turn: int
    role: str = UNNAMED
    host: PersonId | None = None
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    answer_by: datetime | None = None
    commitment_id: CommitmentId | None = None
    reason: str = ""
    version: int = 0

    @property
    def unanswered(self) -> bool:
        """Whether the person was asked something about this place, and has not said yes since."""
        return self.asked_at is not None and (self.confirmed_at is None or self.confirmed_at < self.asked_at)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on a shift, who waits, and to whom a place is offered, each in the order of coming."""

    on: tuple[Assignment, ...] = ()
    waiting: tuple[Assignment, ...] = ()
    offered: tuple[Assignment, ...] = ()

    @property
    def taken(self) -> tuple[Assignment, ...]:
        """The places that nobody else can have: those held, and those offered until they are answered."""
        return (*self.on, *self.offered)

    def find(self, person_id: PersonId) -> Assignment | None:
        """Return the person's place, offer or wait, or None."""
        everybody = (*self.on, *self.offered, *self.waiting)
        return next((a for a in everybody if a.person_id == person_id), None)

    def after(self, *moved: Assignment) -> Roster:
        """Return the roster once these assignments are what they now are."""
        ids = {a.id for a in moved}
        kept = [a for a in (*self.on, *self.waiting, *self.offered) if a.id not in ids]
        return roster_of([*kept, *moved])


def roster_of(assignments: Iterable[Assignment]) -> Roster:
    """Return the roster of a shift, given its assignments in whatever order and state."""
    rows = sorted(assignments, key=lambda a: a.turn)
    return Roster(
        tuple(a for a in rows if a.hold is Hold.ON),
        tuple(a for a in rows if a.hold is Hold.WAITING),
        tuple(a for a in rows if a.hold is Hold.OFFERED),
    )


def assignment_id(shift_id: ShiftId, person_id: PersonId) -> str:
    """Return the key of one person's assignment to one shift."""
    return f"{shift_id}:{person_id}"


def overlap(held: Iterable[Assignment], start: datetime, end: datetime, *, but: ShiftId) -> Assignment | None:
    """Return an assignment that shares time with start-end (half-open), other than to the shift `but`."""
    clashes = (a for a in held if a.hold is Hold.ON and a.shift_id != but and a.start < end and start < a.end)
    return next(clashes, None)


def moved(assignment: Assignment, hold: Hold) -> Assignment:
    """Return the assignment in another hold. Raises ValueError for a move that the table does not have."""
    return replace(assignment, hold=step(MOVES, assignment.hold, hold))
