"""Stand-ins for what lies outside: a clock that only moves when a test moves it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

R = TypeVar("R")

# Turns of the event loop after which everything that can run without time passing has run. Fakes wait for nothing else.
TURNS = 60


class VirtualClock:
    """`bot.ports.clock.Clock` in virtual time: it stands still until `advance` or `run` moves it.

    `now()` follows `monotonic()`; `step()` moves only the wall clock, as a correction by the system would.
    """

    def __init__(self, start: datetime = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)) -> None:
        self._wall = start
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._turn = 0

    def now(self) -> datetime:
        return (self._wall + timedelta(seconds=self._elapsed)).replace(microsecond=0)

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        self._turn += 1
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, self._turn, waiter))
        await waiter

    def step(self, seconds: float) -> None:
        """Move the wall clock alone."""
        self._wall += timedelta(seconds=seconds)

    async def settle(self) -> None:
        """Let everything run that needs no time to pass."""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def advance(self, seconds: float) -> None:
        """Let so much time pass, waking everybody at their exact instant on the way."""
        end = self._elapsed + seconds
        await self.settle()
        while (due := self._next()) is not None and due <= end:
            await self._wake(due)
        self._elapsed = end
        await self.settle()

    async def run(self, goal: Awaitable[R], within: float = 86_400.0) -> R:
        """Let time pass until the awaitable is done; return its result. Fails when nobody sleeps or it takes longer."""
        task = asyncio.ensure_future(goal)
        end = self._elapsed + within
        await self.settle()
        while not task.done():
            due = self._next()
            if due is None or due > end:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                raise AssertionError("it would never be done" if due is None else f"not done within {within} s")
            await self._wake(due)
        return task.result()

    def _next(self) -> float | None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def _wake(self, due: float) -> None:
        self._elapsed = max(self._elapsed, due)
        _, _, waiter = heapq.heappop(self._sleepers)
        waiter.set_result(None)
        await self.settle()
