"""A shift that people hold is changed under them: nobody loses the place, everybody is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import changes, errors, life_errors
from bot.domain.assignments import Hold
from bot.domain.changes import Change
from bot.domain.ids import SeriesId
from bot.domain.notices import owed_for
from bot.domain.shifts import ShiftState
from tests.domain.people_and_shifts import CHEN, HOUR, LI, NOW, WANG, YARD, ZHAO, a_shift, has, on, role


def test_a_new_time_asks_those_on_it_and_leaves_them_their_places() -> None:
    post = a_shift(capacity=2)
    later = Change(start=post.start + HOUR, end=post.end + HOUR)

    done = changes.change(post, on(post, LI, waiting=[WANG]), later, {}, by=CHEN, now=NOW)

    li, wang = done.assignments
    assert (li.hold, li.start, li.unanswered) == (Hold.ON, post.start + HOUR, True)
    assert (wang.hold, wang.start, wang.unanswered) == (Hold.WAITING, post.start + HOUR, False)
    assert [(o.person_id, o.kind) for e in done.events for o in owed_for(e)] == [(LI, "changed"), (WANG, "wait_moved")]


def test_whoever_said_yes_is_asked_anew_and_may_say_yes_again() -> None:
    post = a_shift()
    roster = on(post).after(has(post, LI, confirmed_at=NOW))
    done = changes.change(post, roster, Change(checkpoint_id=YARD), {}, by=CHEN, now=NOW + HOUR)
    (asked,) = done.assignments
    assert asked.unanswered

    yes, _ = changes.confirm(done.shift, roster.after(asked), LI, now=NOW + HOUR)

    assert not yes.unanswered


def test_more_places_ask_nobody_anything() -> None:
    post = a_shift()

    done = changes.change(post, on(post, LI), Change(capacity=3), {}, by=CHEN, now=NOW)

    assert (done.shift.needed, done.shift.capacity) == (1, 3)
    assert not any(a.unanswered for a in done.assignments)
    assert [o for e in done.events for o in owed_for(e)] == []


def test_fewer_places_than_people_are_refused() -> None:
    post = a_shift(capacity=2)

    with pytest.raises(life_errors.PlacesTaken) as taken:
        changes.change(post, on(post, LI, WANG), Change(capacity=1), {}, by=CHEN, now=NOW)

    assert taken.value.people == 2


def test_a_role_that_somebody_has_cannot_be_taken_away() -> None:
    post = a_shift(roles=[role("desk"), role("door")])
    roster = on(post).after(has(post, LI, role="desk"))

    with pytest.raises(life_errors.PlacesTaken):
        changes.change(post, roster, Change(roles=(role("door", 1, 2),)), {}, by=CHEN, now=NOW)


def test_an_offer_for_which_no_place_is_left_goes_back_to_waiting() -> None:
    post = a_shift(capacity=2)
    offer = has(post, WANG, Hold.OFFERED, answer_by=NOW + HOUR)
    roster = on(post, LI).after(offer)

    done = changes.change(post, roster, Change(capacity=1), {}, by=CHEN, now=NOW)

    (back,) = [a for a in done.assignments if a.person_id == WANG]
    assert (back.hold, back.answer_by) == (Hold.WAITING, None)
    assert [(o.person_id, o.kind) for e in done.events for o in owed_for(e)] == [(WANG, "offer_withdrawn")]


def test_a_time_at_which_somebody_is_busy_is_refused() -> None:
    post, other = a_shift(), a_shift("c-2", at=52)

    with pytest.raises(life_errors.WouldOverlap):
        changes.change(post, on(post, LI), Change(end=post.end + HOUR), {LI: [has(other, LI)]}, by=CHEN, now=NOW)


@pytest.mark.parametrize(("start", "end"), [(-50, 4), (0, 0), (4, 0), (0, 25)])
def test_an_impossible_time_is_refused(start: int, end: int) -> None:
    post = a_shift()
    wanted = Change(start=post.start + start * HOUR, end=post.start + end * HOUR)

    with pytest.raises(life_errors.TimeInvalid):
        changes.change(post, on(post), wanted, {}, by=CHEN, now=NOW)


def test_a_change_that_changes_nothing_tells_nobody() -> None:
    post = a_shift()

    done = changes.change(post, on(post, LI), Change(start=post.start, capacity=1), {}, by=CHEN, now=NOW)

    assert (done.shift, done.assignments, done.events) == (post, (), ())


def test_what_has_started_is_changed_no_more() -> None:
    post = a_shift()

    with pytest.raises(errors.ShiftStarted):
        changes.change(post, on(post, LI), Change(capacity=3), {}, by=CHEN, now=post.start)


def test_one_shift_of_a_series_that_was_edited_is_its_own_from_then_on() -> None:
    post = replace(a_shift(), series_id=SeriesId("c-s"))

    assert changes.edit(post, on(post), Change(capacity=3), {}, by=CHEN, now=NOW).shift.edited
    assert not changes.change(post, on(post), Change(capacity=3), {}, by=CHEN, now=NOW).shift.edited
    assert not changes.edit(a_shift(), on(post), Change(capacity=3), {}, by=CHEN, now=NOW).shift.edited


def test_calling_off_frees_everybody_offers_too() -> None:
    post = a_shift(capacity=3)
    roster = on(post, LI, waiting=[WANG]).after(has(post, ZHAO, Hold.OFFERED, answer_by=NOW + HOUR))

    off, freed, happened = changes.call_off(post, roster, by=CHEN, now=NOW)

    assert off.state is ShiftState.CANCELLED
    assert {a.hold for a in freed} == {Hold.CANCELLED}
    told = {o.person_id: o.facts["waiting"] for e in happened for o in owed_for(e)}
    assert told == {LI: False, WANG: True, ZHAO: True}


def test_a_shift_that_was_called_off_can_be_reopened_and_taken_again() -> None:
    post = a_shift()
    off, freed, _ = changes.call_off(post, on(post, LI), by=CHEN, now=NOW)

    again, happened = changes.reopen(off, by=CHEN, now=NOW)

    assert (again.state, len(happened)) == (ShiftState.OPEN, 1)
    assert changes.reopen(again, by=CHEN, now=NOW) == (again, [])
    with pytest.raises(errors.ShiftStarted):
        changes.reopen(off, by=CHEN, now=post.start)
    assert freed[0].hold is Hold.CANCELLED


@given(st.integers(-3000, 3000), st.integers(-100, 2000), st.integers(1, 5))
def test_whatever_is_changed_nobody_loses_a_place_and_none_is_overfull(start: int, length: int, capacity: int) -> None:
    post = a_shift(capacity=3)
    roster = on(post, LI, WANG, waiting=[ZHAO])
    begins = post.start + timedelta(minutes=start)
    wanted = Change(start=begins, end=begins + timedelta(minutes=length), capacity=capacity)
    try:
        done = changes.change(post, roster, wanted, {}, by=CHEN, now=NOW)
    except (life_errors.TimeInvalid, life_errors.PlacesTaken, errors.PlacesInvalid):
        return

    after = roster.after(*done.assignments)
    assert [a.person_id for a in after.on] == [LI, WANG]
    assert len(after.taken) <= done.shift.capacity
    assert all((a.start, a.end) == (done.shift.start, done.shift.end) for a in (*after.on, *after.waiting))
