"""Roles divide the places of a shift; a shift without roles is as simple as ever."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors, life_errors, offers, roles, shifts, waitlist
from bot.domain.assignments import Hold
from tests.domain.people_and_shifts import CHEN, HOUR, LI, NOW, WANG, a_shift, has, on, role, turn

DESK = role("desk", 1, 1)
DOOR = role("door", 2, 2)


def test_whoever_claims_a_shift_with_several_roles_says_which() -> None:
    post = a_shift(roles=[DESK, DOOR])

    with pytest.raises(life_errors.RoleNeeded):
        shifts.claim(post, on(post), LI, [], turn=1, now=NOW)
    placed, _ = shifts.claim(post, on(post), LI, [], role="door", turn=1, now=NOW)

    assert placed.role == "door"


def test_a_single_role_needs_no_saying() -> None:
    post = a_shift(roles=[DOOR])

    placed, _ = shifts.claim(post, on(post), LI, [], turn=1, now=NOW)

    assert placed.role == "door"


def test_a_role_can_be_full_while_the_shift_is_not() -> None:
    post = a_shift(roles=[DESK, DOOR])
    roster = on(post).after(has(post, WANG, role="desk"))

    with pytest.raises(life_errors.RoleFull) as full:
        shifts.claim(post, roster, LI, [], role="desk", turn=turn(), now=NOW)

    assert full.value.name == "desk"


@pytest.mark.parametrize("roles_of", [[], [DESK, DOOR]], ids=["none", "others"])
def test_a_role_that_the_shift_has_not_is_unknown(roles_of: list[roles.ShiftRole]) -> None:
    post = a_shift(roles=roles_of, capacity=3)

    with pytest.raises(life_errors.RoleUnknown):
        shifts.claim(post, on(post), LI, [], role="roof", turn=1, now=NOW)


def test_a_full_shift_is_full_whatever_role_is_asked_for() -> None:
    post = a_shift(roles=[DESK])
    roster = on(post).after(has(post, WANG, role="desk"))

    with pytest.raises(errors.ShiftFull):
        shifts.claim(post, roster, LI, [], role="desk", turn=turn(), now=NOW)


def test_a_shift_is_short_of_a_role_though_there_are_people_enough() -> None:
    post = a_shift(roles=[role("desk", 1, 2), role("door", 1, 2)])
    roster = on(post).after(has(post, LI, role="desk"), has(post, WANG, role="desk"))

    assert shifts.missing(post, roster) == 1
    assert roles.short(post.roles, ["desk", "desk"]) == {"door": 1}


def test_one_waits_for_a_role_while_another_is_free() -> None:
    post = a_shift(roles=[DESK, DOOR])
    roster = on(post).after(has(post, WANG, role="desk"))

    waiting, _ = waitlist.join_waitlist(post, roster, LI, earlier=None, role="desk", turn=turn(), now=NOW)

    assert (waiting.role, waitlist.free_places(post, roster, "door")) == ("desk", 2)
    with pytest.raises(errors.ShiftNotFull):
        waitlist.join_waitlist(post, roster, CHEN, earlier=None, role="door", turn=turn(), now=NOW)
    with pytest.raises(life_errors.RoleUnknown):
        waitlist.join_waitlist(post, roster, CHEN, earlier=None, role="roof", turn=turn(), now=NOW)


def test_whoever_waits_for_a_role_is_not_offered_another() -> None:
    post = a_shift(roles=[DESK, DOOR])
    for_desk = has(post, LI, Hold.WAITING, role="desk")
    for_any = has(post, CHEN, Hold.WAITING)
    roster = on(post).after(has(post, WANG, role="desk"), for_desk, for_any)

    moved, _ = offers.next_offers(post, roster, frozenset(), {}, now=NOW)

    assert [(a.person_id, a.role) for a in moved] == [(CHEN, "door")]


numbers = st.integers(-1, 90)


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), numbers, numbers), max_size=8))
def test_roles_that_pass_can_stand_on_a_shift(drawn: list[tuple[str, int, int]]) -> None:
    wanted = [role(key, needed, capacity) for key, needed, capacity in drawn]
    try:
        checked = roles.checked_roles(wanted, most_places=200)
    except (life_errors.RolesInvalid, errors.PlacesInvalid):
        return

    needed, capacity = roles.sums(checked)
    assert not checked or 1 <= needed <= capacity <= 200
    assert len({r.key for r in checked}) == len(checked) <= roles.MOST_ROLES


def test_two_roles_of_one_name_are_refused() -> None:
    with pytest.raises(life_errors.RolesInvalid):
        roles.checked_roles([DESK, replace(DOOR, name="DESK")], most_places=200)


def test_a_place_counts_for_its_role_until_it_is_given_back() -> None:
    post = a_shift(roles=[DESK, DOOR])
    placed, _ = shifts.claim(post, on(post), LI, [], role="desk", turn=turn(), now=NOW)
    roster = on(post).after(placed)
    freed, _ = shifts.release(post, roster, LI, sure=True, now=post.start - 4 * HOUR)

    assert roles.room(post.roles, [a.role for a in roster.taken]) == {"desk": 0, "door": 2}
    assert waitlist.free_places(post, roster.after(freed), "desk") == 1


def test_when_the_shift_begins_nobody_waits_any_more() -> None:
    post = a_shift()
    roster = on(post, LI, waiting=[WANG]).after(has(post, CHEN, Hold.OFFERED, answer_by=post.start))

    assert waitlist.close_line(post, roster, now=post.start - HOUR) == ([], [])
    gone, happened = waitlist.close_line(post, roster, now=post.start)

    assert sorted(a.person_id for a in gone) == [CHEN, WANG]
    assert roster.after(*gone).waiting == roster.after(*gone).offered == ()
    assert len(happened) == 2
