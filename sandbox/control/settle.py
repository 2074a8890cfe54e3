"""Waiting until the bot has done what it had to do."""

import asyncio
import time
from typing import Any

from sandbox.dispatch import Dispatcher
from sandbox.polling import Poller
from sandbox.webhook import Webhook
from sandbox.world.world import World

QUIET = 0.05  # seconds without a call


class Settling:
    """Knows what is still pending between Telegram and the bot."""

    def __init__(self, world: World, dispatcher: Dispatcher, poller: Poller, webhook: Webhook) -> None:
        self._world = world
        self._dispatcher = dispatcher
        self._poller = poller
        self._webhook = webhook

    def pending(self) -> list[str]:
        """What is not done yet, in sentences; empty when all is quiet."""
        self._world.updates.expire()
        told = [
            f"update {update.update_id} ({update.about}) is not {'confirmed' if update.handed_out else 'fetched'}"
            for update in list(self._world.updates.pending)[:20]
        ]
        if told and not self._webhook.url and self._poller.last_poll is None:
            told.append("the bot has never called getUpdates and has no webhook")
        told += [f"{method} is under way" for method in self._dispatcher.under_way.values()]
        if not told and self._world.steady() - self._dispatcher.last_end < QUIET:
            told.append("a call ended a moment ago")
        return told

    async def settle(self, seconds: float = 5.0) -> dict[str, Any]:
        """Wait until nothing is pending, or for so many real seconds."""
        deadline = time.monotonic() + seconds
        while True:
            pending = self.pending()
            if not pending or time.monotonic() >= deadline:
                return {"settled": not pending, "pending": pending}
            await asyncio.sleep(0.01)
