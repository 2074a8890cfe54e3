"""Somebody without Telegram has a place, and whoever took it for them looks after it."""

import pytest

from bot.domain import errors, guests, life_errors
from bot.domain.assignments import Hold
from bot.domain.ids import PersonId
from tests.domain.people_and_shifts import HOUR, LI, NOW, WANG, a_shift, has, on, turn

GRANDPA = PersonId("c-g1")
POST = a_shift(capacity=2)


def test_a_guest_has_a_place_like_anybody() -> None:
    placed, happened = guests.claim_for(POST, on(POST, LI), GRANDPA, [], host=LI, turn=turn(), now=NOW)

    assert (placed.person_id, placed.host, placed.hold) == (GRANDPA, LI, Hold.ON)
    assert [(e.actor, e.facts()["person_id"]) for e in happened] == [(LI, GRANDPA)]


def test_a_guest_is_in_one_place_at_a_time_too() -> None:
    other = has(a_shift("c-2", at=50), GRANDPA)

    with pytest.raises(errors.ShiftOverlaps):
        guests.claim_for(POST, on(POST), GRANDPA, [other], host=LI, turn=turn(), now=NOW)
    with pytest.raises(errors.ShiftFull):
        guests.claim_for(POST, on(POST, LI, WANG), GRANDPA, [], host=LI, turn=turn(), now=NOW)


def test_the_host_gives_it_back_and_nobody_else_until_it_is_too_late() -> None:
    roster = on(POST).after(has(POST, GRANDPA, host=LI))

    freed, _ = guests.release_for(POST, roster, GRANDPA, host=LI, cutoff=3 * HOUR, now=NOW)

    assert freed.hold is Hold.RELEASED
    with pytest.raises(errors.NotYours):
        guests.release_for(POST, roster, GRANDPA, host=WANG, now=NOW)
    with pytest.raises(life_errors.TooLateToRelease):
        guests.release_for(POST, roster, GRANDPA, host=LI, cutoff=3 * HOUR, now=POST.start - HOUR)
