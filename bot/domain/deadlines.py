"""Timers of whatever waits for somebody's answer."""

from __future__ import annotations

from bot.domain.assignments import Assignment
from bot.domain.policies import OFFER_ANSWER
from bot.domain.timers import Timer, new_timer


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
