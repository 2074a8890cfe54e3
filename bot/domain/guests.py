"""Guests: a place taken for somebody by name, who has no Telegram; whoever took it looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import events, life_events
from bot.domain.assignments import Assignment, Hold, Roster, moved
from bot.domain.errors import NotYours
from bot.domain.ids import PersonId
from bot.domain.life_errors import TooLateToRelease
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, check_open, held_by, on_person, place


def claim_for(
    shift: Shift,
    roster: Roster,
    guest: PersonId,
    held: Sequence[Assignment],
    *,
    host: PersonId,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> tuple[Assignment, list[events.Event]]:
    """Take a place for a guest; `held` are the guest's own. Raises what `bot.domain.shifts.claim` raises."""
    check_open(shift, now)
    placed = replace(place(shift, roster, guest, held, role=role, turn=turn, now=now), host=host)
    return placed, [on_person(life_events.GuestClaimed, shift, guest, actor=host)]


def release_for(
    shift: Shift, roster: Roster, guest: PersonId, *, host: PersonId, cutoff: timedelta = timedelta(0), now: datetime
) -> tuple[Assignment, list[events.Event]]:
    """Give a guest's place back. Raises NotYours unless the host took it, and what `release` raises of time."""
    check_open(shift, now)
    theirs = held_by(roster, guest)
    if theirs.host != host:
        raise NotYours
    if shift.start - now < cutoff:
        raise TooLateToRelease(shift.id, int(cutoff.total_seconds()) // 60)
    return moved(theirs, Hold.RELEASED), [on_person(events.ShiftReleased, shift, guest, actor=host)]


def release_all(
    shift: Shift, roster: Roster, *, host: PersonId, by: PersonId | None
) -> tuple[list[Assignment], list[events.Event]]:
    """Give back the places of all guests of a host who has none any more; perhaps there are none.

    `by` is whose doing it was; the host, who has to tell the guests, hears it unless it was theirs.
    """
    theirs = [a for a in roster.on if a.host == host]
    if not theirs:
        return [], []
    gone = [moved(a, Hold.RELEASED) for a in theirs]
    told = [on_person(events.ShiftReleased, shift, a.person_id, actor=by) for a in theirs]
    return gone, [*told, on_person(events.GuestsReleased, shift, host, actor=by, people=len(theirs))]
