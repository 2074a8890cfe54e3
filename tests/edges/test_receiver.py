"""An update is confirmed when its effect is committed or it was put aside, and not a moment earlier."""

import asyncio
import inspect
import re

import pytest

from handlers.application import Edge
from handlers.wire.polling import Poller
from handlers.wire.receiver import ALLOWED_UPDATES, Intake, order_keys
from tests.edges.arrivals import Clash, DiskGone, Patience, message, press, while_running

FOR_EVER = 10.0**9


def test_exactly_the_updates_that_the_edge_handles_are_asked_for():
    handled = re.findall(r"update\.(\w+) is not None|\"(\w+)\" in raw", inspect.getsource(Edge.handle))
    assert sorted(ALLOWED_UPDATES) == sorted(parsed or raw for parsed, raw in handled)


async def test_one_persons_updates_are_handled_in_order_and_others_side_by_side(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(2, person=1), message(3, person=2), message(4, person=3, chat=1)]
    product.takes = {1: 5}
    running = asyncio.create_task(poller.run())
    await clock.advance(1)
    assert product.done == [3]
    await clock.advance(10)
    assert product.done[1] == 1
    assert sorted(product.done[2:]) == [2, 4]
    poller.stop()
    await clock.run(running)


def test_a_message_keeps_its_order_with_person_and_chat_and_a_press_with_its_person():
    assert order_keys(message(1, 5, -7)) == {("person", 5), ("chat", -7)}
    assert order_keys(press(1, 5)) == {("person", 5)}
    assert order_keys({"update_id": 1, "my_chat_member": {"chat": {"id": -7}, "from": {"id": 5}}}) == {
        ("person", 5),
        ("chat", -7),
    }
    assert order_keys({"update_id": 1, "poll_answer": {"user": {"id": 5}}}) == {("person", 5)}
    assert order_keys({"update_id": 1, "something_new": 5}) == frozenset()


async def test_only_so_many_updates_are_handled_at_once(product, clock):
    intake = Intake(product.handle, product.put_aside, conflict=Clash, at_once=10)
    product.takes = dict.fromkeys(range(100), 1.0)
    tasks = [intake.take(message(n, person=n + 1)) for n in range(100)]
    await clock.settle()
    assert len(product.begun) == 10
    await clock.run(asyncio.gather(*tasks))
    assert clock.monotonic() == 10


async def test_a_failing_update_is_put_aside_with_its_error_and_confirmed(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(2, person=1)]
    product.fails = {1: [ZeroDivisionError("division by zero")]}
    await while_running(poller, clock)
    [(raw, error, tries)] = product.poison
    assert raw == message(1, person=1)
    assert "ZeroDivisionError: division by zero" in error
    assert tries == 1
    assert product.done == [2]
    assert telegram.unconfirmed == []


async def test_a_conflict_is_tried_again_twice_before_the_update_is_put_aside(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(2, person=2)]
    product.fails = {1: [Clash(), Clash()], 2: [Clash(), Clash(), Clash()]}
    await while_running(poller, clock)
    assert product.done == [1]
    assert [(raw["update_id"], tries) for raw, _, tries in product.poison] == [(2, 3)]


@pytest.mark.parametrize("raw", [None, 7, "text", {}, {"update_id": "1"}, {"message": {}}])
async def test_what_is_no_update_is_put_aside_and_does_not_lose_its_batch(product, intake, poller, clock, raw):
    answers = [[message(1, person=1), raw, message(2, person=2)]]

    async def poll(offset, seconds, limit):
        if answers:
            return answers.pop()
        await clock.sleep(seconds or 1)
        return []

    odd = Poller(poll, intake, clock, jitter=lambda: 1.0)
    await while_running(odd, clock)
    assert sorted(product.done) == [1, 2]
    assert [put for put, _, _ in product.poison] == [raw]


async def test_when_nothing_can_be_promised_any_more_receiving_ends_and_nothing_is_confirmed(
    telegram, product, poller, clock
):
    telegram.queue = [message(1, person=1)]
    product.fails = {1: [DiskGone()]}
    with pytest.raises(DiskGone):
        await clock.run(poller.run())
    assert telegram.unconfirmed == [1]
    assert not product.poison


async def test_whoever_is_being_served_when_the_disk_fails_is_served_to_the_end(telegram, product, poller, clock):
    telegram.queue = [message(1, person=1), message(2, person=2), message(3, person=3)]
    product.fails = {2: [DiskGone()], 3: [DiskGone()]}
    product.takes = {1: 3, 3: 4}
    with pytest.raises(DiskGone):
        await clock.run(poller.run())
    assert product.begun == [1, 2, 3]
    assert product.done == [1]
    assert clock.monotonic() == 4
    assert telegram.unconfirmed == [1, 2, 3]


async def test_a_handler_that_hangs_holds_up_neither_others_nor_its_own_person_for_ever(telegram, product, clock):
    intake = Intake(product.handle, product.put_aside, conflict=Clash, patience=lambda: Patience(clock, 60.0))
    poller = Poller(telegram.poll, intake, clock, jitter=lambda: 1.0)
    telegram.queue = [message(1, person=1), message(2, person=1), *(message(n, person=n) for n in range(3, 300))]
    product.takes = {1: FOR_EVER}
    running = asyncio.create_task(poller.run())
    await clock.advance(5)
    assert product.done == list(range(3, 101))
    await clock.advance(60)
    assert [(raw["update_id"], error.split()[-1]) for raw, error, _ in product.poison] == [(1, "TimeoutError")]
    assert sorted(product.done) == list(range(2, 300))
    assert telegram.unconfirmed == []
    poller.stop()
    await clock.run(running)


async def test_failing_updates_hold_up_nobody(telegram, product, poller, clock):
    telegram.queue = [message(n, person=n) for n in range(1, 400)]
    product.fails = {n: [ValueError()] for n in range(1, 400, 2)}
    await while_running(poller, clock, 5)
    assert sorted(product.done) == list(range(2, 400, 2))
    assert len(product.poison) == 200
    assert telegram.unconfirmed == []


async def test_an_update_that_comes_again_while_it_is_under_way_is_not_begun_again(product, intake, clock):
    product.takes = {1: 30}
    first, second = intake.take(message(1, person=1)), intake.take(message(1, person=1))
    await clock.run(asyncio.gather(first, second))
    assert product.begun == [1]


async def test_when_not_even_poison_can_be_kept_receiving_ends_too(telegram, product, clock):
    async def cannot_keep(raw, error, tries):
        raise DiskGone

    telegram.queue = [message(1, person=1)]
    product.fails = {1: [ZeroDivisionError()]}
    poller = Poller(telegram.poll, Intake(product.handle, cannot_keep, conflict=Clash, fatal=(DiskGone,)), clock)
    with pytest.raises(DiskGone):
        await clock.run(poller.run())
    assert telegram.unconfirmed == [1]
