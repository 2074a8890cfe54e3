"""What people type about days that come again, in English and Chinese."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.when import LineRefused, NotUnderstood, Repetition, parse_repetition, parse_series_line

NOW, ZONE = datetime(2026, 11, 23, 10, tzinfo=UTC), ZoneInfo("UTC")  # a Monday
EVERY_DAY = frozenset(range(7))


@pytest.mark.parametrize(
    ("text", "days", "every"),
    [
        ("daily", EVERY_DAY, 1),
        ("every day", EVERY_DAY, 1),
        ("weekdays", frozenset(range(5)), 1),
        ("every weekday", frozenset(range(5)), 1),
        ("weekends", {5, 6}, 1),
        ("mon-fri", frozenset(range(5)), 1),
        ("sat to mon", {5, 6, 0}, 1),
        ("every Tue", {1}, 1),
        ("Tue, Thu and Sat", {1, 3, 5}, 1),
        ("every second Saturday", {5}, 2),
        ("every other Mon", {0}, 2),
        ("every two weeks on Sat", {5}, 2),
        ("every third Sunday", {6}, 3),
        ("每天", EVERY_DAY, 1),
        ("工作日", frozenset(range(5)), 1),
        ("每个工作日", frozenset(range(5)), 1),
        ("每周二", {1}, 1),
        ("每周一、三、五", {0, 2, 4}, 1),
        ("周一至五", frozenset(range(5)), 1),
        ("隔周六", {5}, 2),
        ("每两周的周六", {5}, 2),
        ("每隔一周的周六", {5}, 2),
        ("周末", {5, 6}, 1),
    ],
)
def test_days_that_come_again_are_read(text: str, days: set[int], every: int) -> None:
    assert parse_repetition(text) == Repetition(frozenset(days), every)


@pytest.mark.parametrize("text", ["", "sometimes", "tomorrow", "every", "每", "every 12", "daily 8-12"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_repetition(text)


def test_a_line_says_everything_of_a_series_in_any_order() -> None:
    said = parse_series_line(
        "North Gate x3 22-06 every second Sat from 2026-12-05 until 2027-03-01",
        now=NOW,
        zone=ZONE,
        checkpoints=["North Gate"],
    )

    assert said.checkpoint == "North Gate"
    assert said.repetition == Repetition(frozenset({5}), 2)
    assert said.hours == ((time(22), time(6)),)
    assert (said.first, said.until, said.needed) == (date(2026, 12, 5), date(2027, 3, 1), 3)


def test_a_weekday_that_is_today_is_no_riddle_in_a_series() -> None:
    said = parse_series_line("East Gate Mon-Fri 14-18 x1", now=NOW, zone=ZONE, checkpoints=["East Gate"])

    assert said.repetition == Repetition(frozenset(range(5)))


def test_what_a_line_leaves_out_is_left_open() -> None:
    said = parse_series_line("Weast Gate daily", now=NOW, zone=ZONE, checkpoints=["East Gate"])

    assert (said.checkpoint, said.unknown_checkpoint) == (None, "Weast Gate")
    assert (said.hours, said.first, said.until, said.needed) == ((), None, None, None)


@pytest.mark.parametrize(
    "text", ["daily 8-12 until 2026-12-01 from 2026-12-05", "daily 8-12 perhaps", "daily daily 8-12"]
)
def test_a_line_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(LineRefused):
        parse_series_line(text, now=NOW, zone=ZONE, checkpoints=[])
