"""Series: rules, patterns, days that are left out."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import life_errors
from bot.domain import series as s
from bot.domain.ids import BatchId, SeriesId
from bot.domain.series import Pattern, Series, SeriesSlot, SeriesState
from tests.domain.people_and_shifts import CHEN, GATE, NOW, C

TUESDAY = date(2026, 12, 1)
MORNING, NOON, EVENING = (time(8), time(12)), (time(12), time(16)), (time(16), time(20))


def pattern(*hours: tuple[time, time], rule: str = s.DAILY, from_day: date = TUESDAY) -> Pattern:
    """Two people needed, at these hours."""
    return Pattern(
        from_day=from_day,
        anchor=from_day,
        rule=rule,
        slots=s.slots_of(hours or (MORNING,)),
        checkpoint_id=GATE,
        needed=2,
        capacity=2,
    )


def a_series(*hours: tuple[time, time], rule: str = s.DAILY, until: date | None = None) -> Series:
    """A series from 1 December on."""
    made, _ = s.new_series(
        SeriesId("c-abcdefg"), BatchId("c-b"), C, pattern(*hours, rule=rule), until=until, by=CHEN, now=NOW
    )
    return made


def test_hours_keep_their_key_when_others_come_and_go() -> None:
    first = s.slots_of([MORNING, NOON])
    more = s.slots_of([EVENING, MORNING, NOON], first)
    fewer = s.slots_of([EVENING], more)

    assert [(x.key, x.start) for x in more] == [(0, time(8)), (1, time(12)), (2, time(16))]
    assert [x.key for x in fewer] == [2]


def test_changed_hours_are_the_same_slot_at_another_time() -> None:
    first = s.slots_of([MORNING, NOON])

    moved = s.slots_of([(time(9), time(13)), (time(13), time(17))], first)

    assert [(x.key, x.start) for x in moved] == [(0, time(9)), (1, time(13))]


@pytest.mark.parametrize("hours", [[], [MORNING, MORNING], [(time(h), time(h, 30)) for h in range(13)]])
def test_no_hours_the_same_twice_or_too_many_are_refused(hours: list[tuple[time, time]]) -> None:
    with pytest.raises(life_errors.TimeInvalid):
        s.slots_of(hours)


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
days_hours = st.lists(st.tuples(times, times), min_size=1, max_size=6, unique=True)


@given(st.lists(days_hours, min_size=1, max_size=8))
def test_however_often_hours_change_no_two_slots_share_a_key(versions: list[list[tuple[time, time]]]) -> None:
    slots: tuple[SeriesSlot, ...] = ()
    for hours in versions:
        before = {(x.start, x.end): x.key for x in slots}
        slots = s.slots_of(hours, slots)
        assert len({x.key for x in slots}) == len(slots)
        assert all(before.get((x.start, x.end), x.key) == x.key for x in slots)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:byday=sa;freq=weekly;interval=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        (s.WEEKDAYS, s.WEEKDAYS),
        (s.weekly([5], every=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        (s.weekly([4, 0, 4]), "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYDAY=1SA,-1SU", "FREQ=MONTHLY;BYDAY=1SA,-1SU"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
    ],
)
def test_rules_of_days_are_taken_in_one_spelling(typed: str, kept: str) -> None:
    assert s.checked_rule(typed) == kept


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",  # no such day: a reader would look for ever
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20261231",
        "FREQ=DAILY;BYHOUR=8",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2SA",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=99",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "DAILY",
        "BYDAY=MO",
        "every day",
    ],
)
def test_other_rules_are_refused(rule: str) -> None:
    with pytest.raises(life_errors.RuleInvalid):
        s.checked_rule(rule)


def test_this_and_following_leaves_the_days_before_as_they_are() -> None:
    series = a_series()
    later = TUESDAY + timedelta(days=10)

    changed, _ = s.change_from(series, pattern(NOON, from_day=later), by=CHEN)

    assert [p.from_day for p in changed.patterns] == [TUESDAY, later]
    assert changed.pattern_of(later - timedelta(days=1)) == series.patterns[0]
    assert changed.pattern_of(later) == changed.patterns[1]
    assert changed.pattern_of(TUESDAY - timedelta(days=1)) is None


def test_an_earlier_change_drops_the_later_ones() -> None:
    series, _ = s.change_from(a_series(), pattern(NOON, from_day=TUESDAY + timedelta(days=10)), by=CHEN)

    changed, _ = s.change_from(series, pattern(EVENING, from_day=TUESDAY + timedelta(days=5)), by=CHEN)

    assert [p.slots[0].start for p in changed.patterns] == [time(8), time(16)]


@pytest.mark.parametrize("days", [0, -30])
def test_a_change_from_the_first_day_on_is_a_change_of_all(days: int) -> None:
    changed, _ = s.change_from(a_series(), pattern(NOON, from_day=TUESDAY + timedelta(days=days)), by=CHEN)

    assert [p.slots[0].start for p in changed.patterns] == [time(12)]


def test_a_series_that_ended_is_changed_no_more() -> None:
    ended, _ = s.end_after(a_series(), TUESDAY + timedelta(days=3), by=CHEN)

    assert ended.state is SeriesState.ENDED
    assert ended.pattern_of(TUESDAY + timedelta(days=4)) is None
    with pytest.raises(life_errors.SeriesOver):
        s.change_from(ended, pattern(NOON), by=CHEN)
    with pytest.raises(life_errors.SeriesOver):
        s.end_after(ended, TUESDAY, by=CHEN)
    with pytest.raises(life_errors.SeriesOver):
        s.skip_day(ended, TUESDAY, reason="", by=CHEN)


def test_a_day_is_left_out_once_with_its_reason_and_can_come_back() -> None:
    skipped, happened = s.skip_day(a_series(), TUESDAY, reason="  storm \n warning ", by=CHEN)

    assert [(x.day, x.reason) for x in skipped.skipped] == [(TUESDAY, "storm warning")]
    assert len(happened) == 1
    assert s.skip_day(skipped, TUESDAY, reason="again", by=CHEN) == (skipped, [])
    restored, _ = s.restore_day(skipped, TUESDAY, by=CHEN)
    assert restored.skipped == ()
    with pytest.raises(life_errors.NotInSeries):
        s.restore_day(restored, TUESDAY, by=CHEN)
    with pytest.raises(life_errors.NotInSeries):
        s.skip_day(restored, TUESDAY - timedelta(days=1), reason="", by=CHEN)


def test_a_series_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(life_errors.PeriodInvalid):
        a_series(until=TUESDAY - timedelta(days=1))


def test_a_key_that_went_is_never_given_to_other_hours() -> None:
    series = a_series(MORNING, EVENING)
    fewer, _ = s.change_from(series, replace(pattern(), slots=s.slots_of([MORNING], series.patterns[0].slots)), by=CHEN)

    slots = s.slots_of([MORNING, NOON], fewer.patterns[0].slots, last_key=fewer.last_key)

    assert [x.key for x in slots] == [0, 2]
