"""Long polling confirms what is settled, passes over nothing, and waits in proportion when Telegram is away."""

import asyncio
from itertools import pairwise

import pytest
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError

from handlers.wire.faults import Flood
from handlers.wire.polling import Poller
from handlers.wire.receiver import TokenRefused
from tests.edges.arrivals import message, while_running


async def test_everything_is_handled_and_confirmed(telegram, product, poller, clock):
    telegram.queue = [message(n, person=n) for n in range(1, 251)]
    await while_running(poller, clock)
    assert sorted(product.done) == list(range(1, 251))
    assert telegram.unconfirmed == []
    assert not product.poison


async def test_an_update_is_not_confirmed_before_it_is_handled(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(2, person=2)]
    product.takes = {1: 30}
    running = asyncio.create_task(poller.run())
    await clock.advance(29)
    assert product.done == [2]
    assert 1 in telegram.unconfirmed
    await clock.advance(2)
    assert telegram.unconfirmed == []
    poller.stop()
    await clock.run(running)


async def test_what_comes_behind_a_slow_update_is_not_held_up_and_is_handled_once(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1)]
    product.takes = {1: 60}
    running = asyncio.create_task(poller.run())
    for n in range(2, 40):
        await clock.advance(1)
        telegram.queue.append(message(n, person=n))
    await clock.advance(1)
    assert product.done == list(range(2, 40))
    assert telegram.unconfirmed == list(range(1, 40))
    await clock.advance(30)
    assert telegram.unconfirmed == []
    poller.stop()
    await clock.run(running)
    assert product.begun == list(range(1, 40))


async def test_waiting_for_a_slow_update_is_no_tight_loop(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1)]
    product.takes = {1: 60}
    await while_running(poller, clock, 60)
    assert len(telegram.asked) <= 125


async def test_update_ids_that_start_anew_at_a_lower_number_are_still_received(telegram, product, poller, clock):
    telegram.queue = [message(900_000, person=1)]
    running = asyncio.create_task(poller.run())
    await clock.advance(120)
    telegram.queue.append(message(5, person=1))
    await clock.advance(120)
    telegram.queue.append(message(6, person=1))
    await clock.advance(5)
    poller.stop()
    await clock.run(running)
    assert product.done == [900_000, 5, 6]
    assert telegram.unconfirmed == []


async def test_a_second_poller_is_told_of_and_waited_for_without_a_tight_loop(telegram, product, poller, clock, caplog):
    telegram.failures = [Conflict("Conflict: terminated by other getUpdates request")] * 5
    telegram.queue = [message(1, person=1)]
    await while_running(poller, clock, 200)
    assert [at for at, *_ in telegram.asked][:6] == [0, 5, 15, 35, 75, 135]
    assert "another copy of this program" in caplog.text
    assert product.done == [1]


async def test_a_webhook_that_somebody_has_set_is_named_as_what_keeps_us_out(telegram, product, poller, clock, caplog):
    telegram.failures = [
        Conflict("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first")
    ]
    telegram.queue = [message(1, person=1)]
    await while_running(poller, clock, 10)
    assert "a webhook that somebody has set" in caplog.text
    assert "while webhook is active" in caplog.text
    assert product.done == [1]


async def test_an_unknown_token_ends_receiving_at_any_moment(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1)]
    running = asyncio.ensure_future(poller.run())
    await clock.advance(5)
    telegram.failures = [InvalidToken("Unauthorized")]
    with pytest.raises(TokenRefused):
        await clock.run(running)
    assert product.done == [1]


async def test_an_update_that_comes_twice_in_one_answer_is_handled_once(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(1, person=1), message(2, person=1)]
    await while_running(poller, clock, 10)
    assert product.begun == [1, 2]
    assert telegram.unconfirmed == []


async def test_while_the_network_is_down_it_waits_longer_each_time_and_says_for_how_long_it_was_away(
    telegram, product, intake, clock, caplog
):
    heard = []
    telegram.failures = [NetworkError("down")] * 8
    telegram.queue = [message(1, person=1)]
    poller = Poller(telegram.poll, intake, clock, reached=lambda: heard.append(clock.monotonic()), jitter=lambda: 1.0)
    await while_running(poller, clock, 200)
    times = [at for at, *_ in telegram.asked][:9]
    assert [b - a for a, b in pairwise(times)] == [1, 2, 4, 8, 16, 30, 30, 30]
    assert heard[0] == 121
    assert "its last answer before was 121 s ago" in caplog.text
    assert product.done == [1]


async def test_the_waits_differ_at_random_so_that_many_bots_do_not_come_back_at_once(telegram, intake, clock):
    telegram.failures = [NetworkError("down")] * 2
    poller = Poller(telegram.poll, intake, clock, jitter=lambda: 0.0)
    await while_running(poller, clock, 10)
    assert [at for at, *_ in telegram.asked][:3] == [0, 0.5, 1.5]


async def test_being_asked_to_slow_down_is_obeyed(telegram, poller, clock):
    telegram.failures = [Flood(60)]
    await while_running(poller, clock, 70)
    assert [at for at, *_ in telegram.asked][:2] == [0, 60]


async def test_stopping_interrupts_the_long_poll_and_waits_for_what_is_under_way(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1)]
    product.takes = {1: 20}
    running = asyncio.create_task(poller.run())
    await clock.advance(1)
    poller.stop()
    await clock.run(running)
    assert clock.monotonic() == 20
    assert product.done == [1]
    assert telegram.unconfirmed == []


async def test_stopping_while_nothing_happens_is_immediate(poller, clock):
    running = asyncio.create_task(poller.run())
    await clock.advance(10.5)
    poller.stop()
    await clock.settle()
    assert running.done()


async def test_stopping_succeeds_even_if_the_last_confirmation_does_not(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1)]
    product.takes = {1: 20}
    running = asyncio.create_task(poller.run())
    await clock.advance(1)
    telegram.failures = [BadRequest("x")]
    poller.stop()
    await clock.run(running)
    assert telegram.unconfirmed == [1]


async def test_what_is_no_update_is_put_aside_once_and_not_asked_for_in_a_tight_loop(telegram, product, intake, clock):
    async def answer(offset, seconds, limit):
        return [{"strange": 1}, *await telegram.poll(offset, 0, limit)]

    await while_running(Poller(answer, intake, clock), clock, 600)
    assert [raw for raw, *_ in product.poison] == [{"strange": 1}]
    assert len(telegram.asked) < 300


async def test_what_is_no_update_holds_up_no_update(telegram, product, intake, clock):
    async def answer(offset, seconds, limit):
        return [{"strange": 1}, *await telegram.poll(offset, 0, limit)]

    running = asyncio.create_task(Poller(answer, intake, clock).run())
    await clock.advance(60)
    telegram.queue = [message(n, person=n) for n in range(1, 150)]
    await clock.advance(10)
    running.cancel()
    assert sorted(product.done) == list(range(1, 150))
    assert telegram.unconfirmed == []
