"""Polling and webhook are one behaviour: every test here runs over both, the webhook over real HTTP."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.clock import SystemClock
from handlers.wire.polling import Poller
from handlers.wire.receiver import Intake
from handlers.wire.webhook import SECRET_HEADER, Listen, Webhook
from tests.edges.arrivals import Clash, DiskGone, message, press

SECRET = "s3cret_s3cret"


@dataclass
class Product:
    """Handles updates; holds some back until they are let go, fails some."""

    held: dict[int, asyncio.Event] = field(default_factory=dict)
    fails: dict[int, list[Exception]] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    poison: list[Any] = field(default_factory=list)
    turned: asyncio.Condition = field(default_factory=asyncio.Condition)

    def hold(self, number):
        self.held[number] = asyncio.Event()

    async def handle(self, update):
        number = update["update_id"]
        self.begun.append(number)
        if number in self.held:
            await self.held[number].wait()
        if self.fails.get(number):
            raise self.fails[number].pop(0)
        self.done.append(number)
        await self._turn()

    async def put_aside(self, raw, error, tries):
        self.poison.append(raw)
        await self._turn()

    async def _turn(self):
        async with self.turned:
            self.turned.notify_all()

    async def until(self, met):
        async with self.turned, asyncio.timeout(10):
            await self.turned.wait_for(met)


class QuickClock(SystemClock):
    """As the machine has it, only that waiting is shorter."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 50)


class ByPolling:
    """Telegram keeps what is not confirmed, and gives it again."""

    def __init__(self, product):
        self.queue: list[Any] = []
        self.arrived = asyncio.Event()
        intake = Intake(product.handle, product.put_aside, conflict=Clash, fatal=(DiskGone,))
        self.receiver = Poller(self.poll, intake, QuickClock(), jitter=lambda: 1.0)
        self.running = asyncio.ensure_future(self.receiver.run())

    async def poll(self, offset, seconds, limit):
        if offset is not None:
            self.queue = [u for u in self.queue if u["update_id"] >= offset]
        if not self.queue and seconds:
            self.arrived.clear()
            await self.arrived.wait()
        return self.queue[:limit]

    async def send(self, *updates):
        self.queue += updates
        self.arrived.set()

    def confirmed(self, *numbers):
        return not {u["update_id"] for u in self.queue} & set(numbers)

    async def settle(self):
        self.receiver.stop()
        return await asyncio.gather(self.running, return_exceptions=True)

    async def close(self):
        await self.settle()


class ByWebhook:
    """Telegram pushes; what is not answered 200 is not confirmed."""

    def __init__(self, product):
        intake = Intake(product.handle, product.put_aside, conflict=Clash, fatal=(DiskGone,))
        self.receiver = Webhook(intake, Listen("127.0.0.1", 0, "/telegram"), SECRET)
        self.running = asyncio.ensure_future(self.receiver.run())
        self.session = aiohttp.ClientSession(headers={SECRET_HEADER: SECRET})
        self.pushes: list[asyncio.Task[None]] = []
        self.ok: set[int] = set()

    async def _push(self, update):
        async with self.session.post(f"http://127.0.0.1:{self.receiver.port}/telegram", json=update) as answer:
            if answer.status == 200:
                self.ok.add(update["update_id"])

    async def send(self, *updates):
        await self.receiver.ready.wait()
        for update in updates:  # one after the other is at work before the next comes, as in a queue of Telegram's
            self.pushes.append(asyncio.ensure_future(self._push(update)))
            await asyncio.sleep(0.01)

    def confirmed(self, *numbers):
        return set(numbers) <= self.ok

    async def settle(self):
        await asyncio.gather(*self.pushes, return_exceptions=True)
        self.receiver.stop()
        return await asyncio.gather(self.running, return_exceptions=True)

    async def close(self):
        await self.settle()
        await self.session.close()


@pytest.fixture
async def product():
    return Product()


@pytest.fixture(params=[ByPolling, ByWebhook])
async def telegram(request, product):
    way = request.param(product)
    yield way
    for held in product.held.values():
        held.set()
    await way.close()


async def test_everything_is_handled_once_and_confirmed(telegram, product):
    await telegram.send(*(message(n, person=n) for n in range(1, 31)))
    await product.until(lambda: len(product.done) == 30)
    await telegram.settle()
    assert sorted(product.begun) == list(range(1, 31))
    assert telegram.confirmed(*range(1, 31))


async def test_nothing_is_confirmed_before_it_is_handled(telegram, product):
    product.hold(1)
    await telegram.send(message(1, person=1), message(2, person=2))
    await product.until(lambda: product.done == [2])
    assert not telegram.confirmed(1)
    product.held[1].set()
    await product.until(lambda: len(product.done) == 2)
    await telegram.settle()
    assert telegram.confirmed(1, 2)


async def test_one_persons_updates_keep_their_order_and_others_pass_by(telegram, product):
    product.hold(1)
    await telegram.send(message(1, person=1), press(2, person=1), message(3, person=3), press(4, person=4))
    await product.until(lambda: set(product.done) == {3, 4})
    assert 2 not in product.begun
    product.held[1].set()
    await product.until(lambda: len(product.done) == 4)
    assert product.done[2:] == [1, 2]


async def test_what_fails_is_put_aside_and_confirmed(telegram, product):
    product.fails = {1: [ZeroDivisionError()], 2: [Clash(), Clash(), Clash()], 3: [Clash()]}
    await telegram.send(*(message(n, person=n) for n in (1, 2, 3, 4)))
    await product.until(lambda: len(product.done) + len(product.poison) == 4)
    await telegram.settle()
    assert sorted(product.done) == [3, 4]
    assert telegram.confirmed(1, 2, 3, 4)


async def test_what_comes_again_while_it_is_under_way_is_not_begun_again(telegram, product):
    product.hold(1)
    await telegram.send(message(1, person=1), message(1, person=1), message(2, person=2))
    await product.until(lambda: product.done == [2])
    product.held[1].set()
    await product.until(lambda: len(product.done) == 2)
    await telegram.settle()
    assert product.begun.count(1) == 1


async def test_a_disk_that_fails_ends_receiving_and_confirms_nothing(telegram, product):
    product.fails = {1: [DiskGone()]}
    await telegram.send(message(1, person=1))
    with pytest.raises(DiskGone):
        await telegram.running
    assert not telegram.confirmed(1)
    assert not product.poison
