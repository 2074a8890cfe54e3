"""A freed place is offered to the first in line, and counts as taken until they answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors, life_errors, offers, shifts, waitlist
from bot.domain.assignments import Hold, Roster
from bot.domain.notices import owed_for
from bot.domain.shifts import Shift
from tests.domain.people_and_shifts import CHEN, HOUR, LI, MINUTE, NOW, WANG, ZHAO, a_shift, has, on, role, turn


def offered(post: Shift) -> Roster:
    """A full shift of one place that Chen gave back, with a place offered to Li, and Wang next in line."""
    roster = on(post, waiting=[LI, WANG])
    rows, _ = offers.next_offers(post, roster, frozenset(), {}, now=NOW)
    return roster.after(*rows)


def test_the_first_in_line_is_asked_and_told() -> None:
    post = a_shift()
    rows, happened = offers.next_offers(post, on(post, waiting=[LI, WANG]), frozenset(), {}, now=NOW)

    assert [(a.person_id, a.hold, a.answer_by) for a in rows] == [(LI, Hold.OFFERED, NOW + 30 * MINUTE)]
    assert [(o.person_id, o.kind) for e in happened for o in owed_for(e)] == [(LI, "offered")]


def test_whoever_is_busy_then_keeps_their_turn_and_the_next_is_asked() -> None:
    post = a_shift()
    rows, _ = offers.next_offers(post, on(post, waiting=[LI, WANG]), frozenset({LI}), {}, now=NOW)

    assert [a.person_id for a in rows] == [WANG]


def test_nobody_else_gets_the_place_meanwhile() -> None:
    post = a_shift()
    roster = offered(post)

    with pytest.raises(errors.ShiftFull):
        shifts.claim(post, roster, ZHAO, [], turn=turn(), now=NOW)
    assert offers.next_offers(post, roster, frozenset(), {}, now=NOW) == ([], [])
    waiting, _ = waitlist.join_waitlist(post, roster, ZHAO, earlier=None, turn=turn(), now=NOW)
    assert waiting.hold is Hold.WAITING


def test_accepting_gives_the_place_and_is_a_promise_to_come() -> None:
    post = a_shift()

    mine, _ = offers.accept(post, offered(post), LI, [], now=NOW + MINUTE)

    assert (mine.hold, mine.answer_by, mine.confirmed_at) == (Hold.ON, None, NOW + MINUTE)


def test_whoever_claims_what_is_offered_to_them_has_it() -> None:
    post = a_shift()

    placed, _ = shifts.claim(post, offered(post), LI, [], turn=turn(), now=NOW)

    assert placed.hold is Hold.ON


def test_passing_lets_the_next_have_it() -> None:
    post = a_shift()
    roster = offered(post)

    gone, _ = offers.pass_on(post, roster, LI, now=NOW)
    rows, _ = offers.next_offers(post, roster.after(gone), frozenset(), {}, now=NOW)

    assert gone.hold is Hold.RELEASED
    assert [a.person_id for a in rows] == [WANG]


def test_an_offer_ends_in_its_last_second_and_not_before() -> None:
    post = a_shift()
    roster = offered(post)
    last = NOW + 30 * MINUTE

    assert offers.expire(post, roster, now=last - timedelta(seconds=1)) == ([], [])
    gone, happened = offers.expire(post, roster, now=last)

    assert [(a.person_id, a.hold) for a in gone] == [(LI, Hold.RELEASED)]
    assert [o.kind for e in happened for o in owed_for(e)] == ["offer_expired"]
    with pytest.raises(life_errors.OfferOver):
        offers.accept(post, roster, LI, [], now=last)
    assert offers.expire(post, roster.after(*gone), now=last) == ([], [])


def test_accepting_looks_again_whether_one_is_free() -> None:
    post, other = a_shift(), a_shift("c-2", at=50)

    with pytest.raises(errors.ShiftOverlaps):
        offers.accept(post, offered(post), LI, [has(other, LI)], now=NOW)


@pytest.mark.parametrize("who", [WANG, CHEN], ids=["the next in line", "a stranger"])
def test_nobody_answers_for_another(who: str) -> None:
    post = a_shift()

    with pytest.raises(life_errors.OfferOver):
        offers.accept(post, offered(post), type(LI)(who), [], now=NOW)


def test_a_shift_that_has_started_is_offered_to_nobody() -> None:
    post = a_shift()

    assert offers.next_offers(post, on(post, waiting=[LI]), frozenset(), {}, now=post.start) == ([], [])


def test_a_place_of_a_role_is_offered_to_whoever_waits_for_it() -> None:
    post = a_shift(roles=[role("desk"), role("door")])
    roster = on(post).after(has(post, ZHAO, role="desk"), has(post, LI, Hold.WAITING, role="desk"))
    roster = roster.after(has(post, WANG, Hold.WAITING))

    rows, _ = offers.next_offers(post, roster, frozenset(), {}, now=NOW)

    assert [(a.person_id, a.role) for a in rows] == [(WANG, "door")]


NIGHT = (datetime(2026, 12, 1, 22, tzinfo=UTC), datetime(2026, 12, 2, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "start", "until"),
    [
        ("12-01 12:00", "12-03 08:00", "12-01 12:30"),  # far away, by day: half an hour
        ("12-01 12:00", "12-01 15:00", "12-01 12:15"),  # three hours left: a quarter
        ("12-01 12:00", "12-01 12:30", "12-01 12:05"),  # hardly any time: five minutes
        ("12-01 12:00", "12-01 12:03", "12-01 12:03"),  # never past the start
        ("12-01 21:50", "12-03 08:00", "12-02 07:30"),  # would run into the night: until the morning
        ("12-02 03:00", "12-03 08:00", "12-02 07:30"),  # in the middle of the night
        ("12-02 03:00", "12-02 08:00", "12-02 03:25"),  # too near to wait for the morning
        ("12-01 21:30", "12-03 08:00", "12-01 22:00"),  # exactly until the night begins
        ("12-02 07:00", "12-03 08:00", "12-02 07:30"),  # the night is just over
    ],
)
def test_how_long_an_offer_stands(now: str, start: str, until: str) -> None:
    at, begins, ends = (datetime.strptime(f"2026-{t} +0000", "%Y-%m-%d %H:%M %z") for t in (now, start, until))

    assert offers.answer_until(begins, quiet=NIGHT, now=at) == ends


@given(st.integers(1, 60 * 24 * 14), st.integers(-600, 3000))
def test_an_offer_leaves_time_to_answer_and_ends_by_the_start(minutes: int, night: int) -> None:
    start = NOW + minutes * MINUTE
    quiet = (NOW + night * MINUTE, NOW + night * MINUTE + 9 * HOUR)

    until = offers.answer_until(start, quiet=quiet, now=NOW)

    assert min(start, NOW + offers.SHORTEST_OFFER) <= until <= start
    ends_at_night = quiet[0] < until < quiet[1]
    assert not ends_at_night or start < quiet[1] + offers.LONGEST_OFFER + offers.MORNING_MARGIN
