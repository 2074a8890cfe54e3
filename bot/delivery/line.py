"""The line to the chat program: calls never arrive there closer than is permitted, whatever wavers on the way.

An even pace when calls leave is not an even pace when they arrive: between a slot and its call lies a commit, and the
disk, the network and both programs may stand still for a moment, after which calls arrive in a bunch. What is certain
is that a call is counted after it was made and before its answer was sent.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports.clock import Clock

PERMITTED = 30  # calls in any second, by Telegram's FAQ
_HANGS = 4.0  # seconds after which a call without an answer is not waited for any more
_WAY_BACK = 0.015  # seconds, or half of the call if that is less: what an answer needs to come back at the very least
_QUEUE = 5  # calls that wait here, while more urgent ones may still come
_CLOSEST = 0.85  # of an interval: what was held up is made up for, but never in a burst
_TICK = 1e-6


class Line:
    """Lets calls through one by one, and no more in any second than are permitted: at least 30."""

    def __init__(self, clock: Clock, per_second: float) -> None:
        self._clock = clock
        self._interval = 1.0 / per_second
        self._permitted = max(PERMITTED, math.ceil(per_second))
        self._next_at = float("-inf")
        self._waiting = 0
        self._under_way: list[float] = []  # when each call began
        self._counted: deque[float] = deque()  # when each call of the last second was counted, at the latest

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Make a call in this block; it waits a moment where calls would come too close."""
        self._waiting += 1
        try:
            while (at := max(self._next_at, self._free_at())) > self._clock.monotonic() + _TICK:
                await self._clock.sleep(at - self._clock.monotonic())
        finally:
            self._waiting -= 1
        begun = self._clock.monotonic()
        self._next_at = begun + _CLOSEST * self._interval
        self._under_way.append(begun)
        try:
            yield
        finally:
            self._under_way.remove(begun)
            took = self._clock.monotonic() - begun
            self._counted.append(begun + took - min(_WAY_BACK, took / 2))

    def free_at(self) -> float:
        """Return from when on somebody may be sent here; those who wait here cannot be overtaken, so they stay few."""
        if self._waiting >= _QUEUE:
            return self._clock.monotonic() + self._interval
        return self._free_at()

    def _free_at(self) -> float:
        """Return from when on fewer calls than permitted are under way or were counted less than a second ago."""
        now = self._clock.monotonic()
        while self._counted and now - self._counted[0] >= 1.0:
            self._counted.popleft()
        if len(self._under_way) + len(self._counted) < self._permitted:
            return float("-inf")
        waited_for = sum(now - begun < _HANGS for begun in self._under_way)
        if waited_for + len(self._counted) < self._permitted:
            return float("-inf")
        return self._counted[0] + 1.0 if self._counted else now + self._interval
