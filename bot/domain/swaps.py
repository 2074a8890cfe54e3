"""Swaps: two people exchange their places in two shifts. Everything is checked again when the other accepts.

A community may want a coordinator to approve. For 60 seconds either of the two can take it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import life_events
from bot.domain.assignments import Assignment, Hold, Roster, moved
from bot.domain.errors import NotYours, ShiftCancelled, ShiftStarted
from bot.domain.events import Event
from bot.domain.ids import CommunityId, PersonId, ShiftId, SwapId
from bot.domain.life_errors import OwnPlace, SwapBroken, SwapOver, UndoOver
from bot.domain.lifecycle import step
from bot.domain.shifts import Shift, check_open, held_by, place

UNDO_WITHIN = timedelta(seconds=60)


class SwapState(StrEnum):
    """The life of a swap."""

    ASKED = "asked"
    AGREED = "agreed"  # both want it, a coordinator has to approve
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"  # unanswered, or one of the places is no longer what it was
    UNDONE = "undone"


_CLOSED: frozenset[SwapState] = frozenset()
MOVES: dict[SwapState | None, frozenset[SwapState]] = {
    None: frozenset({SwapState.ASKED}),
    SwapState.ASKED: frozenset(
        {SwapState.AGREED, SwapState.DONE, SwapState.DECLINED, SwapState.WITHDRAWN, SwapState.EXPIRED}
    ),
    SwapState.AGREED: frozenset({SwapState.DONE, SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.EXPIRED}),
    SwapState.DONE: frozenset({SwapState.UNDONE}),
    SwapState.DECLINED: _CLOSED,
    SwapState.WITHDRAWN: _CLOSED,
    SwapState.REFUSED: _CLOSED,
    SwapState.EXPIRED: _CLOSED,
    SwapState.UNDONE: _CLOSED,
}
OPEN = frozenset({SwapState.ASKED, SwapState.AGREED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """`person_id` gives the place in `shift_id` and wants that of `other_id` in `other_shift_id`.

    `until` is when it becomes pointless: the start of the earlier shift. `done_at` is when the places changed hands.
    """

    id: SwapId
    community_id: CommunityId
    person_id: PersonId
    shift_id: ShiftId
    other_id: PersonId
    other_shift_id: ShiftId
    state: SwapState = SwapState.ASKED
    until: datetime
    made_at: datetime
    done_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two places: its shift and roster, and who holds it.

    `held` is all that person holds around either time, and their rows for both shifts in whatever state.
    """

    shift: Shift
    roster: Roster
    person_id: PersonId
    held: Sequence[Assignment]


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap and what it does: all assignments that are now different, and what happened."""

    swap: Swap
    assignments: tuple[Assignment, ...]
    events: tuple[Event, ...]


def ask(id_: SwapId, mine: Side, theirs: Side, *, now: datetime) -> tuple[Swap, list[Event]]:
    """Propose a swap. Raises OwnPlace, ShiftCancelled, ShiftStarted, NotYours, AlreadyYours, ShiftOverlaps."""
    if mine.person_id == theirs.person_id:
        raise OwnPlace
    _exchanged(mine, theirs, turn=0, now=now)
    swap = Swap(
        id=id_,
        community_id=mine.shift.community_id,
        person_id=mine.person_id,
        shift_id=mine.shift.id,
        other_id=theirs.person_id,
        other_shift_id=theirs.shift.id,
        until=min(mine.shift.start, theirs.shift.start),
        made_at=now,
    )
    return swap, [_event(life_events.SwapAsked, swap, actor=swap.person_id)]


def accept(swap: Swap, mine: Side, theirs: Side, *, approval: bool, turn: int, now: datetime) -> Swapped:
    """The other says yes: the places change hands, or (with `approval`) wait for a coordinator.

    `mine` is the asker's side. The opening rules are the caller's to check, for both. Raises SwapOver; SwapBroken when
    one of the places is not what it was; AlreadyYours, ShiftOverlaps.
    """
    _check(swap, SwapState.ASKED, now)
    done = _done(swap, mine, theirs, actor=swap.other_id, turn=turn, now=now)
    if not approval:
        return done
    agreed = _moved(swap, SwapState.AGREED)
    return Swapped(agreed, (), (_event(life_events.SwapAgreed, agreed, actor=swap.other_id),))


def approve(swap: Swap, mine: Side, theirs: Side, *, by: PersonId, turn: int, now: datetime) -> Swapped:
    """A coordinator says yes; everything is checked again. Raises what `accept` raises."""
    _check(swap, SwapState.AGREED, now)
    return _done(swap, mine, theirs, actor=by, turn=turn, now=now)


def decline(swap: Swap, *, now: datetime) -> tuple[Swap, list[Event]]:
    """The other says no. Raises SwapOver."""
    _check(swap, SwapState.ASKED, now)
    declined = _moved(swap, SwapState.DECLINED)
    return declined, [_event(life_events.SwapDeclined, declined, actor=swap.other_id)]


def refuse(swap: Swap, *, by: PersonId, now: datetime) -> tuple[Swap, list[Event]]:
    """A coordinator says no; both keep what they have. Raises SwapOver."""
    _check(swap, SwapState.AGREED, now)
    refused = _moved(swap, SwapState.REFUSED)
    return refused, [_event(life_events.SwapRefused, refused, actor=by)]


def withdraw(swap: Swap) -> tuple[Swap, list[Event]]:
    """Whoever asked no longer wants it. Raises SwapOver."""
    if swap.state not in OPEN:
        raise SwapOver
    withdrawn = _moved(swap, SwapState.WITHDRAWN)
    return withdrawn, [_event(life_events.SwapWithdrawn, withdrawn, actor=swap.person_id)]


def expire(swap: Swap) -> tuple[Swap, list[Event]]:
    """Close a swap that became pointless: its time is over, or a place was released, moved or cancelled.

    Called in the same transaction as whatever made it so. One that is closed stays as it is.
    """
    if swap.state not in OPEN:
        return swap, []
    expired = _moved(swap, SwapState.EXPIRED)
    return expired, [_event(life_events.SwapExpired, expired, actor=None)]


def undo(swap: Swap, mine: Side, theirs: Side, *, by: PersonId, turn: int, now: datetime) -> Swapped:
    """Take it back within 60 seconds: each has again what they had. `mine` is again the asker's shift, now the other's.

    So `mine.person_id` is the other, and `theirs.person_id` the asker. Raises UndoOver, NotYours for a third person.
    """
    if by not in (swap.person_id, swap.other_id):
        raise NotYours
    if swap.state is not SwapState.DONE or swap.done_at is None or now - swap.done_at > UNDO_WITHIN:
        raise UndoOver(int(UNDO_WITHIN.total_seconds()))
    try:
        rows = _exchanged(mine, theirs, turn=turn, now=now)
    except (NotYours, ShiftCancelled, ShiftStarted):
        raise UndoOver(int(UNDO_WITHIN.total_seconds())) from None
    undone = _moved(swap, SwapState.UNDONE)
    return Swapped(undone, rows, (_event(life_events.SwapUndone, undone, actor=by),))


def _done(swap: Swap, mine: Side, theirs: Side, *, actor: PersonId, turn: int, now: datetime) -> Swapped:
    try:
        rows = _exchanged(mine, theirs, turn=turn, now=now)
    except (NotYours, ShiftCancelled, ShiftStarted):
        raise SwapBroken from None
    done = replace(_moved(swap, SwapState.DONE), done_at=now)
    return Swapped(done, rows, (_event(life_events.SwapDone, done, actor=actor),))


def _exchanged(mine: Side, theirs: Side, *, turn: int, now: datetime) -> tuple[Assignment, ...]:
    """Return the four assignments after the exchange. Raises NotYours, ShiftCancelled, ShiftStarted and of places."""
    rows: list[Assignment] = []
    for giver, taker in ((mine, theirs), (theirs, mine)):
        check_open(giver.shift, now)
        given = held_by(giver.roster, giver.person_id)
        gone = moved(given, Hold.RELEASED)
        held = [a for a in taker.held if a.shift_id != taker.shift.id]
        fresh = place(giver.shift, giver.roster.after(gone), taker.person_id, held, role=given.role, turn=turn, now=now)
        rows += [gone, replace(fresh, confirmed_at=now)]
    return tuple(rows)


def _check(swap: Swap, state: SwapState, now: datetime) -> None:
    if swap.state is not state or now >= swap.until:
        raise SwapOver


def _moved(swap: Swap, state: SwapState) -> Swap:
    return replace(swap, state=step(MOVES, swap.state, state))


def _event(kind: type[life_events.OnSwap], swap: Swap, *, actor: PersonId | None) -> Event:
    return kind(
        community_id=swap.community_id,
        actor=actor,
        swap_id=swap.id,
        person_id=swap.person_id,
        other_id=swap.other_id,
        shift_id=swap.shift_id,
        other_shift_id=swap.other_shift_id,
    )
