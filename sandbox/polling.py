"""`getUpdates`: long polling with one poller at a time, as the Bot API server does it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from sandbox.errors import ApiError
from sandbox.methods.call import Call
from sandbox.world.updates import UpdateQueue

MAX_TIMEOUT = 50  # seconds; server LONG_POLL_MAX_TIMEOUT
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "Conflict: terminated by setWebhook request"
CONFLICT_PAUSE = 3.0  # seconds; a second conflict within this time is answered this much later (server)


class Poller:
    """The one long poll that may wait.

    Attributes:
        webhook_active: set while updates go to a webhook.
        last_poll: when the bot last asked, on the steady clock; None before the first time.
    """

    def __init__(self, updates: UpdateQueue, steady: Callable[[], float] = time.monotonic) -> None:
        self._updates = updates
        self._steady = steady
        self._waiting: asyncio.Future[str] | None = None
        self._next_conflict = 0.0
        self.webhook_active = False
        self.last_poll: float | None = None
        updates.listeners.append(self._wake)

    @property
    def waiting(self) -> bool:
        """Whether a poll waits right now."""
        return self._waiting is not None

    async def get_updates(self, call: Call) -> Any:
        """The method. `offset` confirms, `timeout` (0-50 s, real) waits, `limit` is clamped to 1-100."""
        if self.webhook_active:
            await self._conflict(WEBHOOK_ACTIVE)
        self.last_poll = self._steady()
        self._updates.allow(call.get("allowed_updates"))
        self._updates.confirm(call.get("offset", 0))
        limit = min(100, max(1, call.get("limit", 100)))
        timeout = min(MAX_TIMEOUT, max(0, call.get("timeout", 0)))
        if timeout and not self._updates.pending:
            self._interrupt(OTHER_POLLER)
            await self._wait(timeout)
        return [update.body() for update in self._updates.take(limit)]

    async def _wait(self, seconds: float) -> None:
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            reason = await asyncio.wait_for(asyncio.shield(waiting), seconds)
        except TimeoutError:
            reason = ""
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if reason:
            await self._conflict(reason)
        self.last_poll = self._steady()

    def interrupt_for_webhook(self) -> None:
        """A webhook is being set: the waiting poll ends with 409."""
        self._interrupt(BY_WEBHOOK)

    def release(self) -> None:
        """End the waiting poll with what there is; used when the server stops."""
        self._wake()

    def _interrupt(self, reason: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)
        self._waiting = None

    def _wake(self) -> None:
        self._interrupt("")

    async def _conflict(self, text: str) -> None:
        now = self._steady()
        if now < self._next_conflict:
            await asyncio.sleep(CONFLICT_PAUSE)
        else:
            self._next_conflict = now + CONFLICT_PAUSE
        raise ApiError(409, text)
