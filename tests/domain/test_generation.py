"""From a series to its shifts: made once, changed without losing claims, called off when they are no longer wanted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import changes, generation
from bot.domain import series as s
from bot.domain.assignments import Roster
from bot.domain.changes import Change
from bot.domain.generation import Differences
from bot.domain.ids import SeriesId, ShiftId
from bot.domain.series import Series
from bot.domain.shifts import Shift, ShiftState
from bot.recurrence import Rules
from tests.domain.people_and_shifts import CHEN, LI, NOW, YARD, a_shift, on
from tests.domain.test_series import EVENING, MORNING, NOON, TUESDAY, a_series, pattern

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
Shifts = dict[str, Shift]


def look(series: Series, shifts: Shifts, *, days: int = 7, now: datetime = NOW) -> Differences:
    """What is to be done for the days from 1 December on."""
    wanted = generation.planned(series, TUESDAY, TUESDAY + days * DAY, Rules().days, SHANGHAI)
    return generation.differences(series, wanted, list(shifts.values()), now=now)


def carry_out(found: Differences, shifts: Shifts, *, now: datetime = NOW) -> Shifts:
    """The shifts once that is done, nobody being on them."""
    after = dict(shifts) | {x.id: x for x in found.make}
    for shift in found.call_off:
        after[shift.id] = changes.call_off(shift, Roster(), by=CHEN, by_series=True, now=now)[0]
    for shift in found.reopen:
        after[shift.id] = changes.reopen(shift, by=CHEN, now=now)[0]
    for shift, change in found.change:
        after[shift.id] = changes.change(after[shift.id], Roster(), change, {}, by=None, now=now).shift
    return after


def generated(series: Series, *, days: int = 7) -> Shifts:
    """The shifts of a series in its first days."""
    return carry_out(look(series, {}, days=days), {})


def local(moment: datetime) -> str:
    """Day and time on Shanghai's clocks."""
    return f"{moment.astimezone(SHANGHAI):%d %H:%M}"


def test_a_day_has_each_of_its_slots() -> None:
    shifts = generated(a_series(MORNING, NOON, EVENING), days=2)

    assert [(local(x.start), local(x.end)) for x in shifts.values()] == [
        ("01 16:00", "01 20:00"),  # it is 14:00 in Shanghai: the morning and noon are over or under way
        ("02 08:00", "02 12:00"),
        ("02 12:00", "02 16:00"),
        ("02 16:00", "02 20:00"),
    ]


def test_a_night_ends_on_the_next_day_and_belongs_to_its_first() -> None:
    (first, _) = generated(a_series((time(22), time(6))), days=2).values()

    assert (local(first.start), local(first.end), first.day) == ("01 22:00", "02 06:00", TUESDAY)


@pytest.mark.parametrize(
    ("rule", "days"),
    [(s.WEEKDAYS, [2, 3, 4, 7, 8, 9, 10, 11, 14]), (s.weekly([5], every=2), [5]), (s.weekly([1]), [8])],
    ids=["weekdays", "every second Saturday", "Tuesdays"],
)
def test_rules_name_the_days(rule: str, days: list[int]) -> None:
    shifts = generated(a_series(MORNING, rule=rule), days=14)

    assert [x.day.day for x in shifts.values() if x.day] == days


def test_making_twice_changes_nothing() -> None:
    series = a_series(MORNING, NOON)

    assert look(series, generated(series)).none


def test_ids_fit_beside_one_of_the_same_length_into_a_button_and_are_all_different() -> None:
    days = [date(2020, 1, 1) + n * DAY for n in range(0, 32768, 7)]
    ids = {generation.shift_id(SeriesId("abcdef-1234567"), day, key) for day in days for key in range(32)}

    assert len(ids) == len(days) * 32
    assert {len(id_) for id_ in ids} == {len("abcdef-") + 11}


def test_where_somebody_made_the_same_shift_by_hand_none_is_made_beside_it() -> None:
    series = a_series(MORNING)
    first = next(iter(generated(series).values()))
    by_hand = replace(a_shift("c-hand"), start=first.start, end=first.end)

    assert first.id not in [x.id for x in look(series, {by_hand.id: by_hand}).make]
    off = replace(by_hand, state=ShiftState.CANCELLED)
    assert first.id in [x.id for x in look(series, {off.id: off}).make]
    elsewhere = replace(by_hand, checkpoint_id=YARD)
    assert first.id in [x.id for x in look(series, {elsewhere.id: elsewhere}).make]


def test_new_hours_move_the_same_shifts() -> None:
    series = a_series(MORNING, NOON)
    shifts = generated(series)
    from_day = TUESDAY + 3 * DAY
    hours = s.slots_of([(time(9), time(13)), NOON], series.patterns[0].slots)
    changed, _ = s.change_from(series, replace(pattern(from_day=from_day), slots=hours), by=CHEN)

    found = look(changed, shifts)
    after = carry_out(found, shifts)

    assert (found.make, found.call_off) == ((), ())
    assert after.keys() == shifts.keys()
    starts = {f"{x.start.astimezone(SHANGHAI):%H}" for x in after.values() if x.day and x.day >= from_day}
    assert starts == {"09", "12"}
    assert look(changed, after).none


def test_people_keep_their_places_through_a_change_of_the_series() -> None:
    series = a_series(MORNING)
    shifts = generated(series)
    changed, _ = s.change_from(series, replace(pattern((time(9), time(13))), capacity=3, needed=2), by=CHEN)

    for shift, change in look(changed, shifts).change:
        done = changes.change(shift, on(shift, LI), change, {}, by=CHEN, now=NOW)
        assert [a.person_id for a in on(shift, LI).after(*done.assignments).on] == [LI]


def test_hours_that_go_are_called_off_and_hours_that_come_are_made() -> None:
    series = a_series(MORNING, NOON)
    shifts = generated(series)
    fewer, _ = s.change_from(series, replace(pattern(), slots=s.slots_of([MORNING], series.patterns[0].slots)), by=CHEN)

    found = look(fewer, shifts)

    assert {x.slot for x in found.call_off} == {1}
    after = carry_out(found, shifts)
    assert look(fewer, after).none
    again, _ = s.change_from(fewer, replace(pattern(), slots=series.patterns[0].slots), by=CHEN)
    assert {x.id for x in look(again, after).reopen} == {x.id for x in found.call_off}


def test_a_skipped_day_is_called_off_and_comes_back_when_it_is_restored() -> None:
    series = a_series(MORNING, NOON)
    shifts = generated(series)
    skipped, _ = s.skip_day(series, TUESDAY + 2 * DAY, reason="storm", by=CHEN)

    found = look(skipped, shifts)
    after = carry_out(found, shifts)
    restored, _ = s.restore_day(skipped, TUESDAY + 2 * DAY, by=CHEN)

    assert {x.day for x in found.call_off} == {TUESDAY + 2 * DAY}
    assert {x.id for x in look(restored, after).reopen} == {x.id for x in found.call_off}
    assert look(restored, carry_out(look(restored, after), after)).none


def test_one_that_a_coordinator_called_off_is_not_reopened() -> None:
    series = a_series(MORNING)
    shifts = generated(series)
    one = next(iter(shifts.values()))
    shifts[one.id] = changes.call_off(one, Roster(), by=CHEN, now=NOW)[0]

    assert look(series, shifts).none


def test_one_that_was_edited_is_passed_by_until_its_day_is_skipped_or_the_series_ends() -> None:
    series = a_series(MORNING)
    shifts = generated(series)
    one = next(iter(shifts.values()))
    shifts[one.id] = changes.edit(one, Roster(), Change(capacity=9), {}, by=CHEN, now=NOW).shift
    changed, _ = s.change_from(series, pattern((time(10), time(14))), by=CHEN)
    weekly, _ = s.change_from(series, pattern(MORNING, rule=s.weekly([6])), by=CHEN)
    skipped, _ = s.skip_day(series, one.day or TUESDAY, reason="", by=CHEN)
    ended, _ = s.end_after(series, TUESDAY, by=CHEN)

    assert one.id not in [x.id for x, _ in look(changed, shifts).change]
    assert one.id not in [x.id for x in look(weekly, shifts).call_off]
    assert one.id in [x.id for x in look(skipped, shifts).call_off]
    assert one.id in [x.id for x in look(ended, shifts).call_off]


def test_what_has_begun_is_left_alone() -> None:
    series = a_series(MORNING)
    shifts = generated(series)
    ended, _ = s.end_after(series, TUESDAY - DAY, by=CHEN)

    later = look(ended, shifts, now=NOW + 3 * DAY)

    assert all(x.start > NOW + 3 * DAY for x in later.call_off)
    assert len(later.call_off) == len(shifts) - 3


def test_a_shift_whose_new_time_is_past_stays_as_it_is() -> None:
    series = a_series(EVENING)  # today's begins in two hours
    shifts = generated(series)
    changed, _ = s.change_from(series, pattern(MORNING), by=CHEN)  # today's would have begun

    found = look(changed, shifts)

    today = [x for x in shifts.values() if x.day == TUESDAY]
    assert [x.id for x in today] == [ShiftId(x.id) for x in today if x not in found.call_off]
    assert today[0].id not in [x.id for x, _ in found.change]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_to_a_series_a_second_look_finds_nothing_to_do(data: st.DataObject) -> None:
    series, shifts = a_series(MORNING, NOON), {}
    shifts = carry_out(look(series, shifts), shifts)
    for _ in range(data.draw(st.integers(1, 4))):
        day = TUESDAY + data.draw(st.integers(0, 6)) * DAY
        match data.draw(st.sampled_from(["skip", "restore", "change", "rule"])):
            case "skip":
                series, _ = s.skip_day(series, day, reason="", by=CHEN)
            case "restore" if series.skips(day):
                series, _ = s.restore_day(series, day, by=CHEN)
            case "change":
                hours = data.draw(st.lists(st.sampled_from([MORNING, NOON, EVENING]), min_size=1, unique=True))
                slots = s.slots_of(hours, series.patterns[-1].slots, last_key=series.last_key)
                series, _ = s.change_from(series, replace(pattern(from_day=day), slots=slots), by=CHEN)
            case _:
                rule = data.draw(st.sampled_from([s.DAILY, s.WEEKDAYS, s.weekly([1, 5])]))
                series, _ = s.change_from(series, replace(series.patterns[-1], from_day=day, rule=rule), by=CHEN)
        shifts = carry_out(look(series, shifts), shifts)
        assert look(series, shifts).none
        open_ = [x for x in shifts.values() if x.state is ShiftState.OPEN]
        assert len({(x.start, x.end) for x in open_}) == len(open_)
    assert all(x.start.tzinfo is UTC for x in shifts.values())
