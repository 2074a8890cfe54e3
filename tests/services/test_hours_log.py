"""Hours that were served in the town, and what a coordinator sets right."""

from datetime import timedelta

import pytest

from bot.domain.commands import ClaimShift
from bot.domain.duty_commands import CheckIn, CheckOut, CorrectAttendance, HoursOfAll, MyHours
from bot.domain.duty_outcomes import HoursLine
from bot.domain.errors import NotAllowed
from bot.domain.life_errors import ReasonNeeded
from bot.exports.hours import hours_file
from tests.services.conftest import NOW

START = NOW + timedelta(hours=48)
MINUTE = timedelta(minutes=1)


async def at(town, instant):
    """Let the bell ring at that instant."""
    town.clock.instant = instant
    await town.use.rounds.go()


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


@pytest.fixture
async def shift(town, chen, li):
    shift = await town.shift(chen, places=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    return shift


async def served(town, who, shift, *, came, went):
    """Let somebody come and go at these instants."""
    town.clock.instant = came
    await town.use.attendance.check_in(who, CheckIn(shift), town.cause())
    town.clock.instant = went
    await town.use.attendance.check_out(who, CheckOut(shift, sure=True), town.cause())


async def hours_of(town, who):
    return [line.minutes for line in (await town.use.hours.mine(who, MyHours())).lines]


async def test_hours_count_from_the_start_to_the_end_however_early_one_came(town, li, shift):
    await served(town, li, shift, came=START - 15 * MINUTE, went=START + timedelta(hours=4, minutes=10))

    assert await hours_of(town, li) == [240]


async def test_hours_follow_every_correction_and_its_reason_stays(town, chen, li, shift):
    await at(town, START)
    await at(town, START + timedelta(hours=6))
    assert await hours_of(town, li) == []
    right = CorrectAttendance(shift, li.person_id, "completed")
    with pytest.raises(NotAllowed):
        await town.use.corrections.correct(li, right, "I was", town.cause())
    with pytest.raises(ReasonNeeded):
        await town.use.corrections.correct(chen, right, "  ", town.cause())

    done = await town.use.corrections.correct(chen, right, "8-9:30 empty phone", "press")
    await town.use.corrections.correct(chen, right, "8-9:30 empty phone", "press")

    assert await hours_of(town, li) == [90]
    assert [(by, after, why) for _, by, after, why in done.sheet.history] == [
        ("Chen Guihua", "completed", "empty phone")
    ]
    await town.use.corrections.correct(chen, CorrectAttendance(shift, li.person_id, "excused"), "ill", town.cause())
    assert await hours_of(town, li) == []


async def test_everybodys_hours_are_for_coordinators(town, chen, li, shift):
    await served(town, li, shift, came=START, went=START + timedelta(hours=4))

    page = await town.use.hours.of_all(chen, HoursOfAll(town.community))
    assert [(line.person, line.minutes, line.shifts) for line in page.lines] == [("Li Na", 240, 1)]
    with pytest.raises(NotAllowed):
        await town.use.hours.of_all(li, HoursOfAll(town.community))
    with pytest.raises(NotAllowed):
        await town.use.hours.entries_of_all(li, HoursOfAll(town.community))


async def test_not_coming_twice_makes_a_private_note_to_those_who_lead(town, chen, li):
    for day in (0, 1):
        shift = await town.shift(chen, hours=48)
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
        start = town.clock.now() + timedelta(hours=48)
        await at(town, start)
        await at(town, start + timedelta(hours=6))
        notes = [n for n in await town.owed() if n.kind == "leads_no_shows"]
        assert len(notes) == day

    assert (notes[0].person_id, notes[0].facts["times"]) == (chen.person_id, 2)


def test_a_month_as_a_file_cannot_compute_what_somebody_calls_themselves():
    line = HoursLine(person="=1+1", place='Gate, "East"', start=START, end=START, minutes=90, night=0, credited=90)

    text = hours_file([line], ["a", "b", "c", "d", "e", "f", "g"]).decode("utf-8-sig")

    assert text.splitlines()[1] == '\'=1+1,"Gate, ""East""",2026-12-03 08:00,2026-12-03 08:00,1.50,0.00,1.50'
