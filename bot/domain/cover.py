"""Cover: somebody cannot come, and another takes the place. It stays the first one's until then.

Whom to ask, `bot.domain.asking` says. A community may want a coordinator to approve. For 60 seconds, whoever took it
can give it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import life_events
from bot.domain.assignments import Assignment, Hold, Roster, moved
from bot.domain.errors import NotYours
from bot.domain.events import Event, Fact
from bot.domain.ids import CommunityId, PersonId, SearchId, ShiftId
from bot.domain.life_errors import AlreadySeeking, CoverOver, OwnPlace, UndoOver
from bot.domain.lifecycle import step
from bot.domain.shifts import Shift, ShiftState, check_open, held_by, on_person, place

UNDO_WITHIN = timedelta(seconds=60)


class SearchState(StrEnum):
    """The life of a search for cover."""

    SEEKING = "seeking"
    AGREED = "agreed"  # somebody will, if a coordinator approves
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"  # the shift began, or was cancelled


MOVES: dict[SearchState | None, frozenset[SearchState]] = {
    None: frozenset({SearchState.SEEKING}),
    SearchState.SEEKING: frozenset({SearchState.AGREED, SearchState.TAKEN, SearchState.WITHDRAWN, SearchState.FAILED}),
    SearchState.AGREED: frozenset({SearchState.SEEKING, SearchState.TAKEN, SearchState.WITHDRAWN, SearchState.FAILED}),
    SearchState.TAKEN: frozenset({SearchState.SEEKING}),  # undone within a minute
    SearchState.WITHDRAWN: frozenset(),
    SearchState.FAILED: frozenset(),
}


class Stage(StrEnum):
    """Whom a search has reached."""

    NAMED = "named"  # one person, asked by name
    PEOPLE = "people"
    STANDBY = "standby"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search for cover for one person's place. There is at most one open for a place.

    `named` is who was asked by name, if anybody. `asked` are all who were asked, in order; `next_wave` is when more
    are to be asked. `cover_id` is who agreed or took it, `taken_at` when.
    """

    id: SearchId
    community_id: CommunityId
    shift_id: ShiftId
    person_id: PersonId
    state: SearchState = SearchState.SEEKING
    stage: Stage = Stage.PEOPLE
    named: PersonId | None = None
    asked: tuple[PersonId, ...] = ()
    next_wave: datetime | None = None
    cover_id: PersonId | None = None
    taken_at: datetime | None = None
    made_at: datetime
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody may still take the place."""
        return self.state is SearchState.SEEKING

    @property
    def running(self) -> bool:
        """Whether it is not closed: somebody may still take the place, or has agreed to."""
        return self.state in (SearchState.SEEKING, SearchState.AGREED)


@dataclass(frozen=True, slots=True)
class Handed:
    """A place that changed hands: the search, both assignments, and what happened."""

    search: Search
    assignments: tuple[Assignment, ...]
    events: tuple[Event, ...]


def seek(
    id_: SearchId,
    shift: Shift,
    roster: Roster,
    person_id: PersonId,
    *,
    earlier: Search | None,
    named: PersonId | None = None,
    now: datetime,
) -> tuple[Search, list[Event]]:
    """Begin to look for somebody; `earlier` is the open search for this place, if there is one.

    Raises ShiftCancelled, ShiftStarted, NotYours, AlreadySeeking, OwnPlace.
    """
    check_open(shift, now)
    held_by(roster, person_id)
    if earlier is not None and earlier.state in (SearchState.SEEKING, SearchState.AGREED):
        raise AlreadySeeking
    if named == person_id:
        raise OwnPlace
    search = Search(
        id=id_,
        community_id=shift.community_id,
        shift_id=shift.id,
        person_id=person_id,
        stage=Stage.NAMED if named else Stage.PEOPLE,
        named=named,
        next_wave=None if named else now,
        made_at=now,
    )
    return search, [search_event(life_events.CoverSought, search, shift, actor=person_id)]


def take(
    search: Search,
    shift: Shift,
    roster: Roster,
    cover_id: PersonId,
    held: Sequence[Assignment],
    *,
    approval: bool,
    turn: int,
    now: datetime,
) -> Handed:
    """Take the place, or (with `approval`) agree to, until a coordinator says yes.

    `held` are the taker's own assignments around that time. The opening rules are the caller's to check. Raises
    CoverOver, OwnPlace, ShiftCancelled, ShiftStarted, AlreadyYours, ShiftOverlaps.
    """
    _check(search, SearchState.SEEKING)
    if cover_id == search.person_id:
        raise OwnPlace
    if search.named is not None and cover_id != search.named:
        raise CoverOver
    handed = _hand_over(search, shift, roster, cover_id, held, turn=turn, now=now)
    if not approval:
        return handed
    agreed = replace(_moved(search, SearchState.AGREED), cover_id=cover_id)
    return Handed(
        agreed, (), (search_event(life_events.CoverAgreed, agreed, shift, actor=cover_id, cover_id=cover_id),)
    )


def approve(
    search: Search,
    shift: Shift,
    roster: Roster,
    held: Sequence[Assignment],
    *,
    by: PersonId,
    turn: int,
    now: datetime,
) -> Handed:
    """A coordinator says yes; everything is checked again. Raises what `take` raises."""
    _check(search, SearchState.AGREED)
    if search.cover_id is None:
        raise CoverOver
    return _hand_over(search, shift, roster, search.cover_id, held, turn=turn, now=now, by=by)


def refuse(search: Search, shift: Shift, *, by: PersonId, now: datetime) -> tuple[Search, list[Event]]:
    """A coordinator says no; the search goes on. Raises CoverOver."""
    _check(search, SearchState.AGREED)
    told = search_event(life_events.CoverRefused, search, shift, actor=by, cover_id=search.cover_id or "")
    again = replace(_moved(search, SearchState.SEEKING), cover_id=None, next_wave=now)
    return again, [told]


def withdraw(search: Search, shift: Shift, *, by: PersonId) -> tuple[Search, list[Event]]:
    """The person comes after all. Raises CoverOver."""
    if search.state not in (SearchState.SEEKING, SearchState.AGREED):
        raise CoverOver
    gone = _moved(search, SearchState.WITHDRAWN)
    return gone, [search_event(life_events.CoverWithdrawn, gone, shift, actor=by)]


def fail(search: Search, shift: Shift, *, now: datetime) -> tuple[Search, list[Event]]:
    """Close a search whose shift has begun or was cancelled; any other stays as it is."""
    pointless = now >= shift.start or shift.state is ShiftState.CANCELLED
    if search.state not in (SearchState.SEEKING, SearchState.AGREED) or not pointless:
        return search, []
    gone = _moved(search, SearchState.FAILED)
    told = [search_event(life_events.CoverFailed, gone, shift, actor=None)] if shift.state is ShiftState.OPEN else []
    return gone, [*told]


def undo(
    search: Search, shift: Shift, roster: Roster, held: Sequence[Assignment], *, by: PersonId, turn: int, now: datetime
) -> Handed:
    """Give the place back to whom it was, within 60 seconds; `held` are that person's. The search goes on.

    Raises UndoOver when the time is over or the world has moved on, NotYours unless the taker asks.
    """
    in_time = search.taken_at is not None and now - search.taken_at <= UNDO_WITHIN
    if search.state is not SearchState.TAKEN or search.cover_id is None or not in_time or now >= shift.start:
        raise UndoOver(int(UNDO_WITHIN.total_seconds()))
    if by != search.cover_id:
        raise NotYours
    theirs = held_by(roster, search.cover_id)
    back = moved(theirs, Hold.RELEASED)
    mine = place(shift, roster.after(back), search.person_id, held, role=theirs.role, turn=turn, now=now)
    again = replace(_moved(search, SearchState.SEEKING), cover_id=None, taken_at=None, next_wave=now)
    told = search_event(life_events.CoverUndone, again, shift, actor=by, cover_id=by)
    return Handed(again, (back, mine), (told,))


def _moved(search: Search, state: SearchState) -> Search:
    return replace(search, state=step(MOVES, search.state, state))


def _check(search: Search, state: SearchState) -> None:
    if search.state is not state:
        raise CoverOver


def _hand_over(
    search: Search,
    shift: Shift,
    roster: Roster,
    cover_id: PersonId,
    held: Sequence[Assignment],
    *,
    turn: int,
    now: datetime,
    by: PersonId | None = None,
) -> Handed:
    check_open(shift, now)
    theirs = held_by(roster, search.person_id)
    gone = moved(theirs, Hold.RELEASED)
    mine = place(shift, roster.after(gone), cover_id, held, role=theirs.role, turn=turn, now=now)
    mine = replace(mine, confirmed_at=now)
    done = replace(_moved(search, SearchState.TAKEN), cover_id=cover_id, taken_at=now, next_wave=None)
    told = search_event(life_events.CoverTaken, done, shift, actor=by or cover_id, cover_id=cover_id)
    return Handed(done, (gone, mine), (told,))


S = TypeVar("S", bound=life_events.OnSearch)


def search_event(kind: type[S], search: Search, shift: Shift, *, actor: PersonId | None, **more: Fact) -> S:
    """Return an event of a search; `more` are its own facts."""
    return on_person(kind, shift, search.person_id, actor=actor, search_id=search.id, **more)
