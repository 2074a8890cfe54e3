"""A shift as a calendar file that other programs read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from bot.domain.ids import CheckpointId, CommunityId, ShiftId
from bot.domain.outcomes import Slot
from bot.exports.calendar import calendar_file

START = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
SLOT = Slot(
    shift_id=ShiftId("c-1"),
    community_id=CommunityId("c"),
    checkpoint_id=CheckpointId("c-g"),
    place="东门; \r\nATTENDEE:x",
    zone="Asia/Shanghai",
    start=START,
    end=START + timedelta(hours=4),
    needed=1,
    capacity=1,
    on=1,
    waiting=0,
)


def test_the_file_says_when_where_and_in_which_zone():
    calendar = Calendar.from_ical(calendar_file([SLOT], language="zh_Hans"))
    [event] = calendar.walk("VEVENT")

    assert event.decoded("dtstart") == START
    assert str(event["dtstart"].params["TZID"]) == "Asia/Shanghai"
    assert event["uid"] == "c-1@muster"
    assert calendar.walk("VTIMEZONE")


def test_a_stranger_cannot_add_lines_through_a_name():
    [event] = Calendar.from_ical(calendar_file([SLOT], language="en")).walk("VEVENT")

    assert "attendee" not in event
    assert all(len(line) <= 75 for line in calendar_file([SLOT], language="en").split(b"\r\n"))


def test_the_note_of_a_shift_is_in_the_file():
    noted = replace(SLOT, note="bring gloves\nATTENDEE:x")

    [event] = Calendar.from_ical(calendar_file([noted], language="en")).walk("VEVENT")

    assert str(event["description"]) == "bring gloves\nATTENDEE:x"
    assert "attendee" not in event
