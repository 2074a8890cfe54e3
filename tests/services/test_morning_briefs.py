"""The morning brief: what coordinators should know, once a day, when they want it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.brief_commands import SetBrief
from bot.domain.briefs import OFF, read_time
from bot.domain.commands import ClaimShift
from bot.domain.errors import NotAllowed
from bot.domain.notices import NoticeState
from bot.domain.people import Reach
from bot.domain.policies import BRIEF
from bot.domain.timers import TimerState
from bot.recurrence import Rules
from bot.services.briefs import look_up_brief
from bot.services.desk import Desk
from tests.services.conftest import NOW, NumberedIds

MORNING = datetime(2026, 12, 2, 7, 30, tzinfo=UTC)


@pytest.fixture
async def utc(town, chen):
    """Clocks read in UTC, and a first look taken."""
    await town.use.communities.choose_zone(chen, town.community, "UTC", admin=True)
    await at(town, NOW)
    await at(town, NOW + timedelta(minutes=30))


async def at(town, instant):
    town.clock.instant = instant
    await town.use.rounds.go()


async def briefs(town):
    return [n for n in await town.owed() if n.kind == BRIEF]


async def told(town, owed):
    async with Desk(town.store, town.clock, NumberedIds(), town.heard, Rules()).reading() as view:
        return await look_up_brief(view, owed)


async def test_in_the_morning_a_coordinator_reads_what_is_today_and_who_is_missing(town, chen, utc):
    today = await town.shift(chen, hours=26)
    later = await town.shift(chen, hours=120)
    await town.shift(chen, hours=9 * 24)

    await at(town, MORNING - timedelta(minutes=1))
    assert await briefs(town) == []
    await at(town, MORNING)
    await at(town, MORNING + timedelta(hours=1))

    [owed] = await briefs(town)
    assert owed.person_id == chen.person_id
    brief = await told(town, owed)
    assert [slot.shift_id for slot in brief.today] == [today]
    assert [slot.shift_id for slot in brief.gaps] == [today, later]


async def test_people_who_cannot_be_written_to_are_named_before_their_shift_comes(town, chen, utc):
    li, wang = await town.person(2, "Li Na"), await town.reachable(3, "Wang")
    for who, hours in ((li, 30), (wang, 40), (li, 100)):
        await town.use.shifts.claim(who, ClaimShift(await town.shift(chen, hours=hours)), town.cause())

    await at(town, MORNING)

    [owed] = await briefs(town)
    assert [who.name for who in (await told(town, owed)).unreached] == ["Li Na"]
    async with town.store.transaction() as tx:
        person = await tx.people.one(li.person_id)
        await tx.people.save(replace(person, reach=Reach.OPEN))
    assert (await told(town, owed)).unreached == ()


async def test_whoever_was_asked_and_has_not_answered_is_named(town, chen, utc):
    li = await town.reachable(2, "Li Na")
    shift = await town.shift(chen, hours=30)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await at(town, datetime(2026, 12, 1, 19, tzinfo=UTC))

    await at(town, MORNING)

    [owed] = await briefs(town)
    assert [who.name for who in (await told(town, owed)).silent] == ["Li Na"]


async def test_an_empty_brief_is_not_sent(town, chen, utc):
    await at(town, MORNING)

    assert await briefs(town) == []


async def test_volunteers_get_none_and_cannot_ask_for_one(town, chen, utc):
    li = await town.reachable(2, "Li Na")
    with pytest.raises(NotAllowed):
        await town.use.briefs.look(li)
    with pytest.raises(NotAllowed):
        await town.use.briefs.choose(li, SetBrief("09:00"))


async def test_it_comes_when_they_choose_and_once_a_day_all_the_same(town, chen, utc):
    await town.shift(chen, hours=120)
    assert (await town.use.briefs.typed(chen, "9点")).at == "09:00"
    await at(town, MORNING)
    assert await briefs(town) == []

    await at(town, MORNING + timedelta(hours=1, minutes=30))
    assert len(await briefs(town)) == 1

    await town.use.briefs.typed(chen, "10:15")
    await at(town, MORNING + timedelta(hours=3))
    assert len(await briefs(town)) == 1


async def test_switched_off_it_does_not_come_even_if_it_is_on_its_way(town, chen, utc):
    await town.shift(chen, hours=120)
    await at(town, MORNING)
    [owed] = await briefs(town)

    assert (await town.use.briefs.typed(chen, "off")).at == OFF

    assert await told(town, owed) is None
    await at(town, MORNING + timedelta(days=1))
    assert len(await briefs(town)) == 1


async def test_what_is_no_time_changes_nothing_and_is_shown(town, chen, utc):
    shown = await town.use.briefs.typed(chen, "later")
    assert (shown.at, shown.unread) == ("07:30", "later")


async def test_a_day_missed_by_more_than_six_hours_is_recorded_and_the_next_one_comes(town, chen, utc):
    await town.shift(chen, hours=120)
    await at(town, MORNING + timedelta(hours=7))
    assert await briefs(town) == []
    async with town.store.reading() as tx:
        missed = await tx.timers.ended_before(TimerState.MISSED, town.clock.now(), 10)
    assert [timer.kind for timer in missed if timer.kind == BRIEF] == [BRIEF]

    await at(town, MORNING + timedelta(days=1))
    assert len(await briefs(town)) == 1
    async with town.store.reading() as tx:
        assert await tx.notices.in_state(NoticeState.FAILED, 10) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7:30", "07:30"),
        ("9", "09:00"),
        ("9点", "09:00"),
        ("18：05", "18:05"),
        ("关", OFF),
        ("OFF", OFF),
        ("25:00", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, read):
    assert read_time(typed) == read
