"""Shifts, and who holds a place in them.

The rules: a shift never has more people on it than its capacity; nobody is on two shifts that overlap; places change
hands only before the shift starts; whoever waits is moved up in the order of coming. All functions are pure: they get
what is so and return what shall be so, with the events that say what happened. Instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import errors, events
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId

LATE_RELEASE = timedelta(hours=24)
LONGEST_SHIFT = timedelta(hours=24)
MOST_PLACES = 200


class ShiftState(StrEnum):
    """The life of a shift; whether it has started is read from the clock, not stored."""

    OPEN = "open"
    CANCELLED = "cancelled"


class Hold(StrEnum):
    """What a person has in a shift."""

    ON = "on"
    WAITING = "waiting"
    RELEASED = "released"
    REMOVED = "removed"
    CANCELLED = "cancelled"


# The whole life cycle of an assignment. None: no row yet. A released or removed person may come again.
MOVES: dict[Hold | None, frozenset[Hold]] = {
    None: frozenset({Hold.ON, Hold.WAITING}),
    Hold.WAITING: frozenset({Hold.ON, Hold.RELEASED, Hold.CANCELLED}),
    Hold.ON: frozenset({Hold.RELEASED, Hold.REMOVED, Hold.CANCELLED}),
    Hold.RELEASED: frozenset({Hold.ON, Hold.WAITING}),
    Hold.REMOVED: frozenset({Hold.ON, Hold.WAITING}),
    Hold.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of time at a checkpoint, with `needed` people at least and room for `capacity`."""

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
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One person's place in, or wait for, one shift. `id` is '<shift>:<person>'.

    `since` orders the waitlist, ties broken by `turn`, a number that only grows. Start and end repeat the shift's, so
    that overlaps are found without reading the shifts.
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
    version: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on a shift, and who waits, both in the order of coming."""

    on: tuple[Assignment, ...] = ()
    waiting: tuple[Assignment, ...] = ()

    def find(self, person_id: PersonId) -> Assignment | None:
        """Return the person's place or wait, or None."""
        return next((a for a in (*self.on, *self.waiting) if a.person_id == person_id), None)


def assignment_id(shift_id: ShiftId, person_id: PersonId) -> str:
    """Return the key of one person's assignment to one shift."""
    return f"{shift_id}:{person_id}"


def checked_places(needed: int | None, capacity: int | None) -> tuple[int, int]:
    """Return (needed, capacity), each defaulting to the other. Raises PlacesInvalid."""
    low = needed if needed is not None else capacity
    high = capacity if capacity is not None else needed
    if low is None or high is None or not 1 <= low <= high <= MOST_PLACES:
        raise errors.PlacesInvalid(1, MOST_PLACES)
    return low, high


def missing(shift: Shift, roster: Roster) -> int:
    """Return how many people the shift is short of what it needs."""
    return max(0, shift.needed - len(roster.on))


def overlap(held: Iterable[Assignment], start: datetime, end: datetime, *, but: ShiftId) -> Assignment | None:
    """Return an assignment that shares time with start-end (half-open), other than to the shift `but`."""
    clashes = (a for a in held if a.hold is Hold.ON and a.shift_id != but and a.start < end and start < a.end)
    return next(clashes, None)


def claim(
    shift: Shift, roster: Roster, person_id: PersonId, held: Sequence[Assignment], *, turn: int, now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Give the person a place.

    `held` are the person's assignments around that time, and to this shift in whatever state. Raises ShiftCancelled,
    ShiftStarted, AlreadyYours, ShiftOverlaps, ShiftFull.
    """
    placed = _place(shift, roster, person_id, held, turn=turn, now=now)
    return placed, [_event(events.ShiftClaimed, shift, person_id, actor=person_id)]


def assign(
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    held: Sequence[Assignment],
    *,
    by: PersonId,
    turn: int,
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Put the person on the shift on a coordinator's word; the same rules hold. Raises what `claim` raises."""
    placed = _place(shift, roster, person_id, held, turn=turn, now=now)
    return placed, [_event(events.PersonAssigned, shift, person_id, actor=by)]


def release(
    shift: Shift, roster: Roster, person_id: PersonId, *, sure: bool, now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Give the place back. Raises ShiftCancelled, ShiftStarted, NotYours; ReleaseNeedsYes within 24 h unless sure."""
    _check_open(shift, now)
    mine = next((a for a in roster.on if a.person_id == person_id), None)
    if mine is None:
        raise errors.NotYours
    if not sure and shift.start - now < LATE_RELEASE:
        raise errors.ReleaseNeedsYes(shift.id, shift.start)
    return _moved(mine, Hold.RELEASED), [_event(events.ShiftReleased, shift, person_id, actor=person_id)]


def asks_before_release(shift: Shift, roster: Roster, person_id: PersonId, *, now: datetime) -> bool:
    """Say whether giving this place back is late enough (less than 24 h before) to be asked once more."""
    mine = roster.find(person_id)
    holds = mine is not None and mine.hold is Hold.ON
    return holds and shift.state is ShiftState.OPEN and timedelta(0) < shift.start - now < LATE_RELEASE


def remove(
    shift: Shift, roster: Roster, person_id: PersonId, *, by: PersonId, now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Take the person off the shift on a coordinator's word. Raises ShiftCancelled, ShiftStarted, NotYours."""
    _check_open(shift, now)
    theirs = next((a for a in roster.on if a.person_id == person_id), None)
    if theirs is None:
        raise errors.NotYours
    return _moved(theirs, Hold.REMOVED), [_event(events.PersonRemoved, shift, person_id, actor=by)]


def move_up(
    shift: Shift, roster: Roster, busy: frozenset[PersonId], *, now: datetime
) -> tuple[list[Assignment], list[events.Event]]:
    """Move people up from the waitlist into the free places, in order, passing over those `busy` at that time."""
    if shift.state is not ShiftState.OPEN or now >= shift.start:
        return [], []
    free = shift.capacity - len(roster.on)
    lucky = [a for a in roster.waiting if a.person_id not in busy][: max(0, free)]
    moved = [_moved(a, Hold.ON) for a in lucky]
    return moved, [_event(events.MovedUp, shift, a.person_id, actor=None) for a in moved]


def join_waitlist(
    shift: Shift, roster: Roster, person_id: PersonId, *, earlier: Assignment | None, turn: int, now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Let the person wait. Raises ShiftCancelled, ShiftStarted, AlreadyYours, AlreadyWaiting, ShiftNotFull."""
    _check_open(shift, now)
    mine = roster.find(person_id)
    if mine is not None and mine.hold is Hold.ON:
        raise errors.AlreadyYours(shift.start, shift.end)
    if mine is not None:
        raise errors.AlreadyWaiting(roster.waiting.index(mine) + 1)
    if len(roster.on) < shift.capacity:
        raise errors.ShiftNotFull(shift.id)
    waiting = _taken(shift, person_id, Hold.WAITING, earlier, turn=turn, now=now)
    return waiting, [_event(events.WaitlistJoined, shift, person_id, actor=person_id)]


def leave_waitlist(shift: Shift, roster: Roster, person_id: PersonId) -> tuple[Assignment, list[events.Event]]:
    """Take the person off the waitlist. Raises NotYours if they do not wait."""
    mine = next((a for a in roster.waiting if a.person_id == person_id), None)
    if mine is None:
        raise errors.NotYours
    return _moved(mine, Hold.RELEASED), [_event(events.WaitlistLeft, shift, person_id, actor=person_id)]


def call_off(
    shift: Shift, roster: Roster, *, by: PersonId, now: datetime
) -> tuple[Shift, list[Assignment], list[events.Event]]:
    """Cancel a shift before it starts; everybody on it or waiting is let go. Raises ShiftCancelled, ShiftStarted."""
    _check_open(shift, now)
    off = replace(shift, state=ShiftState.CANCELLED)
    freed = [_moved(a, Hold.CANCELLED) for a in (*roster.on, *roster.waiting)]
    told: list[events.Event] = [
        events.AssignmentCancelled(
            community_id=shift.community_id,
            actor=by,
            shift_id=shift.id,
            checkpoint_id=shift.checkpoint_id,
            person_id=a.person_id,
            waiting=a.hold is Hold.WAITING,
        )
        for a in (*roster.on, *roster.waiting)
    ]
    called_off = events.ShiftCalledOff(
        community_id=shift.community_id, actor=by, shift_id=shift.id, checkpoint_id=shift.checkpoint_id
    )
    return off, freed, [called_off, *told]


def _check_open(shift: Shift, now: datetime) -> None:
    if shift.state is ShiftState.CANCELLED:
        raise errors.ShiftCancelled(shift.start, shift.end)
    if now >= shift.start:
        raise errors.ShiftStarted(shift.start, shift.end)


def _place(
    shift: Shift, roster: Roster, person_id: PersonId, held: Sequence[Assignment], *, turn: int, now: datetime
) -> Assignment:
    _check_open(shift, now)
    mine = roster.find(person_id)
    if mine is not None and mine.hold is Hold.ON:
        raise errors.AlreadyYours(shift.start, shift.end)
    clash = overlap(held, shift.start, shift.end, but=shift.id)
    if clash is not None:
        raise errors.ShiftOverlaps(clash.shift_id, clash.start, clash.end)
    if len(roster.on) >= shift.capacity:
        raise errors.ShiftFull(shift.id, shift.capacity)
    earlier = mine or next((a for a in held if a.shift_id == shift.id), None)
    return _taken(shift, person_id, Hold.ON, earlier, turn=turn, now=now)


def _taken(
    shift: Shift, person_id: PersonId, hold: Hold, earlier: Assignment | None, *, turn: int, now: datetime
) -> Assignment:
    if earlier is not None:
        return replace(_moved(earlier, hold), since=now, turn=turn, start=shift.start, end=shift.end)
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
    )


def _moved(assignment: Assignment, hold: Hold) -> Assignment:
    if hold not in MOVES[assignment.hold]:
        message = f"no move from {assignment.hold} to {hold}"
        raise ValueError(message)
    return replace(assignment, hold=hold)


def _event(kind: type[events.OnPerson], shift: Shift, person_id: PersonId, *, actor: PersonId | None) -> events.Event:
    return kind(
        community_id=shift.community_id,
        actor=actor,
        shift_id=shift.id,
        checkpoint_id=shift.checkpoint_id,
        person_id=person_id,
    )
