"""What falls due after an event, and what becomes of what was planned before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import events, life_events
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import Lane
from bot.domain.policies import CLOSE_LINE, POLICIES, REPLAN, SHIFT_REMINDER, lane_of
from bot.domain.shifts import Shift
from bot.domain.timers import (
    MOVES,
    TimerState,
    again,
    ended,
    ended_by,
    is_due,
    new_timer,
    planned,
    timers_for,
    too_late,
)
from bot.domain.wishes import Terms

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = Terms(zone=SHANGHAI)
C, LI = CommunityId("c"), PersonId("p1")
ENDINGS = [state for state in TimerState if state is not TimerState.PENDING]


def shift(start=NOW + timedelta(days=2)):
    return Shift(
        id=ShiftId("c-s"),
        community_id=C,
        checkpoint_id=CheckpointId("c-gate"),
        start=start,
        end=start + timedelta(hours=4),
        needed=1,
        capacity=1,
        batch_id=BatchId("c-b"),
        made_by=LI,
        made_at=NOW,
    )


def happened(kind, **more):
    facts = {"community_id": C, "actor": LI, "shift_id": ShiftId("c-s"), "checkpoint_id": CheckpointId("c-gate")}
    return kind(**facts, person_id=LI, **more)


def timer(due=NOW + timedelta(days=1), **facts):
    return new_timer(REPLAN, C, "c", due, **facts)


@pytest.mark.parametrize("kind", [events.ShiftClaimed, life_events.OfferAccepted, events.PersonAssigned])
def test_whoever_gets_a_place_is_reminded_on_the_evening_before(kind):
    [one] = timers_for(happened(kind), shift(), TERMS, NOW)

    assert (one.id, one.kind, one.person_id) == ("c-s:p1/shift_reminder/1@19:00", SHIFT_REMINDER, LI)
    assert one.due == datetime(2026, 12, 2, 19, tzinfo=SHANGHAI)
    assert one.useful_until == shift().start


def test_a_shift_after_midnight_is_reminded_of_on_the_evening_before_as_well():
    early = shift(datetime(2026, 12, 3, 2, tzinfo=SHANGHAI).astimezone(UTC))

    [one] = timers_for(happened(events.ShiftClaimed), early, TERMS, NOW)

    assert one.due == datetime(2026, 12, 2, 19, tzinfo=SHANGHAI)


@pytest.mark.parametrize("kind", [events.ShiftReleased, events.PersonRemoved, events.AssignmentCancelled])
def test_whoever_loses_a_place_loses_its_timers(kind):
    more = {"waiting": False} if kind is events.AssignmentCancelled else {}

    assert ended_by(happened(kind, **more)) == "c-s:p1"
    assert timers_for(happened(kind, **more), shift(), TERMS, NOW) == []


def test_a_line_closes_when_the_shift_begins_and_no_sooner():
    [closes] = timers_for(happened(events.WaitlistJoined), shift(), TERMS, NOW)

    assert (closes.kind, closes.due) == (CLOSE_LINE, shift().start)
    assert ended_by(happened(events.WaitlistLeft)) is None


def test_a_shift_that_was_taken_back_meanwhile_lets_nothing_fall_due():
    assert timers_for(happened(events.ShiftClaimed), None, TERMS, NOW) == []


def test_planning_the_same_twice_plans_it_once():
    there = planned(timer(), None, NOW)
    assert there is not None

    assert planned(timer(), there, NOW) is None


def test_what_waits_takes_over_its_new_time_whatever_that_is():
    there = replace(timer(), version=1)

    for due in (NOW + timedelta(days=3), NOW - timedelta(hours=1)):
        assert planned(timer(due), there, NOW) == replace(timer(due), version=1)


def test_what_was_done_is_not_done_again_unless_it_is_about_something_else():
    done = replace(ended(timer(start="8:00"), TimerState.DONE, NOW), version=2)

    assert planned(timer(NOW + timedelta(days=5), start="8:00"), done, NOW) is None
    assert planned(timer(NOW + timedelta(days=5), start="9:00"), done, NOW).state is TimerState.PENDING


def test_what_was_cancelled_is_planned_again():
    cancelled = replace(ended(timer(), TimerState.CANCELLED, NOW, "ShiftReleased"), version=2)

    assert planned(timer(), cancelled, NOW) == replace(timer(), version=2)


def test_whoever_takes_a_place_shortly_before_the_reminder_needs_none():
    evening = datetime(2026, 12, 2, 19, tzinfo=SHANGHAI)
    [one] = timers_for(happened(events.ShiftClaimed), shift(), TERMS, NOW)

    assert planned(one, None, evening - timedelta(hours=2)) is not None
    assert planned(one, None, evening - timedelta(minutes=119)) is None
    assert planned(one, None, evening + timedelta(hours=3)) is None


@pytest.mark.parametrize("state", ENDINGS)
def test_a_timer_ends_once(state):
    one = ended(timer(), state, NOW, "why")

    assert (one.state, one.ended_at, one.reason) == (state, NOW, "why")
    with pytest.raises(ValueError, match="no move"):
        ended(one, TimerState.DONE, NOW)


@given(st.integers(-100, 100), st.integers(0, 100))
def test_a_timer_is_due_from_its_time_on_and_of_use_until_its_end(seconds, useful):
    due = NOW + timedelta(seconds=seconds)
    one = replace(timer(due), useful_until=due + timedelta(seconds=useful))

    assert is_due(one, NOW) == (seconds <= 0)
    assert too_late(one, NOW) == (-seconds >= useful)
    assert not too_late(replace(one, useful_until=None), NOW)


def test_going_on_later_keeps_the_facts_and_adds_to_them():
    one = again(timer(after="a", kept=1), NOW, after="b")

    assert (one.due, one.facts, one.state) == (NOW, {"after": "b", "kept": 1}, TimerState.PENDING)


def test_every_state_and_every_kind_is_told_about():
    assert set(MOVES) == {None, *TimerState}
    assert lane_of(SHIFT_REMINDER) is Lane.REMINDER
    assert POLICIES[SHIFT_REMINDER].sent == "at most once"
    assert replace(POLICIES[SHIFT_REMINDER], lane=Lane.URGENT).sent.startswith("at least once")
    with pytest.raises(ValueError, match="send nothing"):
        lane_of(REPLAN)
