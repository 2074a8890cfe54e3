"""Offers: a place that fell free is offered to the first in line, who accepts or passes; then to the next.

An offered place counts as taken until it is answered. The time for answering is 30 minutes, less when the shift is
near, and never runs out in somebody's quiet hours if the shift can wait for the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import errors, life_events
from bot.domain.assignments import Assignment, Hold, Roster, moved, overlap
from bot.domain.events import Event
from bot.domain.ids import PersonId
from bot.domain.life_errors import OfferOver
from bot.domain.shifts import Shift, ShiftState, check_open, on_person
from bot.domain.waitlist import free_role

LONGEST_OFFER = timedelta(minutes=30)
SHORTEST_OFFER = timedelta(minutes=5)
SHARE_OF_WAIT = 12  # an offer takes at most the twelfth part of the time that is left until the shift
MORNING_MARGIN = timedelta(hours=2)  # so long before the shift the morning's answer must be there

Quiet = tuple[datetime, datetime]
"""The present or next quiet hours of a person, as instants: [begin, end)."""

Answered = tuple[Assignment, list[Event]]


def answer_until(start: datetime, *, quiet: Quiet | None, now: datetime) -> datetime:
    """Return the instant until which an offer made now stands; never after the shift's start.

    An offer that would run into the quiet hours runs on until so long after them, unless the shift comes too soon.
    """
    span = max(SHORTEST_OFFER, min(LONGEST_OFFER, (start - now) / SHARE_OF_WAIT))
    until = now + span
    if quiet is not None and quiet[0] < until and now < quiet[1] and quiet[1] + span <= start - MORNING_MARGIN:
        until = quiet[1] + span
    return min(until, start).replace(microsecond=0)


def next_offers(
    shift: Shift,
    roster: Roster,
    busy: frozenset[PersonId],
    quiet: dict[PersonId, Quiet],
    *,
    barred: Mapping[PersonId, frozenset[str]] | None = None,
    now: datetime,
) -> tuple[list[Assignment], list[Event]]:
    """Offer every free place to whoever is next in line for it, passing over those `busy` at that time.

    `quiet` holds the quiet hours of those who have any, `barred` the roles that somebody cannot have. Nothing is
    offered once the shift has started.
    """
    if shift.state is not ShiftState.OPEN or now >= shift.start:
        return [], []
    offered: list[Assignment] = []
    for waiting in roster.waiting:
        role = free_role(shift, roster, waiting.role, (barred or {}).get(waiting.person_id, frozenset()))
        if role is None or waiting.person_id in busy:
            continue
        until = answer_until(shift.start, quiet=quiet.get(waiting.person_id), now=now)
        offered.append(replace(moved(waiting, Hold.OFFERED), role=role, answer_by=until))
        roster = roster.after(offered[-1])
    return offered, [on_person(life_events.PlaceOffered, shift, a.person_id, actor=None) for a in offered]


def accept(shift: Shift, roster: Roster, person_id: PersonId, held: list[Assignment], *, now: datetime) -> Answered:
    """Take the offered place. Raises OfferOver, ShiftCancelled, ShiftStarted, ShiftOverlaps."""
    offer = _offer(shift, roster, person_id, now)
    clash = overlap(held, shift.start, shift.end, but=shift.id)
    if clash is not None:
        raise errors.ShiftOverlaps(clash.shift_id, clash.start, clash.end)
    mine = replace(moved(offer, Hold.ON), answer_by=None, confirmed_at=now)
    return mine, [on_person(life_events.OfferAccepted, shift, person_id, actor=person_id)]


def pass_on(shift: Shift, roster: Roster, person_id: PersonId, *, now: datetime) -> Answered:
    """Leave the offered place to the next in line, and the line. Raises what `accept` raises but ShiftOverlaps."""
    gone = replace(moved(_offer(shift, roster, person_id, now), Hold.RELEASED), answer_by=None)
    return gone, [on_person(life_events.OfferPassed, shift, person_id, actor=person_id)]


def expire(shift: Shift, roster: Roster, *, now: datetime) -> tuple[list[Assignment], list[Event]]:
    """Take back every offer whose time is over; its person leaves the line and is told. Repeating changes nothing."""
    over = [a for a in roster.offered if a.answer_by is None or a.answer_by <= now]
    gone = [replace(moved(a, Hold.RELEASED), answer_by=None) for a in over]
    return gone, [on_person(life_events.OfferExpired, shift, a.person_id, actor=None) for a in over]


def take_back(
    shift: Shift, roster: Roster, person_id: PersonId, *, by: PersonId | None
) -> tuple[list[Assignment], list[Event]]:
    """Take back an offer its person cannot answer; they wait as before. Without an offer nothing changes."""
    back = [replace(moved(a, Hold.WAITING), answer_by=None) for a in roster.offered if a.person_id == person_id]
    return back, [on_person(life_events.OfferWithdrawn, shift, person_id, actor=by) for _ in back]


def renew(
    shift: Shift, roster: Roster, quiet: dict[PersonId, Quiet], *, now: datetime
) -> tuple[list[Assignment], list[Event]]:
    """Let the time for answering begin anew where it ran out while nobody could have answered."""
    fresh = [
        replace(a, answer_by=answer_until(shift.start, quiet=quiet.get(a.person_id), now=now))
        for a in roster.offered
        if a.answer_by is not None and a.answer_by <= now < shift.start
    ]
    return fresh, [on_person(life_events.PlaceOffered, shift, a.person_id, actor=None) for a in fresh]


def _offer(shift: Shift, roster: Roster, person_id: PersonId, now: datetime) -> Assignment:
    check_open(shift, now)
    offer = next((a for a in roster.offered if a.person_id == person_id), None)
    if offer is None or offer.answer_by is None or now >= offer.answer_by:
        raise OfferOver
    return offer
