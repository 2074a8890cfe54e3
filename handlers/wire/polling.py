"""Long polling that confirms only what is settled.

Telegram confirms by offset: `getUpdates(offset=n)` throws away everything below n and returns what is left, oldest
first, at most a hundred. So the offset must not pass over a slow update, yet a slow update must not hold up the rest.
While something is under way we therefore ask again with the offset of the first update that is not settled, without
waiting, and take from the answer what we have not seen: what lies behind the slow one is handled at once, up to a
hundred updates from it. Telegram holds a repeated offset for up to 3 s, which paces this; so does `PATIENCE`.

`update_id` usually counts up, but starts anew at random after a week of silence. So after an empty answer, with
everything confirmed, the offset is forgotten and we ask for whatever is oldest.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.delivery.backoff import Backoff
from bot.ports.clock import Clock
from handlers.wire.fetching import BATCH, LONG_POLL, Poll
from handlers.wire.receiver import Intake, TokenRefused

_LOG = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds we wait for what is under way before asking for more

_TWO_POLLERS = (
    "Telegram says that somebody else receives this bot's updates (409): another copy of this program, perhaps an old "
    "one that was not stopped or a test elsewhere, or a webhook. Waiting; %s"
)


class Poller:
    """Receives updates until it is stopped.

    `back` is told, in seconds, how long Telegram could not be reached, each time when it can be again.
    """

    def __init__(
        self,
        poll: Poll,
        intake: Intake,
        clock: Clock,
        *,
        back: Callable[[float], Awaitable[None]] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._poll = poll
        self._intake = intake
        self._clock = clock
        self._back = back
        self._network = Backoff(1.0, 30.0, jitter)
        self._conflict = Backoff(5.0, 60.0, jitter)
        self._seen: dict[int, asyncio.Task[None]] = {}
        self._offset: int | None = None
        self._stopping = False
        self._waiting: asyncio.Future[Any] | None = None
        self._away_since: float | None = None

    async def run(self) -> None:
        """Receive until `stop`; then wait for what is under way and confirm it.

        Raises TokenRefused, and whatever the intake calls fatal.
        """
        try:
            while not self._stopping:
                self._confirm_settled()
                updates = await self._ask()
                if updates is not None:
                    await self._take(updates)
            await self._finish()
        finally:
            for task in self._seen.values():
                task.cancel()

    def stop(self) -> None:
        """Ask for nothing more; `run` returns as soon as what was taken is settled."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    def _confirm_settled(self) -> None:
        """Move the offset over the settled updates in front, so that the next call confirms them."""
        for task in self._seen.values():
            if task.done():
                task.result()  # raises what is fatal
        for update_id, task in list(self._seen.items()):
            if not task.done():
                self._offset = update_id
                return
            del self._seen[update_id]
            self._offset = update_id + 1

    async def _ask(self) -> list[Any] | None:
        """Return the next updates, or None after a failure that was waited out or when stopping."""
        asking = asyncio.ensure_future(self._poll(self._offset, 0 if self._seen else LONG_POLL, BATCH))
        if not await self._interruptible(asking):
            return None
        try:
            updates = asking.result()
        except TelegramError as error:
            await self._interruptible(asyncio.ensure_future(self._clock.sleep(self._wait_after(error))))
            return None
        self._conflict.reset()
        await self._reached()
        return updates

    def _wait_after(self, error: TelegramError) -> float:
        """Return how many seconds to wait after a failed call. Raises TokenRefused."""
        if isinstance(error, InvalidToken | EndPointNotFound):
            raise TokenRefused("Telegram does not know this bot's token") from error
        if isinstance(error, RetryAfter):
            return error.retry_after if isinstance(error.retry_after, int) else error.retry_after.total_seconds()
        if isinstance(error, Conflict):
            _LOG.warning(_TWO_POLLERS, error.message)
            return self._conflict.next()
        if self._network.failures == 0:
            self._away_since = self._clock.monotonic()
            _LOG.warning("Telegram cannot be reached (%s); trying again", error.message)
        return self._network.next()

    async def _reached(self) -> None:
        self._network.reset()
        if self._away_since is not None:
            away, self._away_since = self._clock.monotonic() - self._away_since, None
            _LOG.warning("Telegram is reached again after %.0f s", away)
            if self._back is not None:
                await self._back(away)

    async def _take(self, updates: list[Any]) -> None:
        """Begin to settle what is new, and give what is under way a moment."""
        if not updates and not self._seen:
            self._offset = None
        new = [u for u in updates if _number(u) not in self._seen]
        for raw in new:
            task, number = self._intake.take(raw), _number(raw)
            if number is None:  # it cannot be confirmed by itself, only by a later one
                await task
            else:
                self._seen[number] = task
        under_way = {task for task in self._seen.values() if not task.done()}
        if under_way:
            # With nothing new there is no more to ask for before one of them is settled.
            await self._wait(under_way, asyncio.ALL_COMPLETED if new else asyncio.FIRST_COMPLETED)

    async def _wait(self, tasks: set[asyncio.Task[None]], enough: str) -> None:
        settled = asyncio.ensure_future(asyncio.wait(tasks, return_when=enough))
        nap = asyncio.ensure_future(self._clock.sleep(PATIENCE))
        either = asyncio.wait({settled, nap}, return_when=asyncio.FIRST_COMPLETED)
        await self._interruptible(asyncio.ensure_future(either))
        settled.cancel()
        nap.cancel()

    async def _interruptible(self, waiting: asyncio.Future[Any]) -> bool:
        """Wait for it, unless `stop` comes first; say whether it was done."""
        self._waiting = waiting
        try:
            await asyncio.wait({waiting})
        finally:
            self._waiting = None
            waiting.cancel()
        return not waiting.cancelled()

    async def _finish(self) -> None:
        """Let what was taken be settled, and confirm it; what cannot be confirmed comes again and does no harm."""
        if self._seen:
            await asyncio.wait(self._seen.values())
            self._confirm_settled()
            try:
                await self._poll(self._offset, 0, 1)
            except TelegramError as error:
                _LOG.info("the last updates could not be confirmed and will come again: %s", error.message)


def _number(raw: Any) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None
