"""Waits that can be cut short together when the program is to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Waiting:
    """A group of waits. Whoever waits when the group is cut short gets CancelledError, as does whoever comes later."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._cut = False

    async def on(self, wait: Coroutine[Any, Any, None]) -> None:
        """Wait for it. Raises asyncio.CancelledError once the group is cut short."""
        task = asyncio.ensure_future(wait)
        self._tasks.add(task)
        if self._cut:
            task.cancel()
        try:
            await task
        finally:
            task.cancel()
            self._tasks.discard(task)

    def cut_short(self) -> None:
        """End all waits, and those that are begun later at once."""
        self._cut = True
        for task in self._tasks:
            task.cancel()
