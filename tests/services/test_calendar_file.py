"""Shifts as calendar files that other programs read: what is in them, and what becomes of it later."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from bot.domain.calendar_outcomes import CalendarEntry
from bot.domain.commands import CancelShift, ClaimShift, ReleaseShift
from bot.domain.errors import NotYours
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
    note="Bring, a lamp;\r\nSTATUS:CANCELLED",
)


def written(*slots, sequence=3, cancelled=False, language="en"):
    entries = [CalendarEntry(slot=slot, sequence=sequence, cancelled=cancelled) for slot in slots or (SLOT,)]
    return calendar_file(entries, now=START, language=language)


def at(zone, instant):
    values = {name: getattr(SLOT, name) for name in Slot.__dataclass_fields__}
    return Slot(**values | {"zone": zone, "start": instant, "end": instant + timedelta(hours=4)})


def lines(file):
    """The second reading, by hand: unfolded lines as RFC 5545 has them."""
    return re.sub(r"\r\n[ \t]", "", file.decode()).split("\r\n")


def test_the_file_says_when_where_and_in_which_zone():
    calendar = Calendar.from_ical(written(language="zh_Hans"))
    [event] = calendar.walk("VEVENT")

    assert event.decoded("dtstart") == START
    assert str(event["dtstart"].params["TZID"]) == "Asia/Shanghai"
    assert (event["uid"], event["sequence"], event["status"]) == ("c-1@muster", 3, "CONFIRMED")
    assert calendar.walk("VTIMEZONE")
    read = lines(written())
    assert "DTSTART;TZID=Asia/Shanghai:20261201T080000" in read
    assert "UID:c-1@muster" in read
    assert "DTSTAMP:20261201T000000Z" in read
    assert read[0] == "BEGIN:VCALENDAR"


def test_a_place_that_is_no_longer_mine_is_cancelled_under_the_same_name():
    read = lines(written(sequence=4, cancelled=True))
    assert {"UID:c-1@muster", "SEQUENCE:4", "STATUS:CANCELLED"} <= set(read)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Sao_Paulo", "Asia/Shanghai", "UTC"]
)
def test_the_zone_in_the_file_has_the_clock_changes_of_the_zone_itself(zone):
    instants = [datetime(2026, month, 25, 13, tzinfo=UTC) for month in range(1, 13)]
    instants += [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)]
    file = written(*[at(zone, instant) for instant in instants])

    described = tzical(StringIO(file.decode().replace("\r\n", "\n"))).get(zone) if zone != "UTC" else UTC

    for instant, event in zip(instants, Calendar.from_ical(file).walk("VEVENT"), strict=True):
        local = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert event.decoded("dtstart") == instant
        assert local.replace(tzinfo=described).astimezone(UTC) == instant


def test_a_stranger_cannot_add_lines_through_a_name_or_a_note():
    [event] = Calendar.from_ical(written()).walk("VEVENT")

    assert "attendee" not in event
    assert event["status"] == "CONFIRMED"
    assert all(len(line) <= 75 for line in written().split(b"\r\n"))


def test_nothing_to_put_into_it_is_a_file_all_the_same():
    assert Calendar.from_ical(calendar_file([], now=START, language="en")).walk("VEVENT") == []


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


async def test_all_of_mine_are_in_one_file_and_nobody_elses(town, chen, li):
    near, far, other = [await town.shift(chen, hours=h) for h in (30, 300, 60)]
    for shift in (near, far):
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.claim(chen, ClaimShift(other), town.cause())

    page = await town.use.calendars.all(li)

    assert [(e.slot.shift_id, e.cancelled) for e in page.entries] == [(near, False), (far, False)]
    with pytest.raises(NotYours):
        await town.use.calendars.one(li, other)


async def test_every_change_makes_the_number_greater_and_keeps_the_name(town, chen, li):
    shift = await town.shift(chen, hours=60)
    seen = []

    async def look():
        [entry] = (await town.use.calendars.one(li, shift)).entries
        seen.append((entry.sequence, entry.cancelled))

    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await look()
    await town.use.shifts.release(li, ReleaseShift(shift, sure=True), town.cause())
    await look()
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await look()
    await town.use.shifts.call_off(chen, CancelShift(shift, sure=True), town.cause())
    await look()

    numbers = [sequence for sequence, _ in seen]
    assert numbers == sorted(set(numbers))
    assert [cancelled for _, cancelled in seen] == [False, True, False, True]
