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
from collections.abc import Callable
from typing import Any

from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.delivery.backoff import Backoff
from bot.ports.clock import Clock
from handlers.wire.fetching import BATCH, LONG_POLL, Poll, enough_of, so_many_of
from handlers.wire.malformed import Malformed
from handlers.wire.opening import told_to_wait
from handlers.wire.receiver import Intake, TokenRefused

_LOG = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds we wait for what is under way before asking for more

_TWO_POLLERS = (
    "Telegram says that somebody else receives this bot's updates (409): another copy of this program, perhaps an old "
    "one that was not stopped or a test elsewhere, or a webhook that somebody has set. Trying again in %.0f s; %s"
)


class Poller:
    """Receives updates until it is stopped.

    `reached` is told whenever Telegram has answered with updates, or with word that there are none.
    """

    def __init__(
        self,
        poll: Poll,
        intake: Intake,
        clock: Clock,
        *,
        reached: Callable[[], None] = lambda: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._poll = poll
        self._intake = intake
        self._clock = clock
        self._reached = reached
        self._network = Backoff(1.0, 30.0, jitter)
        self._conflict = Backoff(5.0, 60.0, jitter)
        self._seen: dict[int, asyncio.Task[None]] = {}
        self._malformed = Malformed(intake, jitter)
        self._offset: int | None = None
        self._stopping = False
        self._waiting: asyncio.Future[Any] | None = None
        self._fatal: BaseException | None = None
        self._last_reached = 0.0
        self._heard = False  # whether the last call was answered

    async def run(self) -> None:
        """Receive until `stop`; then wait for what is under way and confirm it.

        Raises TokenRefused, and whatever the intake calls fatal; what is under way then is not cut off, so that people
        who wait for an answer get one, but nothing is confirmed any more.
        """
        self._last_reached = self._clock.monotonic()
        try:
            while not self._stopping and not self._doomed():
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
        for update_id, task in list(self._seen.items()):
            if not task.done():
                self._offset = update_id
                return
            del self._seen[update_id]
            self._offset = update_id + 1

    def _doomed(self) -> bool:
        """Say whether an update met with something fatal."""
        for task in self._seen.values():
            if task.done() and self._fatal is None:
                self._fatal = task.exception()
        return self._fatal is not None

    async def _ask(self) -> list[Any] | None:
        """Return the next updates, or None after a failure that was waited out or when stopping."""
        seconds = LONG_POLL if self._heard and not self._seen else 0  # unheard yet: a long poll would hide that we are
        asking = asyncio.ensure_future(self._poll(self._offset, seconds, BATCH))
        if not await self._interruptible(asking):
            return None
        try:
            updates = asking.result()
        except TelegramError as error:
            self._heard = False
            await self._interruptible(asyncio.ensure_future(self._clock.sleep(self._wait_after(error))))
            return None
        self._conflict.reset()
        self._note_reached()
        return updates

    def _wait_after(self, error: TelegramError) -> float:
        """Return how many seconds to wait after a failed call. Raises TokenRefused."""
        if isinstance(error, InvalidToken | EndPointNotFound):
            raise TokenRefused from error
        if isinstance(error, RetryAfter):
            return told_to_wait(error)
        if isinstance(error, Conflict):
            wait = self._conflict.next()
            _LOG.warning(_TWO_POLLERS, wait, error.message)
            return wait
        if self._network.failures == 0:
            _LOG.warning("Telegram cannot be reached (%s); trying again", error.message)
        return self._network.next()

    def _note_reached(self) -> None:
        if self._network.failures:
            away = self._clock.monotonic() - self._last_reached
            _LOG.warning("Telegram is reached again; its last answer before was %.0f s ago", away)
            self._network.reset()
        self._last_reached = self._clock.monotonic()
        self._heard = True
        self._reached()

    async def _take(self, updates: list[Any]) -> None:
        """Begin to settle what is new, and give what is under way a moment."""
        if not updates and not self._seen:
            self._offset = None
        updates, wait = await self._malformed.part(updates)
        if wait:
            await self._interruptible(asyncio.ensure_future(self._clock.sleep(wait)))
        new = [u for u in updates if u["update_id"] not in self._seen]
        for raw in new:
            if raw["update_id"] not in self._seen:  # one may come twice in an answer
                self._seen[raw["update_id"]] = self._intake.take(raw)
        under_way = {task for task in self._seen.values() if not task.done()}
        if under_way:
            await self._wait(under_way, enough_of(len(under_way), new=bool(new), full=len(updates) >= BATCH))

    async def _wait(self, tasks: set[asyncio.Task[None]], enough: int) -> None:
        settled = so_many_of(tasks, enough)
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
            if self._doomed() and self._fatal is not None:
                raise self._fatal
            self._confirm_settled()
            try:
                await self._poll(self._offset, 0, 1)
            except TelegramError as error:
                _LOG.info("the last updates could not be confirmed and will come again: %s", error.message)
