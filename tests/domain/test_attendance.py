"""Who was there: checking in and out, who is given up, and how every assignment ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import attendance as a
from bot.domain import changes, errors, life_errors
from bot.domain.assignments import Assignment, Hold
from bot.domain.attendance import Attendance, Ending, How, Presence
from bot.domain.notices import owed_for
from bot.domain.rules import ShiftRules
from tests.domain.people_and_shifts import CHEN, LI, MINUTE, NOW, WANG, ZHAO, a_shift, has, on, role

RULES = ShiftRules()
POST = a_shift(at=2)
PLACE = has(POST, LI)
EXPECTED = a.expected(POST, PLACE)


def came(at: datetime = POST.start, *, of: Attendance = EXPECTED, place: Assignment = PLACE) -> a.Served:
    """Li checks in by the button."""
    return a.check_in(of, place, POST, on(POST).after(place), held=[], how=How.BUTTON, by=LI, rules=RULES, now=at)


def went(at: datetime, *, relieved: bool = True, sure: bool = False) -> a.Served:
    """Li, who came in time, checks out."""
    there = came().attendance
    return a.check_out(there, POST, by=LI, relieved=relieved, sure=sure, rules=RULES, now=at)


def test_checking_in_opens_a_quarter_of_an_hour_before() -> None:
    with pytest.raises(life_errors.TooEarlyToCheckIn) as early:
        came(POST.start - 15 * MINUTE - timedelta(seconds=1))

    assert early.value.opens == POST.start - 15 * MINUTE
    assert came(POST.start - 15 * MINUTE).attendance.present


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (9, False), (10, True), (200, True)])
def test_late_is_ten_minutes_and_more(minutes: int, late: bool) -> None:
    there = came(POST.start + minutes * MINUTE).attendance

    assert (there.state, there.late, there.checked_in_at) == (Presence.CHECKED_IN, late, POST.start + minutes * MINUTE)


def test_checking_in_ends_with_the_shift_and_works_once() -> None:
    with pytest.raises(life_errors.CheckInOver):
        came(POST.end)
    with pytest.raises(life_errors.AlreadyCheckedIn) as again:
        came(POST.end - MINUTE, of=came().attendance)
    assert again.value.at == POST.start
    with pytest.raises(life_errors.CheckInOver):
        came(POST.end - MINUTE, of=went(POST.start + MINUTE, sure=True).attendance)


def test_only_whoever_has_a_place_checks_in() -> None:
    with pytest.raises(errors.NotYours):
        came(place=has(POST, LI, Hold.RELEASED))
    off, _, _ = changes.call_off(POST, on(POST, LI), by=CHEN, now=NOW)
    with pytest.raises(errors.ShiftCancelled):
        a.check_in(EXPECTED, PLACE, off, on(POST, LI), held=[], how=How.BUTTON, by=LI, rules=RULES, now=NOW)


def test_a_lead_checks_in_somebody_without_a_phone() -> None:
    done = a.check_in(
        EXPECTED, PLACE, POST, on(POST, LI), held=[], how=How.LEAD, by=CHEN, near=True, rules=RULES, now=POST.start
    )

    there = done.attendance
    assert (there.how, there.by, there.near) == (How.LEAD, CHEN, True)


@pytest.mark.parametrize(("minutes", "early"), [(-60, True), (-11, True), (-10, False), (0, False), (30, False)])
def test_leaving_early_is_more_than_ten_minutes_before_the_end(minutes: int, early: bool) -> None:
    gone = went(POST.end + minutes * MINUTE).attendance

    assert (gone.state, gone.early) == (Presence.COMPLETED, early)


def test_nobody_leaves_a_post_empty_without_knowing_it() -> None:
    with pytest.raises(life_errors.NobodyRelieves):
        went(POST.end, relieved=False)
    assert went(POST.end, relieved=False, sure=True).attendance.state is Presence.COMPLETED


def test_whoever_is_not_there_neither_goes_nor_stays() -> None:
    with pytest.raises(life_errors.NotCheckedIn):
        a.check_out(EXPECTED, POST, by=LI, relieved=True, sure=True, rules=RULES, now=POST.end)
    with pytest.raises(life_errors.NotCheckedIn):
        a.stay_on(EXPECTED, POST)
    assert a.stay_on(came().attendance, POST).attendance.stays


def test_giving_somebody_up_frees_the_place_and_tells_them_alone() -> None:
    gone = a.give_up(EXPECTED, PLACE, POST, excused=False, now=POST.start + 10 * MINUTE)

    assert gone.attendance.state is Presence.NO_SHOW
    assert gone.assignment is not None
    assert gone.assignment.hold is Hold.MISSED
    assert [(o.person_id, o.kind) for e in gone.events for o in owed_for(e)] == [(LI, "no_show")]


def test_whoever_said_so_beforehand_is_excused_and_not_reproached() -> None:
    gone = a.give_up(EXPECTED, PLACE, POST, excused=True, now=POST.start)

    assert gone.attendance.state is Presence.EXCUSED
    assert [o for e in gone.events for o in owed_for(e)] == []


def test_nobody_is_given_up_before_the_start_or_while_they_are_there() -> None:
    with pytest.raises(life_errors.NothingCorrected):
        a.give_up(EXPECTED, PLACE, POST, excused=False, now=POST.start - MINUTE)
    with pytest.raises(life_errors.CheckInOver):
        a.give_up(came().attendance, PLACE, POST, excused=False, now=POST.start)


def test_whoever_comes_after_all_has_the_place_back_while_there_is_room() -> None:
    gone = a.give_up(EXPECTED, PLACE, POST, excused=False, now=POST.start + 10 * MINUTE)
    assert gone.assignment is not None

    back = came(POST.start + 20 * MINUTE, of=gone.attendance, place=gone.assignment)

    assert back.assignment is not None
    assert (back.assignment.hold, back.attendance.late) == (Hold.ON, True)
    with pytest.raises(errors.ShiftFull):
        full = on(POST, ZHAO).after(gone.assignment)
        a.check_in(
            gone.attendance,
            gone.assignment,
            POST,
            full,
            held=[],
            how=How.BUTTON,
            by=LI,
            rules=RULES,
            now=POST.start + 20 * MINUTE,
        )


def test_whoever_took_another_shift_meanwhile_does_not_come_back_to_the_first() -> None:
    gone = a.give_up(EXPECTED, PLACE, POST, excused=False, now=POST.start + 10 * MINUTE)
    assert gone.assignment is not None
    other = has(a_shift("c-2", at=4), LI)

    with pytest.raises(errors.ShiftOverlaps):
        a.check_in(
            gone.attendance, gone.assignment, POST, on(POST), held=[other], how=How.BUTTON, by=LI, rules=RULES,
            now=POST.start + 20 * MINUTE,
        )  # fmt: skip


def test_a_role_that_was_filled_meanwhile_is_full() -> None:
    post = a_shift(at=2, roles=[role("desk"), role("door", 1, 3)])
    missed = has(post, LI, Hold.MISSED, role="desk")
    roster = on(post).after(missed, has(post, WANG, role="desk"))

    with pytest.raises(errors.DomainError):
        a.check_in(
            a.expected(post, missed), missed, post, roster, held=[], how=How.BUTTON, by=LI, rules=RULES, now=post.start
        )


def test_two_hours_after_the_end_what_nobody_said_is_settled() -> None:
    late = POST.end + 2 * 60 * MINUTE
    there, missing = came().attendance, EXPECTED

    assert a.close(there, PLACE, POST, excused=False, now=late - MINUTE).events == ()
    gone = a.close(there, PLACE, POST, excused=False, now=late).attendance
    absent = a.close(missing, PLACE, POST, excused=False, now=late).attendance

    assert (gone.state, gone.checked_out_at, gone.assumed) == (Presence.COMPLETED, POST.end, True)
    assert absent.state is Presence.NO_SHOW
    assert a.close(absent, PLACE, POST, excused=False, now=late) == a.Served(absent, None, ())


@pytest.mark.parametrize(
    ("hold", "state", "ending"),
    [
        (Hold.ON, Presence.EXPECTED, None),
        (Hold.ON, Presence.CHECKED_IN, None),
        (Hold.ON, Presence.COMPLETED, Ending.COMPLETED),
        (Hold.MISSED, Presence.NO_SHOW, Ending.NO_SHOW),
        (Hold.MISSED, Presence.EXCUSED, Ending.EXCUSED),
        (Hold.WAITING, Presence.EXPECTED, None),
        (Hold.OFFERED, Presence.EXPECTED, None),
        (Hold.RELEASED, Presence.EXPECTED, Ending.RELEASED),
        (Hold.REMOVED, Presence.EXPECTED, Ending.RELEASED),
        (Hold.CANCELLED, Presence.EXPECTED, Ending.CANCELLED),
    ],
)
def test_every_assignment_has_one_ending(hold: Hold, state: Presence, ending: Ending | None) -> None:
    place = has(POST, LI, hold)
    known = replace(EXPECTED, state=state)

    assert a.ending(place, known) is ending
    assert a.ending(place, None) in (ending, None)


@given(st.lists(st.tuples(st.sampled_from(["in", "out", "stay", "give up", "close"]), st.integers(0, 90)), max_size=12))
def test_whatever_is_pressed_in_whatever_order_the_table_is_obeyed(presses: list[tuple[str, int]]) -> None:
    now, there, place = POST.start - 30 * MINUTE, EXPECTED, PLACE
    for what, minutes in presses:
        now += minutes * MINUTE
        try:
            done = _press(what, there, place, now)
        except errors.DomainError:
            continue
        assert done.attendance.state is there.state or done.attendance.state in a.MOVES[there.state]
        there, place = done.attendance, done.assignment or place
    assert (place.hold is Hold.MISSED) == (there.state in (Presence.NO_SHOW, Presence.EXCUSED))
    assert (there.state is Presence.COMPLETED) == (there.checked_out_at is not None)


def _press(what: str, there: Attendance, place: Assignment, now: datetime) -> a.Served:
    match what:
        case "in":
            return came(now, of=there, place=place)
        case "out":
            return a.check_out(there, POST, by=LI, relieved=True, sure=False, rules=RULES, now=now)
        case "stay":
            return a.stay_on(there, POST)
        case "give up":
            return a.give_up(there, place, POST, excused=False, now=now)
        case _:
            return a.close(there, place, POST, excused=True, now=now)
