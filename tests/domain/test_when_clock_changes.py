"""Nights on which the clock is changed, and the answers of the step-by-step dialog."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.when import (
    Ambiguous,
    EndsBeforeItStarts,
    InThePast,
    LineTooLong,
    NotUnderstood,
    Places,
    TooLong,
    instant,
    parse_day,
    parse_days,
    parse_hours,
    parse_places,
    parse_shift_line,
    shift_spans,
)

NOW = datetime(2026, 9, 1, tzinfo=UTC)

# zone, line, start and end in UTC
NIGHTS = [
    ("Europe/Berlin", "2027-03-27 22-6", "03-27 21:00", "03-28 04:00"),  # seven hours
    ("Europe/Berlin", "2027-03-28 2:30-6:00", "03-28 01:00", "03-28 04:00"),  # the gap: from 03:00 on
    ("Europe/Berlin", "2027-03-27 22:00-2:30", "03-27 21:00", "03-28 01:00"),
    ("Europe/Berlin", "2026-10-24 22-6", "10-24 20:00", "10-25 05:00"),  # nine hours
    ("Europe/Berlin", "2026-10-25 2:30-6:00", "10-25 00:30", "10-25 05:00"),  # the first 02:30
    ("America/New_York", "2027-03-14 2:15-6:00", "03-14 07:00", "03-14 10:00"),
    ("America/New_York", "2027-03-13 22-6", "03-14 03:00", "03-14 10:00"),
    ("America/New_York", "2026-11-01 1:30-6:00", "11-01 05:30", "11-01 11:00"),
    ("America/New_York", "2026-10-31 晚上10点到次日早上6点", "11-01 02:00", "11-01 11:00"),
    ("Australia/Lord_Howe", "2026-10-04 2:15-6:00", "10-03 15:30", "10-03 19:00"),  # a change of half an hour
    ("Australia/Lord_Howe", "2026-10-03 22-6", "10-03 11:30", "10-03 19:00"),
    ("Australia/Lord_Howe", "2027-04-04 1:45-6:00", "04-03 14:45", "04-03 19:30"),
    ("Australia/Lord_Howe", "2027-04-03 22-6", "04-03 11:00", "04-03 19:30"),
]


@pytest.mark.parametrize(("name", "line", "start", "end"), NIGHTS)
def test_a_night_of_a_clock_change_lasts_as_long_as_it_really_does(name: str, line: str, start: str, end: str) -> None:
    [span] = parse_shift_line(line, now=NOW, zone=ZoneInfo(name), checkpoints=()).spans

    assert (f"{span.start:%m-%d %H:%M}", f"{span.end:%m-%d %H:%M}") == (start, end)


def test_a_shift_inside_the_gap_is_no_shift() -> None:
    with pytest.raises(EndsBeforeItStarts):
        parse_shift_line("2027-03-28 2:10-2:50", now=NOW, zone=ZoneInfo("Europe/Berlin"), checkpoints=())


def test_a_whole_day_of_25_hours_is_too_long() -> None:
    with pytest.raises(TooLong) as caught:
        parse_shift_line("2026-10-25 00:00-24:00", now=NOW, zone=ZoneInfo("Europe/Berlin"), checkpoints=())

    assert caught.value.duration == timedelta(hours=25)


def test_a_day_that_a_country_skipped_begins_with_the_next() -> None:
    """Samoa left out 30 December 2011."""
    assert instant(date(2011, 12, 30), time(12), ZoneInfo("Pacific/Apia")) == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_today_is_the_community_s_today() -> None:
    now = datetime(2026, 11, 23, 20, tzinfo=UTC)  # the 24th in Shanghai

    assert parse_day("今天", now=now, zone=ZoneInfo("Asia/Shanghai")) == date(2026, 11, 24)
    assert parse_day("tomorrow", now=now, zone=ZoneInfo("America/New_York")) == date(2026, 11, 24)


def test_a_shift_that_began_a_second_ago_is_in_the_past() -> None:
    now = datetime(2026, 11, 23, 10, 0, 1, tzinfo=UTC)

    with pytest.raises(InThePast):
        parse_shift_line("today 10-12", now=now, zone=ZoneInfo("UTC"), checkpoints=())


def test_a_weekday_that_is_today_is_asked_about_unless_only_next_week_is_possible() -> None:
    friday = datetime(2026, 11, 27, 10, tzinfo=UTC)

    with pytest.raises(Ambiguous) as caught:
        parse_day("fri", now=friday, zone=ZoneInfo("UTC"))
    [span] = parse_shift_line("fri 8-9", now=friday, zone=ZoneInfo("UTC"), checkpoints=()).spans

    assert caught.value.choices == (date(2026, 11, 27), date(2026, 12, 4))
    assert caught.value.rewrites == ("2026-11-27", "2026-12-04")
    assert span.start.date() == date(2026, 12, 4)


def test_a_line_may_have_three_hundred_characters() -> None:
    with pytest.raises(LineTooLong):
        parse_shift_line("x" * 301, now=NOW, zone=ZoneInfo("UTC"), checkpoints=())


def test_an_invisible_mark_or_a_variant_does_not_hide_a_name() -> None:
    line = "\u200fEast\u00a0 GATE\u200b tomorrow 8-12"

    assert parse_shift_line(line, now=NOW, zone=ZoneInfo("UTC"), checkpoints=("East Gate",)).checkpoint == "East Gate"


def test_the_longest_name_wins_and_a_number_is_not_torn_from_a_time() -> None:
    names = ("Gate", "Gate 8", "Gate 8 North")

    found = [
        parse_shift_line(line, now=NOW, zone=ZoneInfo("UTC"), checkpoints=names).checkpoint
        for line in ("Gate 8 North 8-12", "gate 8 8-12", "Gate 8-12", "Gate 8:30-12:00")
    ]

    assert found == ["Gate 8 North", "Gate 8", "Gate", "Gate"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", [2]),
        ("12-01", [1]),
        ("9月3日", [3]),
        ("1-3 Oct", [1, 2, 3]),
        ("周五、周六", [4, 5]),
        ("tonight", [1]),
    ],
)
def test_the_dialog_reads_days(text: str, expected: list[int]) -> None:
    assert [d.day for d in parse_days(text, now=NOW, zone=ZoneInfo("UTC"))] == expected


@pytest.mark.parametrize("text", ["", "8-12", "tomorrow 8-12", "soon", "tomorrow x3"])
def test_the_dialog_takes_nothing_but_days(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_days(text, now=NOW, zone=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8-12", [(8, 12)]),
        ("12-01", [(12, 1)]),
        ("08-12,12-16", [(8, 12), (12, 16)]),
        ("晚上8点到12点", [(20, 0)]),
        ("8pm - 6am", [(20, 6)]),
    ],
)
def test_the_dialog_reads_hours(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(a.hour, b.hour) for a, b in parse_hours(text)] == expected


def test_the_dialog_asks_which_of_two_clock_times_a_lone_number_is() -> None:
    with pytest.raises(Ambiguous) as caught:
        parse_hours("8")

    assert caught.value.choices == (time(8), time(20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", Places(3)),
        ("x3", Places(3)),
        ("2-4", Places(2, 4)),
        ("needs 2 max 4", Places(2, 4)),
        ("三人", Places(3)),
        ("最多5人 至少两人", Places(2, 5)),
    ],
)
def test_the_dialog_reads_places(text: str, expected: Places) -> None:
    assert parse_places(text) == expected


def test_days_and_hours_of_the_dialog_make_the_same_spans_as_a_line() -> None:
    zone = ZoneInfo("Europe/Berlin")
    days = parse_days("2026-12-01..2026-12-03", now=NOW, zone=zone)

    spans = shift_spans(days, parse_hours("8-12, 22-6"), now=NOW, zone=zone)

    line = "2026-12-01..2026-12-03 8-12, 22-6"
    assert spans == parse_shift_line(line, now=NOW, zone=zone, checkpoints=()).spans
    assert len(spans) == 6
