"""Knows since when the bot could not hear anybody, and has it said where people press.

Telegram forgets a press after 150 s (Bot API server, `add_update`), so whoever pressed while the network, the machine
or this program was down sees nothing happen and is never answered. What is written once a minute, and at a stop, is
when Telegram was last reached; the first answer after a gap says how long it was.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.cards import AWAY_SHOWN
from bot.ports.clock import Clock

PRESS_LIFE = 150.0  # seconds
BEAT = 60.0  # seconds between two writes
LOOK = 5.0  # seconds between two looks at whether anything is to be done
LOOK_MOVABLE = 0.4  # the same for a clock that is moved on purpose


class Books(Protocol):
    """Where it is kept, and where it is said."""

    async def last(self) -> datetime | None:
        """Return when Telegram was last reached, as far as was written down."""

    async def beat(self, at: datetime) -> None:
        """Write down that Telegram was reached."""

    async def returned(self, since: datetime, until: datetime) -> None:
        """Have it said on the live cards that the bot was away."""

    async def fade(self) -> None:
        """Have it taken off the cards where it was said long enough."""


class Pulse:
    """Is told whenever Telegram is `reached`.

    `assumed`: nobody can tell (a webhook only waits), so being alive counts as being reached. Gaps while the program
    runs are measured on the steady clock, for a clock that is put right is no absence.
    `movable` says that the wall clock is moved by a file, so that it is looked at more often.
    """

    def __init__(self, clock: Clock, books: Books, *, assumed: bool = False, movable: bool = False) -> None:
        self._clock = clock
        self._books = books
        self._assumed = assumed
        self._look = LOOK_MOVABLE if movable else LOOK
        self._steady: float | None = None  # when Telegram was last reached
        self._written: float | None = None  # and what of that was last written
        self._gaps: list[tuple[datetime | None, datetime]] = []  # None: since what the books say
        self._fades: datetime | None = None
        self._looking = False
        self._hint = asyncio.Event()
        self._stopping = False

    def reached(self) -> None:
        """Note that Telegram was reached just now."""
        before, self._steady = self._steady, self._clock.monotonic()
        now = self._clock.now()
        if before is None:
            self._gaps.append((None, now))
            self._hint.set()
        elif (away := self._steady - before) > PRESS_LIFE:
            self._gaps.append((now - timedelta(seconds=away), now))
            self._hint.set()

    def stop(self) -> None:
        """Write down the last time; `run` returns then."""
        self._stopping = True
        self._hint.set()

    async def run(self) -> None:
        """Keep the books until `stop`. Raises StoreFailed."""
        self._fades = self._clock.now() + AWAY_SHOWN  # of what was said before this start
        watching = asyncio.create_task(self._watch())
        try:
            while not self._stopping:
                self._hint.clear()
                if self._assumed:
                    self.reached()
                await self._say_gaps()
                if self._looking:  # not at once: a start writes nothing that nobody has asked for
                    self._looking = False
                    await self._beat(BEAT)
                    await self._fade()
                await self._hint.wait()
            await self._beat(0.0)
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            await self._clock.sleep(self._look)
            self._looking = True
            self._hint.set()

    async def _say_gaps(self) -> None:
        gaps, self._gaps = self._gaps, []
        for known, until in gaps:
            since = known or await self._books.last()
            if since is not None and (until - since).total_seconds() > PRESS_LIFE:
                await self._books.returned(since, until)
                self._fades = until + AWAY_SHOWN

    async def _beat(self, rest: float) -> None:
        """Write down when Telegram was last reached, if that is news and the last writing is so many seconds ago."""
        reached, written = self._steady, self._written
        if reached is None or reached == written or (written is not None and reached - written < rest):
            return
        ago = self._clock.monotonic() - reached
        await self._books.beat(self._clock.now() - timedelta(seconds=int(ago)))
        self._written = reached

    async def _fade(self) -> None:
        if self._fades is not None and self._clock.now() >= self._fades:
            self._fades = None
            await self._books.fade()
