"""One pace for everything we send, so that the chat program never has to slow us down.

Telegram publishes no exact limits; about 30 messages a second overall, one a second in a chat and 20 a minute in a
group are what its FAQ names, and exceeding them costs a 429 that can last minutes. We stay below all three by handing
out slots at absolute times: no burst after a pause, no catching up, and whoever is most urgent gets the next slot.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.delivery.line import Line
from bot.domain.notices import Lane
from bot.ports.clock import Clock

_MINUTE = 60.0
_TICK = 1e-6  # instants closer than this are the same
_LATE = 0.25  # seconds for which a slot that could not be given in time is made up for; the line prevents a burst
_SWEEP = 1000  # chats remembered before the quiet ones are forgotten
_SEVERAL = 3  # chats refused in a row, with nothing let through between: the whole bot is meant
_LONGEST_FOR_ALL = 30.0  # seconds; then the next call shows whether the whole bot was meant


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent. Group limits hold for chats with a negative id, edits counting like messages."""

    per_second: float = 25.0
    seconds_per_chat: float = 1.0
    per_group_minute: int = 18


@dataclass(slots=True)
class _Chat:
    """What one chat has had, and who waits for it, the most urgent first."""

    sent: deque[float] = field(default_factory=deque)
    card_at: float = float("-inf")
    paused_until: float = float("-inf")
    waiting: list[tuple[int, int, asyncio.Future[None], float]] = field(default_factory=list)  # …, since when
    entered: int = 0  # the turn of whom the chat's entry is about

    def last(self) -> float:
        """Return when anything about the chat last mattered."""
        return max(self.paused_until, self.sent[-1] if self.sent else float("-inf"))

    def head(self) -> tuple[int, int] | None:
        """Return lane and turn of whoever is next in this chat, or None; callers that were cancelled are dropped."""
        while self.waiting and self.waiting[0][2].done():
            heapq.heappop(self.waiting)
        return self.waiting[0][:2] if self.waiting else None


class Pacer:
    """Hands out the right to send, one slot at a time.

    `await slot(chat, lane)` returns when the caller may send to that chat now. Among those whose chat is free, the most
    urgent lane goes first, then whoever came first. Live cards in a group are spread evenly over the minute, so that
    they leave room for what is more urgent. The call itself is made in `async with call()`.

    Every chat in which somebody waits has an entry for its head in one of two heaps: `_later`, by the time from which
    the chat is free, or `_ready`, by urgency. Entries are not taken out when they become wrong, they are looked at
    again when they come up: a chat can only become free later than its entry says, unless its head changes, and then
    a new entry is made. So a slot costs the logarithm of the number of chats waiting.
    """

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._interval = 1.0 / self._limits.per_second
        self._next_at = float("-inf")
        self._line = Line(clock, self._limits.per_second)
        self._chats: dict[int, _Chat] = {}
        self._waiting: dict[int, _Chat] = {}
        self._ready: list[tuple[int, int, int]] = []  # lane, turn, chat
        self._later: list[tuple[float, int, int]] = []  # free from, turn, chat
        self._turn = 0
        self._granting: asyncio.Task[None] | None = None
        self._nap: asyncio.Task[None] | None = None
        self._wake_at = float("-inf")
        self._sweep_at = _SWEEP
        self._refused: set[int] = set()

    async def slot(self, chat_id: int, lane: Lane) -> None:
        """Wait until something may be sent to the chat; a caller that is cancelled gives its place up."""
        chat = self._chat(chat_id)
        now = self._clock.monotonic()
        free_at = max(self._next_at, self._free_at(chat_id, chat, lane), self._line.free_at())
        if not self._waiting and free_at <= now + _TICK:
            self._grant(chat, lane, now, now)
            return
        self._turn += 1
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(chat.waiting, (lane, self._turn, waiter, now))
        self._waiting[chat_id] = chat
        head = chat.head()
        if head is not None and head[1] != chat.entered:
            self._enter(chat_id, chat, now)
        if self._granting is None:
            self._granting = asyncio.create_task(self._hand_out(), name="pacer")
        await waiter

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Make a call in this block, after its slot. A block left by an error did not get through."""
        async with self._line.call():
            yield
        self._refused.clear()  # what was refused before was about single chats

    def pause(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to the chat (None: to anybody) for so many seconds; a longer pause stands.

        A refusal names nothing but the chat it was given for, and stops no other. But when several chats in a row are
        refused and nothing gets through between, the whole bot is meant: then everybody waits, for half a
        minute at most, and the next call tells.
        """
        until = self._clock.monotonic() + seconds
        if chat_id is None:
            self._next_at = max(self._next_at, until)
            return
        chat = self._chat(chat_id)
        chat.paused_until = max(chat.paused_until, until)
        self._refused.add(chat_id)
        if len(self._refused) >= _SEVERAL:
            self.pause(None, min(seconds, _LONGEST_FOR_ALL))

    def paused_for(self, chat_id: int) -> float:
        """Return how many seconds the chat is still paused, 0 if it is not."""
        chat = self._chats.get(chat_id)
        return max(0.0, chat.paused_until - self._clock.monotonic()) if chat else 0.0

    async def close(self) -> None:
        """Stop handing out slots; whoever waits is cancelled."""
        for chat in self._waiting.values():
            for _, _, waiter, _ in chat.waiting:
                waiter.cancel()
        if self._granting is not None:
            self._granting.cancel()
            await asyncio.gather(self._granting, return_exceptions=True)

    def _free_at(self, chat_id: int, chat: _Chat, lane: int) -> float:
        """Return from when on something of that lane may go to the chat, the overall pace left aside."""
        free = chat.paused_until
        if chat.sent:
            free = max(free, chat.sent[-1] + self._limits.seconds_per_chat)
        if chat_id < 0:
            if len(chat.sent) >= self._limits.per_group_minute:
                free = max(free, chat.sent[-self._limits.per_group_minute] + _MINUTE)
            if lane == Lane.CARD:
                free = max(free, chat.card_at + _MINUTE / self._limits.per_group_minute)
        return free

    def _grant(self, chat: _Chat, lane: int, now: float, slot: float) -> None:
        self._next_at = slot + self._interval
        chat.sent.append(now)
        if len(chat.sent) > self._limits.per_group_minute:
            chat.sent.popleft()
        if lane == Lane.CARD:
            chat.card_at = now

    def _enter(self, chat_id: int, chat: _Chat, now: float) -> None:
        """Make an entry for the chat's head; forget that anybody waits there if nobody does."""
        head = chat.head()
        if head is None:
            del self._waiting[chat_id]
            return
        lane, turn = head
        chat.entered = turn
        free_at = self._free_at(chat_id, chat, lane)
        if free_at <= now + _TICK:
            heapq.heappush(self._ready, (lane, turn, chat_id))
        else:
            heapq.heappush(self._later, (free_at, turn, chat_id))
        if self._nap is not None and max(free_at, self._next_at) < self._wake_at - _TICK:
            self._nap.cancel()

    async def _hand_out(self) -> None:
        """Give slots away until nobody waits any more."""
        try:
            while True:
                now = self._clock.monotonic()
                self._bring_up(now)
                if not self._waiting:
                    return
                when = max(self._next_at, self._line.free_at())
                if not self._ready:
                    when = max(when, self._later[0][0])
                if when > now + _TICK:
                    await self._sleep_until(when, now)
                    continue
                chat_id = heapq.heappop(self._ready)[2]
                self._give(chat_id, self._waiting[chat_id], now)
        finally:
            self._granting = None

    def _give(self, chat_id: int, chat: _Chat, now: float) -> None:
        """Give the slot to a chat's head. A slot that we come to a little late keeps the time at which it was due."""
        lane, _, waiter, since = heapq.heappop(chat.waiting)
        due = max(self._next_at, self._free_at(chat_id, chat, lane), since)
        self._grant(chat, lane, now, due if now - due < _LATE else now)
        waiter.set_result(None)
        self._enter(chat_id, chat, now)

    def _bring_up(self, now: float) -> None:
        """Make the entries of chats that have become free ready, until the first ready one is right."""
        while self._later and self._later[0][0] <= now + _TICK:
            _, turn, chat_id = heapq.heappop(self._later)
            self._look_again(turn, chat_id, now)
        while self._ready:
            lane, turn, chat_id = self._ready[0]
            chat = self._waiting.get(chat_id)
            if chat and chat.head() == (lane, turn) and self._free_at(chat_id, chat, lane) <= now + _TICK:
                return
            heapq.heappop(self._ready)
            self._look_again(turn, chat_id, now)

    def _look_again(self, turn: int, chat_id: int, now: float) -> None:
        """Make the entry of a chat anew, if it is the one that counts."""
        chat = self._waiting.get(chat_id)
        if chat is not None and chat.entered == turn:
            self._enter(chat_id, chat, now)

    async def _sleep_until(self, when: float, now: float) -> None:
        """Wait, unless somebody comes whose turn is earlier."""
        self._wake_at = when
        self._nap = asyncio.ensure_future(self._clock.sleep(when - now))
        try:
            await asyncio.wait({self._nap})
        finally:
            self._nap.cancel()
            self._nap = None

    def _chat(self, chat_id: int) -> _Chat:
        if len(self._chats) > self._sweep_at:
            quiet_since = self._clock.monotonic() - _MINUTE
            busy = {i: c for i, c in self._chats.items() if i in self._waiting or c.last() > quiet_since}
            self._chats = busy
            self._sweep_at = max(_SWEEP, 2 * len(busy))
        return self._chats.setdefault(chat_id, _Chat())
