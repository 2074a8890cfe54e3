"""Changing a shift that people may hold: its time, its place, its numbers; calling it off, and taking that back.

Nobody loses a place by a change. Whoever is on the shift is asked to confirm what is new, or to release.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import errors, events, life_events
from bot.domain.assignments import Assignment, Hold, Roster, moved, overlap
from bot.domain.ids import CheckpointId, PersonId
from bot.domain.life_errors import PlacesTaken, TimeInvalid, UndoOver, WouldOverlap
from bot.domain.roles import ShiftRole, checked_roles, room, sums
from bot.domain.shifts import (
    LONGEST_NOTE,
    LONGEST_SHIFT,
    MOST_PLACES,
    Shift,
    ShiftState,
    Was,
    check_open,
    checked_places,
    held_by,
    on_person,
)

UNDO_WITHIN = timedelta(seconds=60)

Held = Mapping[PersonId, Sequence[Assignment]]
"""What each person on a shift holds around its old and its new time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What shall be different about a shift; None leaves a thing as it is. With `roles`, the numbers are their sums."""

    start: datetime | None = None
    end: datetime | None = None
    checkpoint_id: CheckpointId | None = None
    needed: int | None = None
    capacity: int | None = None
    roles: tuple[ShiftRole, ...] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change makes of a shift: the shift, every assignment that is now different, and what happened."""

    shift: Shift
    assignments: tuple[Assignment, ...]
    events: tuple[events.Event, ...]


def change(shift: Shift, roster: Roster, wanted: Change, held: Held, *, by: PersonId | None, now: datetime) -> Moved:
    """Change a shift; those on it keep their places and are asked to confirm a new time or place.

    Raises ShiftCancelled, ShiftStarted, TimeInvalid, PlacesInvalid, RolesInvalid; PlacesTaken when more people are on
    it than it would have room for; WouldOverlap when some of them are busy at the new time.
    """
    check_open(shift, now)
    fresh = changed(shift, wanted)
    what = _difference(shift, fresh)
    if not what:
        return Moved(shift, (), ())
    if fresh.start <= now or not fresh.start < fresh.end <= fresh.start + LONGEST_SHIFT:
        raise TimeInvalid(int(LONGEST_SHIFT.total_seconds()) // 3600)
    _check_room(fresh, roster)
    _check_free(fresh, roster, held)
    elsewhere = "time" in what or "checkpoint" in what
    asked = [a.person_id for a in roster.on if elsewhere]
    rows = [_followed(a, fresh, asked=a.person_id in asked, now=now) for a in (*roster.on, *roster.waiting)]
    offers, withdrawn = _offers_left(fresh, roster, now)
    told: list[events.Event] = [
        life_events.ShiftChanged(
            community_id=shift.community_id,
            actor=by,
            shift_id=shift.id,
            checkpoint_id=fresh.checkpoint_id,
            what=" ".join(what),
        )
    ]
    told += [on_person(life_events.ConfirmationAsked, fresh, person_id, actor=by) for person_id in asked]
    told += [on_person(life_events.OfferWithdrawn, fresh, a.person_id, actor=by) for a in withdrawn]
    told += _heard_in_line(fresh, roster.waiting, offers, by=by) if elsewhere else []
    return Moved(fresh, (*rows, *offers, *withdrawn), tuple(told))


def _heard_in_line(
    shift: Shift, waiting: Iterable[Assignment], offers: Iterable[Assignment], *, by: PersonId | None
) -> list[events.Event]:
    """Return what those hear who have no place yet on a shift with another time or place."""
    moved_on: list[events.Event] = [on_person(events.WaitMoved, shift, a.person_id, actor=by) for a in waiting]
    return [*moved_on, *(on_person(events.OfferMoved, shift, a.person_id, actor=by) for a in offers)]


def confirm(
    shift: Shift, roster: Roster, person_id: PersonId, *, now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Note that the person is coming. Raises ShiftCancelled, ShiftStarted, NotYours."""
    check_open(shift, now)
    mine = replace(held_by(roster, person_id), confirmed_at=now)
    return mine, [on_person(life_events.PlaceConfirmed, shift, person_id, actor=person_id)]


def edit(shift: Shift, roster: Roster, wanted: Change, held: Held, *, by: PersonId, now: datetime) -> Moved:
    """Change this one shift; from now on, changes of its series pass it by. Raises what `change` raises."""
    done = change(shift, roster, wanted, held, by=by, now=now)
    was = Was(
        start=shift.start,
        end=shift.end,
        checkpoint_id=shift.checkpoint_id,
        needed=shift.needed,
        capacity=shift.capacity,
        note=shift.note,
        roles=shift.roles,
        edited=shift.edited,
        at=now,
    )
    return replace(done, shift=replace(done.shift, edited=shift.series_id is not None, was=was))


def undo_edit(shift: Shift, roster: Roster, held: Held, *, by: PersonId, now: datetime) -> Moved:
    """Make a shift again what it was before it was edited; those on it are asked once more.

    Raises UndoOver when that was more than 60 seconds ago or is undone already, and what `change` raises.
    """
    was = shift.was
    if was is None or now - was.at > UNDO_WITHIN:
        raise UndoOver(int(UNDO_WITHIN.total_seconds()))
    before = Change(
        start=was.start,
        end=was.end,
        checkpoint_id=was.checkpoint_id,
        needed=was.needed,
        capacity=was.capacity,
        roles=was.roles,
        note=was.note,
    )
    done = change(shift, roster, before, held, by=by, now=now)
    return replace(done, shift=replace(done.shift, edited=was.edited, was=None))


def difference(shift: Shift, wanted: Change) -> list[str]:
    """Return what would be different: time, checkpoint, places, note. Raises PlacesInvalid, RolesInvalid."""
    return _difference(shift, changed(shift, wanted))


def changed(shift: Shift, wanted: Change) -> Shift:
    """Return the shift with everything that is wanted, whether that is possible or not.

    Raises PlacesInvalid, RolesInvalid.
    """
    roles = shift.roles if wanted.roles is None else checked_roles(wanted.roles, most_places=MOST_PLACES)
    needed, capacity = (
        sums(roles)
        if roles
        else checked_places(
            shift.needed if wanted.needed is None else wanted.needed,
            shift.capacity if wanted.capacity is None else wanted.capacity,
        )
    )
    return replace(
        shift,
        start=wanted.start or shift.start,
        end=wanted.end or shift.end,
        checkpoint_id=wanted.checkpoint_id or shift.checkpoint_id,
        needed=needed,
        capacity=capacity,
        roles=roles,
        note=shift.note if wanted.note is None else " ".join(wanted.note.split())[:LONGEST_NOTE],
    )


def busy(shift: Shift, wanted: Change, roster: Roster, held: Held) -> list[PersonId]:
    """Return who on the shift has another one at the new time, so that they could not keep this place."""
    fresh = changed(shift, wanted)
    return [a.person_id for a in _clashing(fresh, roster, held)]


def call_off(
    shift: Shift, roster: Roster, *, by: PersonId, by_series: bool = False, reason: str = "", now: datetime
) -> tuple[Shift, list[Assignment], list[events.Event]]:
    """Cancel a shift before it starts; everybody on it or waiting is let go. Raises ShiftCancelled, ShiftStarted.

    Unless it is the series' own wish (`by_series`), the series will not reopen it.
    """
    check_open(shift, now)
    everybody = (*roster.on, *roster.offered, *roster.waiting)
    freed = [replace(moved(a, Hold.CANCELLED), answer_by=None) for a in everybody]
    told: list[events.Event] = [
        on_person(
            events.AssignmentCancelled, shift, a.person_id, actor=by, waiting=a.hold is not Hold.ON, reason=reason
        )
        for a in everybody
    ]
    called_off = events.ShiftCalledOff(
        community_id=shift.community_id, actor=by, shift_id=shift.id, checkpoint_id=shift.checkpoint_id
    )
    edited = shift.edited or (shift.series_id is not None and not by_series)
    return replace(shift, state=ShiftState.CANCELLED, edited=edited), freed, [called_off, *told]


def reopen(shift: Shift, *, by: PersonId, now: datetime) -> tuple[Shift, list[events.Event]]:
    """Let a cancelled shift take place after all, with nobody on it. Raises ShiftStarted; one that is open stays so."""
    if now >= shift.start:
        raise errors.ShiftStarted(shift.start, shift.end)
    if shift.state is ShiftState.OPEN:
        return shift, []
    told = life_events.ShiftReopened(
        community_id=shift.community_id, actor=by, shift_id=shift.id, checkpoint_id=shift.checkpoint_id
    )
    return replace(shift, state=ShiftState.OPEN), [told]


def back(shift: Shift, rows: Iterable[Assignment], *, by: PersonId) -> list[events.Event]:
    """Return what those hear who were let go when the shift was cancelled, once it takes place after all."""
    gone = sorted((a for a in rows if a.hold is Hold.CANCELLED), key=lambda a: a.turn)
    return [on_person(events.PlaceBack, shift, a.person_id, actor=by) for a in gone]


def _difference(old: Shift, new: Shift) -> list[str]:
    compared = {
        "time": (old.start, old.end) != (new.start, new.end),
        "checkpoint": old.checkpoint_id != new.checkpoint_id,
        "places": (old.needed, old.capacity, old.roles) != (new.needed, new.capacity, new.roles),
        "note": old.note != new.note,
    }
    return [what for what, differs in compared.items() if differs]


def _check_room(shift: Shift, roster: Roster) -> None:
    """Raise PlacesTaken unless everybody on the roster keeps a place, in the same role."""
    known = {r.key: r.capacity for r in shift.roles} if shift.roles else {"": shift.capacity}
    for role in {a.role for a in roster.on}:
        people = sum(a.role == role for a in roster.on)
        if people > known.get(role, 0):
            raise PlacesTaken(people)
    if len(roster.on) > shift.capacity:
        raise PlacesTaken(len(roster.on))


def _check_free(shift: Shift, roster: Roster, held: Held) -> None:
    clashing = _clashing(shift, roster, held)
    if clashing:
        raise WouldOverlap(len(clashing))


def _clashing(shift: Shift, roster: Roster, held: Held) -> list[Assignment]:
    return [a for a in roster.on if overlap(held.get(a.person_id, ()), shift.start, shift.end, but=shift.id)]


def _followed(assignment: Assignment, shift: Shift, *, asked: bool, now: datetime) -> Assignment:
    followed = replace(assignment, start=shift.start, end=shift.end)
    return replace(followed, asked_at=now, confirmed_at=None) if asked else followed


def _offers_left(shift: Shift, roster: Roster, now: datetime) -> tuple[list[Assignment], list[Assignment]]:
    """Return the offers there is still a place for, and those that go back to waiting."""
    kept: list[Assignment] = []
    back: list[Assignment] = []
    for offer in roster.offered:
        others: Iterable[Assignment] = (*roster.on, *kept)
        left = room(shift.roles, [a.role for a in others]).get(offer.role, 0) if shift.roles else 1
        if left > 0 and len(roster.on) + len(kept) < shift.capacity:
            kept.append(_followed(offer, shift, asked=False, now=now))
        else:
            waits = replace(moved(offer, Hold.WAITING), answer_by=None)
            back.append(_followed(waits, shift, asked=False, now=now))
    return kept, back
