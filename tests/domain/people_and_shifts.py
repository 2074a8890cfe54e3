"""People, shifts and rosters in a few words, for the tests of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.assignments import Assignment, Hold, Roster, assignment_id
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.people import Membership, join
from bot.domain.roles import ShiftRole, sums
from bot.domain.shifts import Shift

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
C = CommunityId("c")
GATE, YARD = CheckpointId("c-gate"), CheckpointId("c-yard")
LI, WANG, CHEN, ZHAO = PersonId("li"), PersonId("wang"), PersonId("chen"), PersonId("zhao")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

_turns = count(1)


def turn() -> int:
    """A number greater than any before."""
    return next(_turns)


def a_shift(
    id_: str = "c-1",
    *,
    at: float = 48,
    hours: float = 4,
    needed: int = 1,
    capacity: int = 1,
    roles: Sequence[ShiftRole] = (),
) -> Shift:
    """A shift at the gate that begins `at` hours from NOW."""
    if roles:
        needed, capacity = sums(roles)
    return Shift(
        id=ShiftId(id_),
        community_id=C,
        checkpoint_id=GATE,
        start=NOW + at * HOUR,
        end=NOW + (at + hours) * HOUR,
        needed=needed,
        capacity=capacity,
        roles=tuple(roles),
        batch_id=BatchId("c-b"),
        made_by=CHEN,
        made_at=NOW,
    )


def has(shift: Shift, person: PersonId, hold: Hold = Hold.ON, **more: Any) -> Assignment:
    """What a person has in a shift."""
    row = Assignment(
        id=assignment_id(shift.id, person),
        community_id=C,
        shift_id=shift.id,
        person_id=person,
        hold=hold,
        start=shift.start,
        end=shift.end,
        since=NOW,
        turn=turn(),
    )
    return replace(row, **more)


def on(shift: Shift, *people: PersonId, waiting: Sequence[PersonId] = ()) -> Roster:
    """A roster with these people on it, and those waiting, in that order."""
    return Roster(tuple(has(shift, p) for p in people), tuple(has(shift, p, Hold.WAITING) for p in waiting))


def member(person: PersonId = LI, **more: Any) -> Membership:
    """A person's standing in the community."""
    return replace(join(C, person, now=NOW), **more)


def role(key: str, needed: int = 1, capacity: int = 1, **more: Any) -> ShiftRole:
    """A role whose name is its key."""
    return ShiftRole(key=key, name=key, needed=needed, capacity=capacity, **more)
