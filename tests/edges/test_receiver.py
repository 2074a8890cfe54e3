"""An update is confirmed when its effect is committed or it was put aside, and not a moment earlier."""

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError

from handlers.wire.faults import Flood
from handlers.wire.polling import Poller
from handlers.wire.receiver import Intake, TokenRefused, order_keys
from tests.fakes import VirtualClock


class Clash(Exception):
    """Somebody else changed the same rows."""


class DiskGone(Exception):
    """Nothing can be promised any more."""


def message(update_id, person, chat=None, text="x"):
    chat = chat or person
    return {"update_id": update_id, "message": {"from": {"id": person}, "chat": {"id": chat}, "text": text}}


def press(update_id, person, chat=-1):
    return {
        "update_id": update_id,
        "callback_query": {"id": str(update_id), "from": {"id": person}, "message": {"chat": {"id": chat}}},
    }


@dataclass
class Telegram:
    """Keeps updates until they are confirmed by a higher offset, as the Bot API server does."""

    clock: VirtualClock
    queue: list[Any] = field(default_factory=list)
    failures: list[TelegramError] = field(default_factory=list)
    asked: list[tuple[float, int | None, int]] = field(default_factory=list)

    async def poll(self, offset, seconds, limit):
        self.asked.append((self.clock.monotonic(), offset, seconds))
        if self.failures:
            raise self.failures.pop(0)
        if offset is not None:
            self.queue = [u for u in self.queue if u["update_id"] >= offset]
        waited = 0.0
        while not self.queue and waited < seconds:
            await self.clock.sleep(1)
            waited += 1
        return self.queue[:limit]

    @property
    def unconfirmed(self):
        return [u["update_id"] for u in self.queue]


@dataclass
class Product:
    """Handles updates; some slowly, some badly."""

    clock: VirtualClock
    takes: dict[int, float] = field(default_factory=dict)
    fails: dict[int, list[Exception]] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    poison: list[tuple[Any, str, int]] = field(default_factory=list)

    async def handle(self, update):
        number = update["update_id"]
        self.begun.append(number)
        await self.clock.sleep(self.takes.get(number, 0))
        if self.fails.get(number):
            raise self.fails[number].pop(0)
        self.done.append(number)

    async def put_aside(self, raw, error, tries):
        self.poison.append((raw, error, tries))


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def telegram(clock):
    return Telegram(clock)


@pytest.fixture
def product(clock):
    return Product(clock)


@pytest.fixture
def intake(product):
    return Intake(product.handle, product.put_aside, conflict=Clash, fatal=(DiskGone,))


@pytest.fixture
def poller(telegram, intake, clock):
    return Poller(telegram.poll, intake, clock, jitter=lambda: 1.0)


async def while_running(poller, clock, seconds=120.0):
    running = asyncio.create_task(poller.run())
    await clock.advance(seconds)
    poller.stop()
    await clock.run(running)


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


async def test_when_not_even_poison_can_be_kept_receiving_ends_too(telegram, product, clock):
    async def cannot_keep(raw, error, tries):
        raise DiskGone

    telegram.queue = [message(1, person=1)]
    product.fails = {1: [ZeroDivisionError()]}
    poller = Poller(telegram.poll, Intake(product.handle, cannot_keep, conflict=Clash, fatal=(DiskGone,)), clock)
    with pytest.raises(DiskGone):
        await clock.run(poller.run())
    assert telegram.unconfirmed == [1]


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


@pytest.mark.parametrize("error", [InvalidToken("Unauthorized")])
async def test_an_unknown_token_ends_receiving(telegram, poller, clock, error):
    telegram.failures = [error]
    with pytest.raises(TokenRefused):
        await clock.run(poller.run())


async def test_while_the_network_is_down_it_waits_longer_each_time_and_says_for_how_long_it_was_away(
    telegram, product, intake, clock
):
    away = []

    async def back(seconds):
        away.append(seconds)

    telegram.failures = [NetworkError("down")] * 8
    telegram.queue = [message(1, person=1)]
    poller = Poller(telegram.poll, intake, clock, back=back, jitter=lambda: 1.0)
    await while_running(poller, clock, 200)
    times = [at for at, *_ in telegram.asked][:9]
    assert [b - a for a, b in pairwise(times)] == [1, 2, 4, 8, 16, 30, 30, 30]
    assert away == [121]
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
