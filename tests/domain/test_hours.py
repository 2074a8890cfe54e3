"""The hours log: from confirmed attendance only, nights weighed as the community wants."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import attendance as a
from bot.domain import hours
from bot.domain.attendance import Attendance, Presence
from bot.domain.hours import Hours
from bot.domain.rules import ShiftRules
from tests.domain.people_and_shifts import HOUR, LI, MINUTE, NOW, a_shift, has

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
POST = a_shift(at=2)
RULES = ShiftRules()


def served(came: timedelta, went: timedelta, **more: Any) -> Attendance:
    """Li came and went, so long after start and end."""
    row = a.expected(POST, has(POST, LI))
    return replace(
        row,
        state=Presence.COMPLETED,
        checked_in_at=POST.start + came,
        checked_out_at=POST.end + went,
        **more,
    )


def minutes(attendance: Attendance, rules: ShiftRules = RULES) -> int | None:
    """What is credited."""
    found = hours.credited(attendance, rules=rules, zone=SHANGHAI)
    return None if found is None else found.minutes


@pytest.mark.parametrize(
    ("came", "went", "stays", "credited"),
    [
        (0, 0, False, 240),
        (-15, 0, False, 240),  # whoever is early waits for the start
        (30, 0, False, 210),
        (0, -60, False, 180),
        (0, 45, False, 240),  # forgot to check out
        (0, 45, True, 285),  # stayed for the relief
        (0, 60 * 48, True, 24 * 60),  # nobody serves two days in a row
        (240, -230, False, 0),  # came at the end, and the clock was set
    ],
)
def test_credited_is_what_was_served(came: int, went: int, stays: bool, credited: int) -> None:
    assert minutes(served(came * MINUTE, went * MINUTE, stays=stays)) == credited


@pytest.mark.parametrize("state", [s for s in Presence if s is not Presence.COMPLETED])
def test_nothing_but_completed_attendance_counts(state: Presence) -> None:
    assert minutes(replace(served(0 * HOUR, 0 * HOUR), state=state)) is None


def night(start: datetime, end: datetime, zone: ZoneInfo = BERLIN) -> int:
    """Minutes between 22:00 and 06:00."""
    return hours.night_minutes(start, end, time(22), time(6), zone)


def at(text: str) -> datetime:
    """An instant in Berlin's time."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-12-01 08:00", "2026-12-01 12:00", 0),
        ("2026-12-01 22:00", "2026-12-02 06:00", 480),
        ("2026-12-01 20:00", "2026-12-01 23:00", 60),
        ("2026-12-01 04:00", "2026-12-01 08:00", 120),
        ("2026-12-01 05:00", "2026-12-01 23:00", 120),  # a bit of two nights
        ("2026-03-28 22:00", "2026-03-29 06:00", 420),  # an hour fell out
        ("2026-10-24 22:00", "2026-10-25 06:00", 540),  # an hour came twice
    ],
)
def test_night_minutes_are_those_that_really_pass(start: str, end: str, expected: int) -> None:
    assert night(at(start), at(end)) == expected


def test_nights_weigh_what_the_community_says() -> None:
    row = replace(served(0 * HOUR, 0 * HOUR), start=at("2026-12-01 20:00"), end=at("2026-12-02 00:00"))
    row = replace(row, checked_in_at=row.start, checked_out_at=row.end)

    plain = hours.credited(row, rules=RULES, zone=BERLIN)
    weighed = hours.credited(row, rules=replace(RULES, night_percent=150), zone=BERLIN)

    assert (plain.minutes, plain.night, plain.credited) == (240, 120, 240)
    assert (weighed.minutes, weighed.night, weighed.credited) == (240, 120, 300)


def test_a_month_is_the_local_one_of_the_start() -> None:
    row = replace(served(0 * HOUR, 0 * HOUR), start=datetime(2026, 11, 30, 17, tzinfo=UTC))
    row = replace(row, end=row.start + 4 * HOUR, checked_in_at=row.start, checked_out_at=row.start + 4 * HOUR)

    assert hours.credited(row, rules=RULES, zone=SHANGHAI).month == "2026-12"
    assert hours.credited(row, rules=RULES, zone=BERLIN).month == "2026-11"


def test_a_statement_adds_up_in_order() -> None:
    rows: list[Hours] = []
    for n in (2, 0, 1):
        one = hours.credited(served(0 * HOUR, 0 * HOUR), rules=RULES, zone=SHANGHAI)
        assert one is not None
        rows.append(replace(one, id=f"c-{n}", start=NOW + n * HOUR))

    total = hours.statement(rows)

    assert [e.id for e in total.entries] == ["c-0", "c-1", "c-2"]
    assert (total.minutes, total.night, total.credited) == (720, rows[0].night * 3, 720)
    assert hours.statement([]).minutes == 0


def test_an_entry_that_is_written_or_taken_out_is_logged_with_its_minutes() -> None:
    one = hours.credited(served(0 * HOUR, 0 * HOUR), rules=RULES, zone=SHANGHAI)

    assert [e.facts()["minutes"] for e in hours.entry(one, POST, LI)] == [240]
    assert [e.facts()["minutes"] for e in hours.entry(None, POST, LI)] == [0]


times = st.builds(time, st.integers(0, 23))
zones = st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"])


@given(st.integers(0, 525_600), st.integers(0, 1440), times, times, zones)
def test_the_night_and_the_day_together_are_the_whole(
    start: int, length: int, begins: time, ends: time, zone: str
) -> None:
    if begins == ends:
        return
    first = NOW + start * MINUTE
    last = first + length * MINUTE
    tz = ZoneInfo(zone)

    inside = hours.night_minutes(first, last, begins, ends, tz)
    outside = hours.night_minutes(first, last, ends, begins, tz)

    assert inside + outside == length
