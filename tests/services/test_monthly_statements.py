"""The monthly statement: on the 1st, in the morning, one message for whoever served and wants it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commands import ClaimShift
from bot.domain.duty_commands import CheckIn, CheckOut, HoursOfAll, SendStatements
from bot.domain.errors import NotAllowed
from bot.domain.policies import STATEMENT
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.statements import look_up_statement
from tests.services.conftest import NOW, NumberedIds

START = NOW + timedelta(hours=48)
FIRST = datetime(2027, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


async def serve(town, chief, who, gate=None):
    shift = await town.shift(chief, hours=(START - town.clock.now()).total_seconds() / 3600, gate=gate)
    await town.use.shifts.claim(who, ClaimShift(shift), town.cause())
    before, town.clock.instant = town.clock.instant, START
    await town.use.attendance.check_in(who, CheckIn(shift), town.cause())
    town.clock.instant = START + timedelta(hours=4)
    await town.use.attendance.check_out(who, CheckOut(shift, sure=True), town.cause())
    town.clock.instant = before


async def at(town, instant):
    town.clock.instant = instant
    await town.use.rounds.go()


async def statements(town):
    return [n for n in await town.owed() if n.kind == STATEMENT]


def desk(town):
    return Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())


@pytest.fixture
async def zone(town, chen):
    """Clocks read in UTC, so that 09:00 is 09:00."""
    await town.use.communities.choose_zone(chen, town.community, "UTC", admin=True)


async def test_whoever_served_gets_it_on_the_first_at_nine_and_nobody_else(town, chen, li, zone):
    await serve(town, chen, li)
    await at(town, FIRST - timedelta(minutes=1))
    assert await statements(town) == []

    await at(town, FIRST)
    await at(town, FIRST + timedelta(hours=1))

    [owed] = await statements(town)
    assert (owed.person_id, owed.facts["month"]) == (li.person_id, "2026-12")
    async with desk(town).reading() as view:
        told = await look_up_statement(view, owed)
    assert (told.page.minutes, told.page.shifts, told.page.back) == (240, 1, 1)


async def test_it_comes_once_for_all_communities_together(town, chen, li, zone):
    second = await town.found(chen, chat_id=-200, title="Aspen Court")
    await town.use.communities.choose_zone(chen, second, "UTC", admin=True)
    town.chat_id = -200
    await town.person(2, "Li Na")
    yard = (await town.use.checkpoints.open(chen, second, "Yard", town.cause())).checkpoint_id
    await serve(town, chen, li)
    shift = await town.shift(chen, hours=72, gate=yard)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    town.clock.instant = NOW + timedelta(hours=72)
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())
    town.clock.instant += timedelta(hours=2)
    await town.use.attendance.check_out(li, CheckOut(shift, sure=True), town.cause())

    await at(town, FIRST - timedelta(hours=1))
    await at(town, FIRST)

    [owed] = await statements(town)
    async with desk(town).reading() as view:
        assert (await look_up_statement(view, owed)).page.minutes == 360


async def test_whoever_switched_it_off_gets_none_even_if_it_is_on_its_way(town, chen, li, zone):
    await serve(town, chen, li)
    await at(town, FIRST - timedelta(hours=1))
    await at(town, FIRST)
    [owed] = await statements(town)

    await town.use.hours.send_statements(li, SendStatements(on=False))

    async with desk(town).reading() as view:
        assert await look_up_statement(view, owed) is None


async def test_after_an_outage_of_more_than_three_days_it_is_not_sent(town, chen, li, zone):
    await serve(town, chen, li)
    await at(town, FIRST - timedelta(hours=1))

    await at(town, FIRST + timedelta(days=4))

    assert await statements(town) == []


async def test_everybodys_hours_are_for_whoever_leads_there(town, chen, li):
    assert await town.use.hours.where(li) == []
    assert [s.community for s in await town.use.hours.where(chen)] == ["Willow Court"]
    with pytest.raises(NotAllowed):
        await town.use.hours.of_all(li, HoursOfAll(town.community))
