"""Every notice is sent once, in its person's order, the urgent before the rest."""

import asyncio

import pytest

from bot.delivery.pacer import Limits, Pacer
from bot.domain.notices import Lane, NoticeState
from bot.ports.messenger import NotSent, RetryLater
from bot.ports.store import StoreFailed
from tests.delivery.outbox_house import OutboxHouse


@pytest.fixture
def house():
    return OutboxHouse()


async def test_a_notice_is_sent_and_its_row_says_so(house):
    id_ = await house.owe(7)
    await house.passes(1)
    assert house.messenger.sent == [(0, 7, id_)]
    row = await house.row(id_)
    assert (row.state, row.attempts, row.message_id) == (NoticeState.SENT, 1, 1)


async def test_a_hint_wakes_it_at_once_and_without_one_it_looks_by_itself(house):
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(10)
    first = await house.owe(1)
    await house.clock.advance(0.5)
    house.outbox.wake = lambda: None
    second = await house.owe(2)
    await house.clock.advance(31)
    assert [(at, text) for at, _, text in house.messenger.sent] == [(10, first), (40, second)]
    house.outbox.stop()
    house.outbox._hint.set()
    await house.clock.run(running)


async def test_a_notice_for_later_is_sent_when_it_is_due(house):
    await house.owe(7, in_seconds=45)
    await house.passes(60)
    assert [at for at, *_ in house.messenger.sent] == [45]


async def test_the_row_is_marked_durably_before_the_call_is_made(house):
    id_ = await house.owe(7)
    house.messenger.takes = 5
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    assert (await house.row(id_)).state is NoticeState.SENDING
    await house.clock.advance(5)
    assert (await house.row(id_)).state is NoticeState.SENT
    house.outbox.stop()
    await house.clock.run(running)


async def test_one_persons_notices_arrive_in_the_order_they_were_made_the_urgent_first(house):
    reminder = await house.owe(7, Lane.REMINDER)
    first = await house.owe(7)
    second = await house.owe(7)
    urgent = await house.owe(7, Lane.URGENT)
    await house.passes(10)
    assert house.texts == [urgent, first, second, reminder]


async def test_the_urgent_goes_before_a_long_broadcast(house):
    await house.owe(1, Lane.BROADCAST, count=1)
    for person in range(2, 122):
        await house.owe(person, Lane.BROADCAST)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(2)
    urgent = await house.owe(1000, Lane.URGENT)
    before = house.clock.monotonic()
    await house.clock.advance(0.1)
    assert urgent in house.texts
    assert next(at for at, _, text in house.messenger.sent if text == urgent) - before <= 0.08
    await house.clock.advance(5)
    assert len(house.messenger.sent) == 122
    house.outbox.stop()
    await house.clock.run(running)


async def test_a_broadcast_keeps_the_pace(house):
    house.messenger.takes = 0.15
    for person in range(1, 101):
        await house.owe(person, Lane.BROADCAST)
    await house.passes(5)
    times = [at for at, *_ in house.messenger.sent]
    assert len(times) == 100
    assert times[-1] - times[0] == pytest.approx(99 * 0.04, abs=0.01)


async def test_somebody_held_back_with_very_many_notices_does_not_hold_up_the_others(house):
    house.messenger.failures = {7: [RetryLater(600)]}
    await house.owe(7, Lane.BROADCAST, count=300)
    await house.owe(8, Lane.BROADCAST)
    await house.passes(30)
    assert [chat for _, chat, _ in house.messenger.sent] == [8]


async def test_something_urgent_passes_what_waits_for_its_next_try(house):
    house.messenger.failures = {7: [NotSent("x")] * 4}
    await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(9)
    house.messenger.failures = {}
    urgent = await house.owe(7, Lane.URGENT)
    await house.clock.advance(2)
    assert house.texts == [urgent]
    house.outbox.stop()
    await house.clock.run(running)


async def test_it_ends_when_the_store_can_keep_nothing_more(house):
    async def fails(*_):
        raise StoreFailed

    house.outbox._attempts.make = fails
    await house.owe(7)
    with pytest.raises(StoreFailed):
        await house.clock.run(house.outbox.run())


async def test_stopping_lets_a_call_end_and_begins_nothing_more(house):
    house.messenger.takes = 5
    first, second = await house.owe(7), await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    house.outbox.stop()
    await house.clock.run(running)
    assert (await house.row(first)).state is NoticeState.SENT
    assert (await house.row(second)).state is NoticeState.PENDING


async def test_stopping_does_not_wait_for_those_who_wait_for_their_turn(house):
    house.pacer = Pacer(house.clock, Limits(per_second=0.001))
    house.outbox = house.new_outbox()
    ids = [await house.owe(person) for person in range(1, 6)]
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    house.outbox.stop()
    await house.clock.settle()
    assert running.done()
    states = [(await house.row(id_)).state for id_ in ids]
    assert states.count(NoticeState.SENT) == 1
    assert states.count(NoticeState.PENDING) == 4


async def test_personal_notices_make_a_sound_and_broadcasts_do_not(house):
    await house.owe(7, Lane.URGENT)
    await house.owe(8, Lane.BROADCAST)
    await house.passes(5)
    assert house.messenger.silent == [False, True]


async def test_a_notice_that_edits_shows_it_in_place_and_posts_it_anew_where_that_message_is_gone(house):
    await house.owe(7)
    in_place = await house.owe(7, facts={"edits": 1})
    anew = await house.owe(8, facts={"edits": 99})
    await house.passes(10)
    assert [text for _, _, text in house.messenger.edits] == [in_place]
    assert (await house.row(in_place)).message_id == 1
    assert house.texts[-1] == anew
    assert (await house.row(anew)).state is NoticeState.SENT
