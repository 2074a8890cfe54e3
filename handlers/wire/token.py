"""A token that is revoked while the bot runs: noticed on whatever call Telegram refuses first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, TelegramError

from bot.ports.clock import Clock
from handlers.wire.receiver import TokenRefused

_LOG = logging.getLogger(__name__)

BETWEEN = 5.0  # seconds between two questions


class TokenWatch:
    """Asks Telegram who we are when a call was refused for its token, for a proxy's 404 looks the same.

    `ask` makes that call; it raises TelegramError.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]], clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._doubted = asyncio.Event()
        self._stopping = False

    def doubt(self) -> None:
        """Say that a call was refused for its token."""
        self._doubted.set()

    def stop(self) -> None:
        """Ask no more; `run` returns."""
        self._stopping = True
        self._doubted.set()

    async def run(self) -> None:
        """Watch until `stop`. Raises TokenRefused."""
        while True:
            await self._doubted.wait()
            if self._stopping:
                return
            self._doubted.clear()
            try:
                await self._ask()
            except InvalidToken as error:
                raise TokenRefused from error
            except TelegramError as error:  # no answer: whoever calls next will be refused again, if it is so
                _LOG.info("whether the token still holds could not be asked: %s", error.message)
            await self._clock.sleep(BETWEEN)
