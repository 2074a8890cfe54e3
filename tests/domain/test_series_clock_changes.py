"""Ten zones, ten years (two in the fast tests): a series never leaves a gap in its cover nor lets two shifts overlap, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain import generation
from bot.domain import series as s
from bot.domain.generation import Planned
from bot.domain.shifts import LONGEST_SHIFT
from bot.recurrence import Rules
from tests.domain.test_series import a_series, pattern

ZONES = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo",
    "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Tehran",
]  # fmt: skip
FIRST, SOON, LAST = date(2021, 1, 1), date(2023, 1, 1), date(2031, 1, 1)
# The first two years have the last changes of Apia and Tehran; the other eight are looked at by `make soak`.
EVERYWHERE = [pytest.param(z, SOON, id=f"{z}, two years") for z in ZONES] + [
    pytest.param(z, LAST, marks=pytest.mark.soak, id=f"{z}, ten years") for z in ZONES
]
ROUND_THE_CLOCK = [(time(22), time(2)), (time(2), time(6)), (time(6), time(14)), (time(14), time(22))]
WHOLE_HOURS = [(time(h), time((h + 1) % 24)) for h in range(4)]  # the clocks change at 00:00, 01:00, 02:00 or 03:00


@cache
def years(zone: str, last: date, *hours: tuple[time, time], rule: str = s.DAILY) -> tuple[Planned, ...]:
    """Every shift that a series wants from 2021 until the day `last`, by start."""
    begins = replace(pattern(*hours, rule=rule), from_day=FIRST, anchor=FIRST)
    series = replace(a_series(), patterns=(begins,))
    return tuple(generation.planned(series, FIRST, last, Rules().days, ZoneInfo(zone)))


@pytest.mark.parametrize(("zone", "last"), EVERYWHERE)
def test_round_the_clock_stays_round_the_clock(zone: str, last: date) -> None:
    shifts = years(zone, last, *ROUND_THE_CLOCK)

    assert [x.id for x, y in pairwise(shifts) if x.end != y.start] == []
    assert len({x.id for x in shifts}) == len(shifts) == 4 * (last - FIRST).days


@pytest.mark.parametrize(("zone", "last"), EVERYWHERE)
def test_every_shift_begins_and_ends_when_the_clock_on_the_wall_says_so(zone: str, last: date) -> None:
    """Or, where the clock never showed that time, at the first instant after the gap."""
    on_wall = ZoneInfo(zone)
    for shift in years(zone, last, *ROUND_THE_CLOCK):
        wall = shift.start.astimezone(on_wall)
        asked = datetime.combine(shift.day, shift.slot.start)
        if wall.replace(tzinfo=None) == asked:
            assert wall.fold == 0
        else:
            before = (shift.start - timedelta(seconds=1)).astimezone(on_wall)
            assert before.replace(tzinfo=None) < asked < wall.replace(tzinfo=None)
            assert before.utcoffset() != wall.utcoffset()


@pytest.mark.parametrize(("zone", "last"), EVERYWHERE)
def test_hours_that_a_change_swallows_are_left_out_and_nothing_overlaps(zone: str, last: date) -> None:
    shifts = years(zone, last, *WHOLE_HOURS)

    assert all(x.start < x.end <= y.start for x, y in pairwise(shifts))
    swallowed = len(WHOLE_HOURS) * (last - FIRST).days - len(shifts)
    springs = _changes_forward(zone, last)
    assert swallowed <= springs


@pytest.mark.parametrize(("zone", "last"), EVERYWHERE)
def test_a_whole_day_lasts_as_long_as_the_day_but_never_longer_than_a_shift(zone: str, last: date) -> None:
    shifts = years(zone, last, (time(0), time(0)))

    assert max(x.end - x.start for x in shifts) == LONGEST_SHIFT
    assert min(x.end - x.start for x in shifts) >= timedelta(hours=23)
    assert all(x.end <= y.start <= x.end + timedelta(hours=1) for x, y in pairwise(shifts))


@pytest.mark.parametrize(("zone", "last"), EVERYWHERE)
def test_every_second_saturday_is_a_saturday_and_two_weeks_after_the_last(zone: str, last: date) -> None:
    days = [x.day for x in years(zone, last, (time(22), time(6)), rule=s.weekly([5], every=2))]

    assert {d.weekday() for d in days} == {5}
    assert {y - x for x, y in pairwise(days)} == {timedelta(days=14)}


@pytest.mark.parametrize("zone", ZONES)
def test_a_window_at_a_time_makes_the_same_shifts_as_all_at_once(zone: str) -> None:
    day, until = FIRST, date(2023, 1, 1)
    begins = replace(pattern(*ROUND_THE_CLOCK, rule=s.WEEKDAYS), from_day=FIRST, anchor=FIRST)
    series = replace(a_series(), patterns=(begins,))
    made = []
    while day < until:
        end = min(day + timedelta(days=21), until)
        made += [x.id for x in generation.planned(series, day, end, Rules().days, ZoneInfo(zone))]
        day = end

    assert made == [x.id for x in generation.planned(series, FIRST, until, Rules().days, ZoneInfo(zone))]


def _changes_forward(zone: str, last: date) -> int:
    """How often the clocks went forward in those years."""
    tz, count, moment = ZoneInfo(zone), 0, datetime(2021, 1, 1, tzinfo=UTC)
    while moment.date() < last:
        later = moment + timedelta(days=1)
        before, after = moment.astimezone(tz).utcoffset(), later.astimezone(tz).utcoffset()
        count += before is not None and after is not None and after > before
        moment = later
    return count
