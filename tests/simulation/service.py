"""The bot as a service manager sees it."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Mapping
from functools import partial
from random import Random

from aiohttp.base_protocol import BaseProtocol
from aiohttp.streams import StreamReader
from aiohttp.test_utils import make_mocked_request
from telegram.error import TelegramError

from bot.app import Muster, Start
from handlers.wire.webhook import Webhook
from storage.store import EngineStore
from tests.simulation.disk import Platter, SlowDisk
from tests.simulation.history import History
from tests.simulation.virtual import LeapingLoop, owner
from tests.simulation.wire import Wire


class NumberedIds:
    """`bot.ports.ids.Ids` from a seed."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def fresh(self, length: int = 12) -> str:
        return "".join(self._rng.choices("abcdefghijkmnpqrstuvwxyz23456789", k=length))


class Bot:
    """Started, stopped, killed, started again when it ends by itself."""

    def __init__(
        self, loop: LeapingLoop, wire: Wire, platter: Platter, seed: int, history: History, start: Start
    ) -> None:
        self._loop = loop
        self.wire = wire
        self._platter = platter
        self._rng = Random(seed + 3)
        self._ids = NumberedIds(Random(seed + 4))
        self._history = history
        self._start = start
        self._lives = 0
        self._life: asyncio.Task[None] | None = None
        self.disk: SlowDisk | None = None
        self.muster: Muster | None = None

    def start(self) -> None:
        """Switch it on."""
        self._lives += 1
        self.wire.alive = f"bot {self._lives}"
        token = owner.set(self.wire.alive)
        try:
            self._life = self._loop.create_task(self._live())
        finally:
            owner.reset(token)

    async def _live(self) -> None:
        while True:
            life = self._loop.create_task(self._one_life())
            await asyncio.wait({life})
            error = life.exception()
            if error is None:
                return
            if not isinstance(
                error, TelegramError
            ):  # else it cannot reach Telegram, and the service manager tries again
                self._history.crashes.append("".join(traceback.format_exception(error)))
            await asyncio.sleep(120)

    async def _one_life(self) -> None:
        self.disk = SlowDisk(self._platter, self._rng)
        self.muster = Muster(self._start, ids=self._ids, store=EngineStore(self.disk))
        await self.muster.prepare()
        if isinstance(self.muster.receiver, Webhook):
            self.wire.pushed = partial(_pushed, self.muster.receiver)
        await self.muster.run()

    async def stop(self) -> None:
        """Ask it to stop, wait until it has."""
        if self.muster is not None and self._life is not None:
            self.muster.stop()
            done, _ = await asyncio.wait({self._life}, timeout=60)
            if not done:
                await self.kill()

    async def kill(self) -> None:
        """Pull the plug."""
        name, self.wire.alive = self.wire.alive, ""
        self.wire.pushed = None
        if self.disk is not None:
            self.disk.cut()
        for _ in range(20):
            tasks = self._loop.tasks_of(name)
            for task in tasks:
                task.cancel()
            if not tasks:
                return
            await asyncio.gather(*tasks, return_exceptions=True)
        raise AssertionError(f"it does not die: {self._loop.tasks_of(name)}")


async def _pushed(webhook: Webhook, headers: Mapping[str, str], body: bytes) -> int:
    """Hand a push to the bot as its HTTP server would; returns the status that it answers with."""
    content = StreamReader(BaseProtocol(asyncio.get_running_loop()), 2**16)
    content.feed_data(body)
    content.feed_eof()
    request = make_mocked_request("POST", "/", headers=headers, payload=content)
    return (await webhook._receive(request)).status
