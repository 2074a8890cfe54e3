"""When somebody is reminded: at the moments they chose, never in their quiet hours, always before the shift."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder import rungs_of
from bot.domain.quiet import LONGEST_NIGHT, NIGHT, before_the_night, minutes_of, quiet_hours, quiet_until
from bot.domain.rules import ShiftRules
from bot.domain.wishes import EVENING_BEFORE, Terms, checked_moments
from bot.domain.wishing import read_moments

SHANGHAI = ZoneInfo("Asia/Shanghai")
zones = st.sampled_from([SHANGHAI, ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")])
instants = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
nights = st.tuples(st.times(), st.times()).map(
    lambda n: (n[0].replace(second=0, microsecond=0), n[1].replace(second=0, microsecond=0))
)
nights = nights.filter(lambda night: minutes_of(night) <= LONGEST_NIGHT)
moments = st.lists(st.sampled_from([EVENING_BEFORE, "1@23:30", "0@06:00", "120", "90", "600", "2@08:00"]), max_size=3)


def local(hour, minute=0, day=2):
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


def terms(*chosen, **more):
    asks = tuple((r.key, -r.after) for r in rungs_of(ShiftRules()) if r.key == "soon")
    return Terms(zone=SHANGHAI, moments=chosen or (EVENING_BEFORE,), night=NIGHT, asks=asks, **more)


def test_a_shift_at_six_in_the_morning_is_reminded_of_on_the_evening_before_and_asked_about_once():
    start = local(6, day=3)

    assert terms().reminders(start) == [(EVENING_BEFORE, local(19))]
    assert terms().questions(start) == []  # at 21:30 they were asked two and a half hours ago
    assert terms("1@08:00").questions(start) == [("soon", local(21, 30))]
    assert terms("60").reminders(start) == [("60", local(21, 30))]


def test_a_shift_by_day_is_reminded_of_just_when_it_was_wished():
    assert terms("120", EVENING_BEFORE).reminders(local(14, day=3)) == [
        (EVENING_BEFORE, local(19)),
        ("120", local(12, day=3)),
    ]
    assert terms("0@07:00").reminders(local(14, day=3)) == [("0@07:00", local(7, day=3))]


def test_only_the_first_means_one_message_and_no_reminders_means_no_question_either():
    start = local(14, day=3)

    assert terms("120", EVENING_BEFORE, only_first=True).reminders(start) == [(EVENING_BEFORE, local(19))]
    assert terms(only_first=True).questions(start) == []
    assert Terms(zone=SHANGHAI, moments=(), asks=(("soon", timedelta(hours=2)),)).questions(start) == []


def test_a_moment_that_is_not_before_the_shift_is_left_out():
    assert terms("0@09:00").reminders(local(8, day=3)) == []


@given(instants, zones, nights, moments)
def test_nobody_is_ever_reminded_in_quiet_hours_or_after_the_start(start, zone, night, chosen):
    one = Terms(zone=zone, moments=tuple(chosen), night=night, asks=(("soon", timedelta(hours=2)),))

    for _, due in (*one.reminders(start), *one.questions(start)):
        assert due < start
        assert quiet_until(zone, due, night) is None


@given(instants, zones, nights)
def test_what_falls_into_the_night_moves_earlier_and_nothing_else_moves(due, zone, night):
    moved = before_the_night(due, zone, night)

    assert (moved == due) == (quiet_until(zone, due, night) is None)
    assert moved <= due
    assert before_the_night(due, zone, None) == due


@given(instants, zones, nights)
def test_quiet_hours_are_the_present_or_the_next(now, zone, night):
    begin, end = quiet_hours(zone, now, night)

    assert begin < end
    assert now < end
    assert begin - now <= timedelta(hours=49)  # Apia left out a day


def test_quiet_hours_by_day_are_a_rest_after_lunch():
    noon = (time(13), time(15))

    assert quiet_until(SHANGHAI, local(14), noon) == local(15)
    assert quiet_until(SHANGHAI, local(15), noon) is None
    assert before_the_night(local(13), SHANGHAI, noon) == local(12, 30)


@pytest.mark.parametrize(
    ("said", "read"),
    {
        "the evening before at 19:00": (EVENING_BEFORE,),
        "evening before 7pm, 2 hours before": (EVENING_BEFORE, "120"),
        "evening before 7": (EVENING_BEFORE,),
        "2 days before 18:00": ("2@18:00",),
        "1 hour and 30 min": ("90",),
        "half an hour before": ("30",),
        "same day 7:00, 20 min": ("0@07:00", "20"),
        "前一天晚上7点，提前2小时": (EVENING_BEFORE, "120"),
        "提前一个半小时": ("90",),
        "前一晚八点半": ("1@20:30",),
        "两小时前、当天早上7点": ("120", "0@07:00"),
        "提前2小时和前一天晚上七点": ("120", EVENING_BEFORE),
    }.items(),
)
def test_moments_are_typed_in_two_languages(said, read):
    assert read_moments(said) == read


@pytest.mark.parametrize(
    "said",
    ["", "soon", "前一天", "evening before", "9 days before 8:00", "5 min", "2h, 3h, 4h, 5h", "evening before 25:00"],
)
def test_what_is_no_moment_is_not_read(said):
    assert read_moments(said) is None


@given(st.text(alphabet="0123456789 :@,hmd前天晚点提小时半两evning bfor", max_size=25))
def test_whatever_is_typed_is_read_as_moments_or_not_at_all(said):
    read = read_moments(said)

    assert read is None or checked_moments(read) == read
