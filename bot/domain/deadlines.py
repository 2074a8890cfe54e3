"""Timers of whatever waits for somebody's answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.assignments import Assignment
from bot.domain.cover import Search
from bot.domain.policies import CONFIRM_AGAIN, COVER_SEARCH, OFFER_ANSWER, STANDBY_ANSWER, SWAP_ANSWER
from bot.domain.shifts import Shift
from bot.domain.standby import Standby
from bot.domain.swaps import Swap
from bot.domain.timers import Timer, new_timer


def search_timer(search: Search, shift: Shift) -> Timer:
    """Return what falls due when a search asks more people, or at its shift's start, when it ends."""
    due = search.next_wave or shift.start
    return new_timer(COVER_SEARCH, search.community_id, search.id, due, at=due.isoformat())


def offer_timer(offer: Assignment) -> Timer:
    """Return what falls due when the time for answering an offer is over."""
    until = offer.answer_by or offer.start
    return new_timer(
        OFFER_ANSWER,
        offer.community_id,
        offer.id,
        until,
        person_id=offer.person_id,
        shift_id=offer.shift_id,
        until=until.isoformat(),
    )


def confirm_timer(shift: Shift, now: datetime) -> Timer:
    """Return what falls due when those who were asked about a change of their shift just now should have answered."""
    wait = min(timedelta(days=1), (shift.start - now) / 2)
    return new_timer(
        CONFIRM_AGAIN,
        shift.community_id,
        shift.id,
        (now + wait).replace(microsecond=0),
        useful_until=shift.start,
        asked=now.isoformat(),
    )


def swap_timer(swap: Swap) -> Timer:
    """Return what falls due when a swap is pointless because the earlier of its shifts begins."""
    return new_timer(SWAP_ANSWER, swap.community_id, swap.id, swap.until, until=swap.until.isoformat())


def standby_timer(called: Standby) -> Timer:
    """Return what falls due when somebody on standby has not answered a call in time."""
    until = called.answer_by
    if until is None:
        message = "nobody is called"
        raise ValueError(message)
    return new_timer(STANDBY_ANSWER, called.community_id, called.id, until, until=until.isoformat())
