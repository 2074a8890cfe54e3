"""Stand-ins for what lies outside: a clock that only moves when a test moves it, and a chat program in memory."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.ports.message import Destination, Message, Posted, Row
from bot.ports.messenger import MessengerError, NotSent, Uncertain, Vanished

R = TypeVar("R")

# Turns of the event loop after which something that needs no time to pass has surely gone wild.
TURNS = 100_000


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
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        for _ in range(TURNS):
            await asyncio.sleep(0)
            if not ready:
                return
        raise AssertionError("it never comes to rest")

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


@dataclass
class FakeMessenger:
    """`bot.ports.messenger.Messenger` that remembers what each chat shows.

    `failures[chat]` are raised by the next calls to that chat, one each; an `Uncertain` among them may say that the
    call was accepted all the same (`accepted`). `takes` is how many seconds every call lasts;
    before `down_until` (seconds of the clock) nothing gets through.
    """

    clock: VirtualClock
    takes: float = 0.0
    down_until: float = 0.0
    tried: int = 0
    failures: dict[int, list[MessengerError]] = field(default_factory=dict)
    accepted: bool = False
    sent: list[tuple[float, int, str]] = field(default_factory=list)
    edits: list[tuple[float, int, str]] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    topics: list[int | None] = field(default_factory=list)
    buttons: list[tuple[Row, ...]] = field(default_factory=list)
    shown: dict[Posted, str] = field(default_factory=dict)
    answered: list[tuple[float, str, str]] = field(default_factory=list)

    async def _reach(self, chat_id: int) -> MessengerError | None:
        if self.takes:
            await self.clock.sleep(self.takes)
        self.tried += 1
        if self.clock.monotonic() < self.down_until:
            raise NotSent("down")
        failures = self.failures.get(chat_id)
        error = copy(failures.pop(0)) if failures else None  # a fresh one, without earlier tracebacks
        if error is not None and not (self.accepted and isinstance(error, Uncertain)):
            raise error
        return error

    async def send(self, to: Destination, message: Message, *, silent: bool = True) -> Posted:
        error = await self._reach(to.chat_id)
        posted = Posted(to.chat_id, 1 + len(self.sent))
        self.sent.append((round(self.clock.monotonic(), 3), to.chat_id, message.text))
        self.silent.append(silent)
        self.topics.append(to.topic_id)
        self.buttons.append(message.buttons)
        self.shown[posted] = message.text
        if error is not None:
            raise error
        return posted

    async def edit(self, posted: Posted, message: Message) -> None:
        error = await self._reach(posted.chat_id)
        if posted not in self.shown:
            raise Vanished("message")
        self.edits.append((round(self.clock.monotonic(), 3), posted.chat_id, message.text))
        self.shown[posted] = message.text
        if error is not None:
            raise error

    async def delete(self, posted: Posted) -> None:
        await self._reach(posted.chat_id)
        self.shown.pop(posted, None)

    async def answer(self, press_id: str, text: str = "", *, alert: bool = False, start: str | None = None) -> None:
        what = f"{'!' if alert else ''}{text or start or ''}"
        self.answered.append((round(self.clock.monotonic(), 3), press_id, what))

    async def administrators(self, chat_id: int) -> frozenset[int]:
        await self._reach(chat_id)
        return frozenset()

    async def is_member(self, chat_id: int, account: int) -> bool:
        await self._reach(chat_id)
        return account > 0
