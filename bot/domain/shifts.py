"""Shifts, and who holds a place in them.

The rules: a shift never has more people on it than its capacity; nobody is on two shifts that overlap; places change
hands only before the shift starts; whoever waits is moved up in the order of coming. All functions are pure: they get
what is so and return what shall be so, with the events that say what happened. Instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import errors, events, life_errors, roles
from bot.domain.assignments import Assignment, Hold, Roster, assignment_id, moved, overlap
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, SeriesId, ShiftId, TeamId
from bot.domain.roles import UNNAMED, ShiftRole

LATE_RELEASE = timedelta(hours=24)
LONGEST_SHIFT = timedelta(hours=24)
MOST_PLACES = 200
LONGEST_REASON = 200  # characters
LONGEST_NOTE = 200  # characters


class ShiftState(StrEnum):
    """The life of a shift; whether it has started is read from the clock, not stored."""

    OPEN = "open"
    CANCELLED = "cancelled"


MOVES: dict[ShiftState | None, frozenset[ShiftState]] = {
    None: frozenset({ShiftState.OPEN}),
    ShiftState.OPEN: frozenset({ShiftState.CANCELLED}),
    ShiftState.CANCELLED: frozenset({ShiftState.OPEN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """What a shift was before somebody last changed it by itself, at that instant; for taking the change back."""

    start: datetime
    end: datetime
    checkpoint_id: CheckpointId
    needed: int
    capacity: int
    note: str
    roles: tuple[ShiftRole, ...]
    edited: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of time at a checkpoint, with `needed` people at least and room for `capacity`.

    `roles`, where there are any, divide the places; `team_id` keeps them for a team. A shift that a series made has
    its `series_id`, its local `day` and its `slot` (which of the series' hours); `edited` says that it was changed by
    itself since, so that changes of the series pass it by, and `was` how it was before. `note` is what whoever is on it
    should know.
    """

    id: ShiftId
    community_id: CommunityId
    checkpoint_id: CheckpointId
    start: datetime
    end: datetime
    needed: int
    capacity: int
    state: ShiftState = ShiftState.OPEN
    batch_id: BatchId
    made_by: PersonId
    made_at: datetime
    roles: tuple[ShiftRole, ...] = ()
    team_id: TeamId | None = None
    series_id: SeriesId | None = None
    day: date | None = None
    slot: int = 0
    edited: bool = False
    note: str = ""
    was: Was | None = None
    version: int = 0


def checked_places(needed: int | None, capacity: int | None) -> tuple[int, int]:
    """Return (needed, capacity), each defaulting to the other. Raises PlacesInvalid."""
    low = needed if needed is not None else capacity
    high = capacity if capacity is not None else needed
    if low is None or high is None or not 1 <= low <= high <= MOST_PLACES:
        raise errors.PlacesInvalid(1, MOST_PLACES)
    return low, high


def missing(shift: Shift, roster: Roster) -> int:
    """Return how many people the shift is short of what it needs, in all and role by role."""
    return max(0, shift.needed - len(roster.on), sum(roles.short(shift.roles, [a.role for a in roster.on]).values()))


def claim(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    held: Sequence[Assignment],
    *,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Give the person a place, in a role if the shift has several.

    `held` are the person's assignments around that time, and to this shift in whatever state. Raises ShiftCancelled,
    ShiftStarted, AlreadyYours, ShiftOverlaps, ShiftFull, and RoleNeeded, RoleUnknown, RoleFull.
    """
    check_open(shift, now)
    placed = place(shift, roster, person_id, held, role=role, turn=turn, now=now)
    return placed, [on_person(events.ShiftClaimed, shift, person_id, actor=person_id)]


def assign(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    held: Sequence[Assignment],
    *,
    by: PersonId,
    role: str = UNNAMED,
    reason: str = "",
    turn: int,
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Put the person on the shift on a coordinator's word; the same rules hold. Raises what `claim` raises."""
    check_open(shift, now)
    placed = replace(place(shift, roster, person_id, held, role=role, turn=turn, now=now), reason=reason)
    return placed, [on_person(events.PersonAssigned, shift, person_id, actor=by, reason=reason)]


def release(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    *,
    sure: bool,
    cutoff: timedelta = timedelta(0),
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Give the place back, up to `cutoff` before the start.

    Raises ShiftCancelled, ShiftStarted, NotYours; TooLateToRelease after the cut-off (then one seeks cover);
    ReleaseNeedsYes within 24 h unless sure.
    """
    check_open(shift, now)
    mine = held_by(roster, person_id)
    if shift.start - now < cutoff:
        raise life_errors.TooLateToRelease(shift.id, int(cutoff.total_seconds()) // 60)
    if not sure and shift.start - now < LATE_RELEASE:
        raise errors.ReleaseNeedsYes(shift.id, shift.start)
    return moved(mine, Hold.RELEASED), [on_person(events.ShiftReleased, shift, person_id, actor=person_id)]


def asks_before_release(shift: Shift, roster: Roster, person_id: PersonId, *, now: datetime) -> bool:
    """Say whether giving this place back is late enough (less than 24 h before) to be asked once more."""
    mine = roster.find(person_id)
    holds = mine is not None and mine.hold is Hold.ON
    return holds and shift.state is ShiftState.OPEN and timedelta(0) < shift.start - now < LATE_RELEASE


def must_seek(shift: Shift, roster: Roster, person_id: PersonId, *, cutoff: timedelta, now: datetime) -> bool:
    """Say whether it is too late for the person to give their place back, so that they have to seek cover."""
    mine = roster.find(person_id)
    holds = mine is not None and mine.hold is Hold.ON
    return holds and shift.state is ShiftState.OPEN and timedelta(0) < shift.start - now < cutoff


def remove(
    shift: Shift, roster: Roster, person_id: PersonId, *, by: PersonId, reason: str = "", now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Take the person off the shift on a coordinator's word; the reason may be empty.

    Raises ShiftCancelled, ShiftStarted, NotYours; ReasonNeeded if the reason is too long.
    """
    check_open(shift, now)
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise life_errors.ReasonNeeded(LONGEST_REASON)
    gone = replace(moved(held_by(roster, person_id), Hold.REMOVED), reason=reason)
    return gone, [on_person(events.PersonRemoved, shift, person_id, actor=by, reason=reason)]


def check_open(shift: Shift, now: datetime) -> None:
    """Raise ShiftCancelled or ShiftStarted unless places may still change hands by themselves."""
    if shift.state is ShiftState.CANCELLED:
        raise errors.ShiftCancelled(shift.start, shift.end)
    if now >= shift.start:
        raise errors.ShiftStarted(shift.start, shift.end)


def held_by(roster: Roster, person_id: PersonId) -> Assignment:
    """Return the person's place. Raises NotYours if they hold none."""
    mine = next((a for a in roster.on if a.person_id == person_id), None)
    if mine is None:
        raise errors.NotYours
    return mine


def place(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    held: Sequence[Assignment],
    *,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> Assignment:
    """Return the person's place in the shift, whoever gives it, whenever. Raises what `claim` raises of places."""
    mine = roster.find(person_id)
    if mine is not None and mine.hold is Hold.ON:
        raise errors.AlreadyYours(shift.start, shift.end)
    clash = overlap(held, shift.start, shift.end, but=shift.id)
    if clash is not None:
        raise errors.ShiftOverlaps(clash.shift_id, clash.start, clash.end)
    role = roomy_role(shift, [a for a in roster.taken if a.person_id != person_id], role)
    earlier = mine or next((a for a in held if a.shift_id == shift.id), None)
    return taken(shift, person_id, Hold.ON, earlier, role=role, turn=turn, now=now)


def roomy_role(shift: Shift, others: Sequence[Assignment], role: str) -> str:
    """Return the key of the role a place is free in: the only one, or the one asked for.

    `others` are the places taken. Raises ShiftFull, RoleNeeded, RoleUnknown, RoleFull.
    """
    if len(others) >= shift.capacity:
        raise errors.ShiftFull(shift.id, shift.capacity)
    if role == UNNAMED:
        if not shift.roles:
            return UNNAMED
        if len(shift.roles) > 1:
            raise life_errors.RoleNeeded(shift.id)
    wanted = roles.role_of(shift.roles, role or shift.roles[0].key)
    if wanted is None:
        raise life_errors.RoleUnknown
    free = roles.with_room(shift.roles, [a.role for a in others])
    if wanted not in free:
        raise life_errors.RoleFull(wanted.name, tuple(r.name for r in free))
    return wanted.key


def taken(
    shift: Shift,
    person_id: PersonId,
    hold: Hold,
    earlier: Assignment | None,
    *,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> Assignment:
    """Return a fresh assignment with that hold, in place of the person's earlier one to the same shift."""
    if earlier is not None:
        moved(earlier, hold)
    return Assignment(
        id=assignment_id(shift.id, person_id),
        community_id=shift.community_id,
        shift_id=shift.id,
        person_id=person_id,
        hold=hold,
        start=shift.start,
        end=shift.end,
        since=now,
        turn=turn,
        role=role,
        version=earlier.version if earlier else 0,
    )


P = TypeVar("P", bound=events.OnPerson)


def on_person(kind: type[P], shift: Shift, person_id: PersonId, *, actor: PersonId | None, **more: events.Fact) -> P:
    """Return an event between a person and a shift; `more` are its own facts."""
    return kind(
        community_id=shift.community_id,
        actor=actor,
        shift_id=shift.id,
        checkpoint_id=shift.checkpoint_id,
        person_id=person_id,
        **more,
    )
