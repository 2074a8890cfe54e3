"""Volatile things on their way out: answers to presses, toasts, replies. Kept in memory only.

What must not be lost stands in the store's outbox (`bot.delivery.outbox`); what is queued here is worth nothing once
the moment has passed, and the person can ask again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial

from bot.delivery.pacer import Pacer
from bot.domain.notices import Lane
from bot.ports.clock import Clock
from bot.ports.messenger import MessengerError, NotSent, RetryLater

Call = Callable[[], Awaitable[object]]

_LOG = logging.getLogger(__name__)

# Telegram forgets a press after 150 s (Bot API server, platform notes §2): later an answer is of no use.
ANSWER_USEFUL = 150.0
REPLY_USEFUL = 600.0
FIRST_WAIT = 0.5
LONGEST_WAIT = 15.0


@dataclass(slots=True)
class _Letter:
    """One call to be made."""

    lane: Lane
    call: Call
    useful_until: float
    key: Hashable | None = None
    tries: int = 0


@dataclass(slots=True)
class _Queue:
    """What one chat is owed, by lane, in the order of posting."""

    lanes: dict[Lane, deque[_Letter]] = field(default_factory=dict)
    by_key: dict[Hashable, _Letter] = field(default_factory=dict)
    served: bool = False

    def push(self, letter: _Letter) -> None:
        """Append a letter, or let it take the place of the one with the same key."""
        if letter.key is not None:
            earlier = self.by_key.get(letter.key)
            if earlier is not None and earlier.lane == letter.lane:
                earlier.call, earlier.useful_until, earlier.tries = letter.call, letter.useful_until, 0
                return
            self.by_key[letter.key] = letter
        self.lanes.setdefault(letter.lane, deque()).append(letter)

    def urgency(self) -> Lane | None:
        """Return the most urgent lane that has a letter, or None."""
        return min((lane for lane, letters in self.lanes.items() if letters), default=None)

    def pop(self) -> _Letter:
        """Take out the first letter of the most urgent lane; there must be one."""
        letter = self.lanes[min(lane for lane, letters in self.lanes.items() if letters)].popleft()
        if letter.key is not None and self.by_key.get(letter.key) is letter:
            del self.by_key[letter.key]
        return letter

    def put_back(self, letter: _Letter) -> None:
        """Put a letter in front again, unless a newer one with its key has come."""
        if letter.key is None or self.by_key.setdefault(letter.key, letter) is letter:
            self.lanes[letter.lane].appendleft(letter)


class Outgoing:
    """Makes calls in the background, in order per chat and lane, at the pacer's pace.

    Answers to presses (`Lane.ANSWER`) are not paced and wait for nobody; at most `answers_at_once` are under way.
    Failures are logged, never raised: 429 pauses the chat and the call is made again, what was certainly not sent is
    tried again with growing waits, everything else is given up.
    """

    def __init__(self, pacer: Pacer, clock: Clock, *, answers_at_once: int = 64) -> None:
        self._pacer = pacer
        self._clock = clock
        self._answers: deque[_Letter] = deque()
        self._answers_at_once = answers_at_once
        self._answering = 0
        self._queues: dict[int, _Queue] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    def post(self, lane: Lane, chat_id: int, call: Call, *, key: Hashable | None = None) -> None:
        """Queue a call and return at once.

        Of several calls with the same key that wait for one chat and lane, only the latest is made, in the place of
        the first. `call` is made again when it has to be retried; it may raise MessengerError.
        """
        useful = ANSWER_USEFUL if lane is Lane.ANSWER else REPLY_USEFUL
        letter = _Letter(lane, call, self._clock.monotonic() + useful, key)
        if lane is Lane.ANSWER:
            self._answers.append(letter)
            self._answer_on()
            return
        queue = self._queues.setdefault(chat_id, _Queue())
        queue.push(letter)
        if not queue.served:
            self._serve_on(chat_id, queue)

    async def idle(self) -> None:
        """Return when nothing is queued or under way."""
        await self._idle.wait()

    async def stop(self, seconds: float) -> int:
        """Go on for at most so many seconds, then give up; return how many calls were given up."""
        deadline = asyncio.ensure_future(self._clock.sleep(seconds))
        done = asyncio.ensure_future(self.idle())
        await asyncio.wait({deadline, done}, return_when=asyncio.FIRST_COMPLETED)
        left = len(self._answers) + sum(len(lane) for q in self._queues.values() for lane in q.lanes.values())
        rest = [deadline, done, *self._tasks]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        self._answers.clear()
        self._queues.clear()
        return left

    def _start(self, work: Coroutine[object, object, None], then: Callable[[], None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        self._idle.clear()
        task.add_done_callback(partial(self._ended, then))

    def _ended(self, then: Callable[[], None], task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            if (error := task.exception()) is not None:  # the rest of the queue does not suffer for it
                _LOG.error("an outgoing call failed by a fault of ours", exc_info=error)
            then()
        if not self._tasks:
            self._idle.set()

    def _answer_on(self) -> None:
        """Answer as many presses at once as allowed."""
        while self._answers and self._answering < self._answers_at_once:
            self._answering += 1
            self._start(self._answer(self._answers.popleft()), self._answered)

    def _answered(self) -> None:
        self._answering -= 1
        self._answer_on()

    async def _answer(self, letter: _Letter) -> None:
        while (wait := await self._attempt(letter, None)) is not None:
            await self._clock.sleep(wait)

    def _serve_on(self, chat_id: int, queue: _Queue) -> None:
        """See to it that a chat is served as long as it is owed anything."""
        queue.served = queue.urgency() is not None
        if queue.served:
            self._start(self._serve(chat_id, queue), partial(self._serve_on, chat_id, queue))
        else:
            del self._queues[chat_id]

    async def _serve(self, chat_id: int, queue: _Queue) -> None:
        """Make one chat's calls until there are none."""
        while (lane := queue.urgency()) is not None:
            await self._pacer.slot(chat_id, lane)
            letter = queue.pop()  # perhaps something more urgent than what the slot was asked for
            wait = await self._attempt(letter, chat_id)
            if wait is not None:
                queue.put_back(letter)
                await self._clock.sleep(wait)

    async def _attempt(self, letter: _Letter, chat_id: int | None) -> float | None:
        """Make a call once; return after how many seconds to try again, or None when it is over with."""
        letter.tries += 1
        try:
            async with self._pacer.call() if chat_id is not None else nullcontext():
                await letter.call()
        except RetryLater as error:
            wait = error.seconds
            if chat_id is not None:
                self._pacer.pause(chat_id, wait)
        except NotSent:
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (letter.tries - 1))
        except MessengerError as error:
            _LOG.info("gave up a call in lane %s: %s", letter.lane.name, type(error).__name__)
            return None
        else:
            return None
        if self._clock.monotonic() + wait > letter.useful_until:
            _LOG.warning("gave up a call in lane %s that could not be made in time", letter.lane.name)
            return None
        return wait
