"""One pace for everything we send, so that the chat program never has to slow us down.

Telegram publishes no exact limits; about 30 messages a second overall, one a second in a chat and 20 a minute in a
group are what its FAQ names, and exceeding them costs a 429 that can last minutes. We stay below all three by handing
out slots at absolute times: no burst after a pause, no catching up, and whoever is most urgent gets the next slot.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, field

from bot.domain.notices import Lane
from bot.ports.clock import Clock

_MINUTE = 60.0
_TICK = 1e-6  # instants closer than this are the same
_SWEEP = 1000  # chats remembered before the quiet ones are forgotten


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent. Group limits hold for chats with a negative id, edits counting like messages."""

    per_second: float = 25.0
    seconds_per_chat: float = 1.0
    per_group_minute: int = 18


@dataclass(slots=True)
class _Chat:
    """What one chat has had, and who waits for it."""

    sent: deque[float] = field(default_factory=deque)
    card_at: float = float("-inf")
    paused_until: float = float("-inf")
    waiting: list[tuple[int, int, asyncio.Future[None]]] = field(default_factory=list)

    def last(self) -> float:
        """Return when anything about the chat last mattered."""
        return max(self.paused_until, self.sent[-1] if self.sent else float("-inf"))


class Pacer:
    """Hands out the right to send, one slot at a time.

    `await slot(chat, lane)` returns when the caller may send to that chat now. Among those whose chat is free, the most
    urgent lane goes first, then whoever came first. Live cards in a group are spread evenly over the minute, so that
    they leave room for what is more urgent.
    """

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._interval = 1.0 / self._limits.per_second
        self._next_at = float("-inf")
        self._chats: dict[int, _Chat] = {}
        self._waiting: dict[int, _Chat] = {}
        self._turn = 0
        self._granting: asyncio.Task[None] | None = None
        self._nap: asyncio.Task[None] | None = None
        self._wake_at = float("-inf")
        self._sweep_at = _SWEEP

    async def slot(self, chat_id: int, lane: Lane) -> None:
        """Wait until something may be sent to the chat; a caller that is cancelled gives its place up."""
        chat = self._chat(chat_id)
        now = self._clock.monotonic()
        free_at = self._free_at(chat_id, chat, lane)
        if not self._waiting and free_at <= now + _TICK:
            self._grant(chat, lane, now, now)
            return
        self._turn += 1
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(chat.waiting, (lane, self._turn, waiter))
        self._waiting[chat_id] = chat
        if self._granting is None:
            self._granting = asyncio.create_task(self._hand_out(), name="pacer")
        elif self._nap is not None and free_at < self._wake_at:
            self._nap.cancel()
        await waiter

    def pause(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to the chat (None: to anybody) for so many seconds; a longer pause stands."""
        until = self._clock.monotonic() + seconds
        if chat_id is None:
            self._next_at = max(self._next_at, until)
        else:
            chat = self._chat(chat_id)
            chat.paused_until = max(chat.paused_until, until)

    def paused_for(self, chat_id: int) -> float:
        """Return how many seconds the chat is still paused, 0 if it is not."""
        chat = self._chats.get(chat_id)
        return max(0.0, chat.paused_until - self._clock.monotonic()) if chat else 0.0

    async def close(self) -> None:
        """Stop handing out slots; whoever waits is cancelled."""
        for chat in self._waiting.values():
            for _, _, waiter in chat.waiting:
                waiter.cancel()
        if self._granting is not None:
            self._granting.cancel()
            await asyncio.gather(self._granting, return_exceptions=True)

    def _free_at(self, chat_id: int, chat: _Chat, lane: Lane) -> float:
        """Return when something of that lane may go to the chat, the overall pace included."""
        free = max(self._next_at, chat.paused_until)
        if chat.sent:
            free = max(free, chat.sent[-1] + self._limits.seconds_per_chat)
        if chat_id < 0:
            if len(chat.sent) >= self._limits.per_group_minute:
                free = max(free, chat.sent[-self._limits.per_group_minute] + _MINUTE)
            if lane is Lane.CARD:
                free = max(free, chat.card_at + _MINUTE / self._limits.per_group_minute)
        return free

    def _grant(self, chat: _Chat, lane: Lane, now: float, slot: float) -> None:
        # A slot that was waited for keeps its own time if we woke up a little late; lost slots are not made up for.
        self._next_at = slot + self._interval
        chat.sent.append(now)
        if len(chat.sent) > self._limits.per_group_minute:
            chat.sent.popleft()
        if lane is Lane.CARD:
            chat.card_at = now

    async def _hand_out(self) -> None:
        """Give slots away until nobody waits any more."""
        try:
            planned = float("-inf")
            while (best := self._best()) is not None:
                free_at, lane, chat_id = best
                now = self._clock.monotonic()
                if free_at > now + _TICK:
                    await self._sleep_until(free_at, now)
                    planned = free_at
                    continue
                chat = self._waiting[chat_id]
                _, _, waiter = heapq.heappop(chat.waiting)
                self._grant(chat, lane, now, planned if 0 <= now - planned < self._interval else now)
                waiter.set_result(None)
        finally:
            self._granting = None

    async def _sleep_until(self, when: float, now: float) -> None:
        """Wait, unless somebody comes whose turn is earlier."""
        self._wake_at = when
        self._nap = asyncio.ensure_future(self._clock.sleep(when - now))
        try:
            await asyncio.wait({self._nap})
        finally:
            self._nap.cancel()
            self._nap = None

    def _best(self) -> tuple[float, Lane, int] | None:
        """Return whose turn is next and when: the most urgent of those who could go now, else the earliest."""
        now = self._clock.monotonic() + _TICK
        best: tuple[float, int, int, int] | None = None
        for chat_id, chat in list(self._waiting.items()):
            while chat.waiting and chat.waiting[0][2].done():  # its caller was cancelled
                heapq.heappop(chat.waiting)
            if not chat.waiting:
                del self._waiting[chat_id]
                continue
            lane, turn, _ = chat.waiting[0]
            rank = (max(now, self._free_at(chat_id, chat, Lane(lane))), lane, turn, chat_id)
            if best is None or rank < best:
                best = rank
        return None if best is None else (best[0], Lane(best[1]), best[3])

    def _chat(self, chat_id: int) -> _Chat:
        if len(self._chats) > self._sweep_at:
            quiet_since = self._clock.monotonic() - _MINUTE
            busy = {i: c for i, c in self._chats.items() if i in self._waiting or c.last() > quiet_since}
            self._chats = busy
            self._sweep_at = max(_SWEEP, 2 * len(busy))
        return self._chats.setdefault(chat_id, _Chat())
