"""A rule in local time falls due once on every local day, also where and when clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import local_day
from bot.domain.when.recurring import exists, next_daily

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo",
    "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Tehran",
)  # fmt: skip
zones = st.sampled_from(ZONES).map(ZoneInfo)
clocks = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
BEGIN, END = (datetime.fromisoformat(day) for day in ("2009-01-01", "2031-01-01"))
instants = st.datetimes(BEGIN, END, timezones=st.just(UTC)).map(lambda t: t.replace(microsecond=0))

# zone, after, at, the local day, the instant in UTC
CASES = [
    ("Europe/Berlin", "2027-03-27T12:00", "02:30", "2027-03-28", "2027-03-28T01:00"),  # gap: the first instant after
    ("Europe/Berlin", "2026-10-24T12:00", "02:30", "2026-10-25", "2026-10-25T00:30"),  # overlap: the first of the two
    ("Europe/Berlin", "2026-10-25T00:30", "02:30", "2026-10-26", "2026-10-26T01:30"),  # and not the second
    ("Australia/Lord_Howe", "2026-10-03T12:00", "02:10", "2026-10-04", "2026-10-03T15:30"),  # a gap of half an hour
    ("America/Santiago", "2026-09-05T12:00", "00:30", "2026-09-06", "2026-09-06T04:00"),  # a gap at midnight
    ("Africa/Cairo", "2026-04-23T12:00", "00:00", "2026-04-24", "2026-04-23T22:00"),
    ("Pacific/Apia", "2011-12-29T20:00", "03:00", "2011-12-31", "2011-12-30T13:00"),  # the 30th was left out
]


@pytest.mark.parametrize(("name", "after", "at", "day", "due"), CASES)
def test_a_rule_meets_the_nights_on_which_clocks_are_changed(name, after, at, day, due):
    found = next_daily(time.fromisoformat(at), ZoneInfo(name), after=datetime.fromisoformat(after + "+00:00"))

    assert found == (date.fromisoformat(day), datetime.fromisoformat(due + "+00:00"))


@given(zones, clocks, instants)
def test_the_next_occurrence_is_the_earliest_later_one(zone, at, after):
    day, due = next_daily(at, zone, after=after)

    assert due > after
    assert next_daily(at, zone, after=due - timedelta(seconds=1)) == (day, due)
    assert due - after <= timedelta(days=2)


@given(zones, clocks, instants)
def test_a_month_has_one_occurrence_on_each_of_its_days_in_order(zone, at, begin):
    seen, now = [], begin
    for _ in range(31):
        day, now = next_daily(at, zone, after=now)
        seen.append((day, now))

    days = [day for day, _ in seen]
    expected = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == [day for day in expected if exists(day, zone)]
    assert [due for _, due in seen] == sorted({due for _, due in seen})


@given(zones, clocks, instants)
def test_the_clocks_show_the_rule_unless_they_skipped_it(zone, at, after):
    day, due = next_daily(at, zone, after=after)
    shown = due.astimezone(zone)

    if (local_day(due, zone), shown.time()) != (day, at):
        before = (due - timedelta(seconds=1)).astimezone(zone)
        assert before.replace(tzinfo=None) < datetime.combine(day, at) < shown.replace(tzinfo=None)


@given(zones, instants, st.frozensets(st.integers(0, 6), min_size=1))
def test_a_rule_for_some_weekdays_falls_due_on_those_only(zone, after, weekdays):
    day, due = next_daily(time(18, 0), zone, after=after, weekdays=weekdays)

    assert day.weekday() in weekdays
    assert due - after <= timedelta(days=15)


def test_a_rule_without_a_weekday_is_refused():
    with pytest.raises(ValueError, match="weekday"):
        next_daily(time(3), ZoneInfo("UTC"), after=datetime(2026, 1, 1, tzinfo=UTC), weekdays=frozenset())
