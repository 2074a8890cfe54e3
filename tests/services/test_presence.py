"""After an absence the cards that stood there say so for half an hour, whatever changes on them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cards import AWAY_SHOWN
from bot.domain.commands import ClaimShift
from bot.ids import RandomIds
from bot.recurrence import Rules
from bot.services.cards import day_card
from bot.services.desk import Work


@pytest.fixture
async def card(town, chen):
    """A card that was posted."""
    await town.shift(chen, places=3)
    async with town.store.transaction() as tx:
        [row] = await tx.cards.live(town.clock.now())
        await tx.cards.save(replace(row, message_id=17))
    return row.id


async def shown(town, card):
    async with town.store.reading() as tx:
        return (await day_card(Work(tx, town.clock.now(), RandomIds(), Rules()), await tx.cards.one(card))).away


async def test_the_last_time_is_remembered(town):
    assert await town.use.presence.last() is None
    for minutes in (0, 1):
        await town.use.presence.beat(town.clock.now() + timedelta(minutes=minutes))
    assert await town.use.presence.last() == town.clock.now() + timedelta(minutes=1)


async def test_an_absence_is_on_every_posted_card_and_stays_there_while_others_press(town, chen, card):
    since, until = town.clock.now() - timedelta(minutes=5), town.clock.now()
    town.heard.days.clear()
    await town.use.presence.returned(since, until)
    assert len(town.heard.days) == 1
    async with town.store.reading() as tx:
        [shift] = await tx.shifts.of_community(town.community, town.clock.now(), town.clock.now() + timedelta(days=9))
    await town.use.shifts.claim(await town.person(2), ClaimShift(shift.id), town.cause())
    assert await shown(town, card) == (since, until)


async def test_it_is_taken_off_after_half_an_hour_and_not_before(town, card):
    until = town.clock.now()
    await town.use.presence.returned(until - timedelta(hours=1), until)
    town.clock.instant += AWAY_SHOWN - timedelta(seconds=1)
    town.heard.days.clear()
    await town.use.presence.fade()
    assert (await shown(town, card) is not None, town.heard.days) == (True, set())
    town.clock.instant += timedelta(seconds=1)
    assert await shown(town, card) is None
    await town.use.presence.fade()
    assert len(town.heard.days) == 1


async def test_a_card_that_was_not_there_says_nothing(town, chen):
    await town.shift(chen)
    await town.use.presence.returned(town.clock.now() - timedelta(hours=1), town.clock.now())
    async with town.store.reading() as tx:
        assert [c.away_until for c in await tx.cards.live(town.clock.now())] == [None]
