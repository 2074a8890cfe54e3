"""A bell for what is due: the rows say what falls due and when, the scheduler only rings.

One APScheduler job stands at the earliest due time. It rings however late it is: by default APScheduler drops a job
that is more than a second late (measured: 1,000 of 1,000 after a stall of 1.8 s), hence `misfire_grace_time=None`.

APScheduler reads the wall clock only when it wakes up, so a clock set back would silence it for as long. A sweep every
minute of the steady clock therefore looks whether anything is due whatever the scheduler thinks, and a step of the
wall clock (a correction, a suspended machine, a test that plays through a week) puts the bell anew at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports.clock import Clock

_LOG = logging.getLogger(__name__)

SWEEP = 60.0  # seconds
STEP = 2.0  # seconds that the wall clock may gain or lose on the steady one; its instants are whole seconds
LOOK = 5.0  # seconds between two looks for a step
LOOK_MOVABLE = 0.4  # the same for a clock that is moved on purpose
SOONEST = 1.0  # seconds between two rings, should anything stay due
_BELL = "bell"


class Ticker:
    """Calls `ring` when something is due.

    `next_due` returns the earliest instant at which anything falls due, None if nothing does; it may lie in the past.
    `ring` does everything that is due; it never runs twice at once. What either raises, `run` raises. `movable` says
    that the clock is moved by a file: then a step is noticed within half a second.
    """

    def __init__(
        self,
        clock: Clock,
        next_due: Callable[[], Awaitable[datetime | None]],
        ring: Callable[[], Awaitable[None]],
        *,
        movable: bool = False,
    ) -> None:
        self._clock = clock
        self._next_due = next_due
        self._ring = ring
        self._look = LOOK_MOVABLE if movable else LOOK
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._hint = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something may fall due earlier than known."""
        self._hint.set()

    def stop(self) -> None:
        """Ring no more; `run` returns when the present ring has ended."""
        self._stopping = True
        self._hint.set()

    async def run(self) -> None:
        """Ring until `stop`: at once, whenever something is due, after a step of the clock, and every minute."""
        self._scheduler.start()
        watching = asyncio.create_task(self._watch())
        try:
            while not self._stopping:
                self._hint.clear()
                await self._ring()
                self._set_bell(await self._next_due())
                await self._hint.wait()
        finally:
            watching.cancel()
            self._scheduler.shutdown(wait=False)

    def _set_bell(self, due: datetime | None) -> None:
        """Put the one bell so many seconds ahead as the instant is on our clock; it is put anew after every ring."""
        if due is None:
            if self._scheduler.get_job(_BELL) is not None:
                self._scheduler.remove_job(_BELL)
            return
        wait = max(SOONEST, (due - self._clock.now()).total_seconds())
        self._scheduler.add_job(
            self._rung,
            "interval",
            seconds=wait,
            id=_BELL,
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
        )

    async def _rung(self) -> None:
        self._hint.set()

    async def _watch(self) -> None:
        """Sweep every minute, and at once when the wall clock has stepped."""
        drift, until_sweep = self._drift(), SWEEP
        while True:
            await self._clock.sleep(self._look)
            until_sweep -= self._look
            stepped = self._drift() - drift
            if abs(stepped) > STEP:
                _LOG.warning("the clock has moved by %+.0f s", stepped)
                drift = self._drift()
                self._hint.set()
            elif until_sweep <= 0:
                self._hint.set()
            if self._hint.is_set():
                until_sweep = SWEEP

    def _drift(self) -> float:
        """Return how far the wall clock is from the steady one, in seconds."""
        return self._clock.now().timestamp() - self._clock.monotonic()
