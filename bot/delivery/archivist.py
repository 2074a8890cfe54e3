"""Once a day, moves what has long been over out of memory and into the archive."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.ports.clock import Clock
from bot.ports.store import ArchiveFailed

_LOG = logging.getLogger(__name__)

DAY = 24 * 3600.0  # seconds between two rounds
SETTLE = 60.0  # seconds after a start, when everybody wants something


class Archivist:
    """Keeps what was over within the last so many days at hand, and has older things put away.

    `put_away` is the store's: it moves what was over before an instant, and returns how many rows.
    """

    def __init__(self, put_away: Callable[[datetime], Awaitable[int]], clock: Clock, keep: timedelta) -> None:
        self._put_away = put_away
        self._clock = clock
        self._keep = keep
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Begin no further round; `run` returns when the present one has ended."""
        self._stopping.set()

    async def run(self) -> None:
        """Put away once a day until `stop`. Raises StoreFailed."""
        await self._pause(SETTLE)
        while not self._stopping.is_set():
            await self.go()
            await self._pause(DAY)

    async def go(self) -> None:
        """Put away what is due; an archive that refuses is told to the operator and tried again next time."""
        try:
            moved = await self._put_away(self._clock.now() - self._keep)
        except ArchiveFailed as error:
            _LOG.warning("old rows stay where they are, their archive cannot be used: %s", error)
            return
        if moved:
            _LOG.info("moved %d old rows into the archive", moved)

    async def _pause(self, seconds: float) -> None:
        waits = [asyncio.ensure_future(self._clock.sleep(seconds)), asyncio.ensure_future(self._stopping.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
