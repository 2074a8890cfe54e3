"""The group is asked for people in one message a day, which is kept true."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.commands import ClaimShift
from bot.domain.gaps import called_on, gaps_of, is_to_ask, kept_days, look_after
from bot.ports.hints import Touched
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.gaps import gap_card
from tests.services.conftest import NOW, NumberedIds

START = NOW + timedelta(hours=96)  # 4 days after 08:00 on 1 December, a Saturday


@pytest.fixture
async def utc(town, chen):
    """Clocks read in UTC."""
    await town.use.communities.choose_zone(chen, town.community, "UTC", admin=True)
    await town.use.rounds.go()


async def at(town, hours_before, start=START):
    town.clock.instant = start - timedelta(hours=hours_before)
    await town.use.rounds.go()


async def asked(town):
    """The messages there are, by day."""
    async with town.store.reading() as tx:
        days = [date(2026, 12, 1) + timedelta(days=n) for n in range(10)]
        return [card for day in days for card in await tx.cards.of_day(gaps_of(town.community), day)]


async def shown(town, card):
    desk = Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())
    async with desk.reading() as view:
        return await gap_card(view, card)


async def test_a_group_is_asked_three_days_before_and_not_sooner(town, chen, utc):
    shift = await town.shift(chen, hours=96)
    await at(town, 72.5)
    assert await asked(town) == []

    await at(town, 72)

    [card] = await asked(town)
    assert [slot.shift_id for slot in (await shown(town, card)).slots] == [shift]


async def test_a_day_has_one_message_however_many_shifts_call(town, chen, utc):
    await town.shift(chen, hours=96)
    await at(town, 72)
    await town.shift(chen, hours=73 + 2)
    await at(town, 70)

    [card] = await asked(town)
    assert len((await shown(town, card)).slots) == 2


async def test_the_next_message_comes_a_day_before_and_the_old_one_points_to_it(town, chen, utc):
    await town.shift(chen, hours=96)
    await at(town, 72)
    await at(town, 48)
    assert len(await asked(town)) == 1

    await at(town, 24)
    await at(town, 23)

    old, new = await asked(town)
    assert ((await shown(town, old)).over, (await shown(town, new)).over) == (True, False)


async def test_nobody_is_asked_when_enough_people_came_meanwhile(town, chen, utc):
    li = await town.person(2, "Li Na")
    shift = await town.shift(chen, hours=96)
    await at(town, 72)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    [card] = await asked(town)
    assert (await shown(town, card)).slots == ()
    assert Touched(card.checkpoint_id, card.day) in town.heard.days

    await at(town, 24)

    assert len(await asked(town)) == 1


async def test_a_group_is_not_asked_in_the_night_but_the_evening_before(town, chen, utc):
    start = NOW + timedelta(hours=92)  # 04:00: all that is due at 04:00, 16:00 and 01:00
    await town.shift(chen, hours=92)
    await at(town, 72 + 6.5, start)  # 21:30 on the evening before
    [card] = await asked(town)

    await at(town, 72 + 4, start)  # midnight
    await at(town, 72, start)

    assert [c.day for c in await asked(town)] == [card.day]


async def test_after_an_outage_all_that_was_due_is_one_message(town, chen, utc):
    for hours in (60, 66, 96):
        await town.shift(chen, hours=hours)

    await at(town, 40)

    assert len(await asked(town)) == 1


async def test_shifts_made_at_short_notice_are_not_asked_for_twice(town, chen, utc):
    await at(town, 20)
    await town.shift(chen, hours=20)

    await at(town, 19)
    assert await asked(town) == []

    await at(town, 12)
    assert len(await asked(town)) == 1


async def test_a_bot_killed_between_two_looks_asks_once(town, chen, utc):
    await town.shift(chen, hours=96)
    await at(town, 72)
    town.use.rounds._seen = None
    await at(town, 72)
    await at(town, 71.5)

    assert len(await asked(town)) == 1


def test_a_look_is_at_the_next_full_or_half_hour():
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert look_after(noon) == noon + timedelta(minutes=30)
    assert look_after(noon + timedelta(minutes=29, seconds=59, microseconds=5)) == noon + timedelta(minutes=30)


def test_a_later_day_than_that_of_the_last_message_is_what_asks_again():
    today = date(2026, 12, 5)
    assert is_to_ask([None, today], None)
    assert not is_to_ask([today, None], today)
    assert not is_to_ask([None], None)
    assert is_to_ask([today], today - timedelta(days=1))
    assert kept_days(today)[-1] == date(2026, 12, 1)


async def test_what_called_before_a_shift_was_made_does_not_count(town, chen, utc):
    shift_id = await town.shift(chen, hours=20)
    async with town.store.reading() as tx:
        shift, community = await tx.shifts.one(shift_id), await tx.communities.one(town.community)
    assert called_on(shift, community, NOW) is None
    assert called_on(shift, community, NOW + timedelta(hours=8)) == date(2026, 12, 1)
