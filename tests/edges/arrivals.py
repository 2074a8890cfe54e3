"""What the tests of receiving stand on: Telegram's queue of updates, and a product that handles some badly."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

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


class Patience:
    """`asyncio.timeout` in virtual time."""

    def __init__(self, clock: VirtualClock, seconds: float) -> None:
        self._clock, self._seconds, self._over = clock, seconds, False

    async def __aenter__(self):
        self._task = asyncio.current_task()
        self._bell = asyncio.ensure_future(self._ring())

    async def _ring(self):
        await self._clock.sleep(self._seconds)
        self._over = True
        self._task.cancel()

    async def __aexit__(self, kind, error, trace):
        self._bell.cancel()
        if self._over and kind is asyncio.CancelledError:
            self._task.uncancel()
            raise TimeoutError from error


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


async def while_running(poller, clock, seconds=120.0):
    running = asyncio.create_task(poller.run())
    await clock.advance(seconds)
    poller.stop()
    await clock.run(running)
