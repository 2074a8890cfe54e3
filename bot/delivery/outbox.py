"""Sends the stored notices: each once, or as often as its fate (`bot.delivery.fates`) allows.

A notice is marked `sending` in a commit of its own before the call is made. A crash in between therefore leaves a row
that says that nobody knows; on the next start it is treated like an answer that never came.

Per person one notice at a time, the more urgent lane first, within a lane in the order of making: a notice that waits
for its next try holds back what the same person is owed in its own and lesser lanes, not what is more urgent. The rows
say all of that; what is kept here in memory (who is being written to) may be forgotten at any moment.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine
from datetime import datetime

from bot.delivery import fates
from bot.delivery.attempts import Attempts
from bot.domain.ids import PersonId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.clock import Clock
from bot.ports.store import Store, StoreFailed, Transaction

_LOG = logging.getLogger(__name__)

LANES = (Lane.URGENT, Lane.REPLY, Lane.REMINDER, Lane.BROADCAST)
SWEEP = 30.0  # seconds after which the rows are looked at even if nobody gave a hint
WINDOW = 64  # rows looked at per lane at first


class Outbox:
    """The sender of stored notices: begins what is due, by lane, and keeps each person's order.

    `attempts` makes one attempt at a notice; at most `at_once` notices per lane are under way.
    """

    def __init__(self, store: Store, clock: Clock, attempts: Attempts, *, at_once: int = 32) -> None:
        self._store = store
        self._clock = clock
        self._attempts = attempts
        self._at_once = at_once
        self._hint = asyncio.Event()
        self._stopping = False
        self._tasks: dict[PersonId, asyncio.Task[None]] = {}
        self._busy: Counter[Lane] = Counter()
        self._broken: BaseException | None = None

    def wake(self) -> None:
        """Say that there may be something new to send."""
        self._hint.set()

    def stop(self) -> None:
        """Begin nothing more; `run` returns when the calls under way have ended."""
        self._stopping = True
        self._attempts.stop()
        self._hint.set()

    async def run(self) -> None:
        """Send until `stop`. Raises StoreFailed."""
        await self._recover()
        try:
            while not self._stopping:
                self._hint.clear()
                wait = await self._begin_due()
                await self._wait(wait)
                if self._broken is not None:
                    raise self._broken
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        finally:
            for task in self._tasks.values():
                task.cancel()

    async def _recover(self) -> None:
        """Give every notice whose attempt was cut off by a crash its fate."""
        while True:
            async with self._store.reading() as tx:
                cut_off = await tx.notices.in_state(NoticeState.SENDING, WINDOW)
            if not cut_off:
                return
            fated = [fates.interrupted(notice, self._clock.now()) for notice in cut_off]
            for notice in fated:  # before it is written: killed in between, we find it cut off and tell once more
                await self._attempts.report(notice)
            async with self._store.transaction() as tx:
                for notice in fated:
                    await tx.notices.save(notice)
            _LOG.warning("%d notices were cut off while being sent", len(cut_off))

    async def _wait(self, seconds: float) -> None:
        nap = asyncio.ensure_future(self._clock.sleep(seconds))
        hint = asyncio.ensure_future(self._hint.wait())
        try:
            await asyncio.wait({nap, hint}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            hint.cancel()

    async def _begin_due(self) -> float:
        """Begin to send what is due, as far as there is room; return after how many seconds to look again."""
        now = self._clock.now()
        held: list[datetime] = []
        async with self._store.reading() as tx:
            for lane in LANES:
                for notice in await self._next_of(tx, lane, now, held):
                    self._begin(notice)
            earliest = await tx.notices.next_due()
        # What is due already waits for an attempt to end, which is a hint, or for a time until which it is held back.
        coming = [*held, *([earliest] if earliest is not None and earliest > now else [])]
        return min([SWEEP, *((instant - now).total_seconds() for instant in coming)])

    async def _next_of(self, tx: Transaction, lane: Lane, now: datetime, held: list[datetime]) -> list[Notice]:
        """Return which notices of a lane to begin now: the first of every person who is free, as many as fit."""
        room = self._at_once - self._busy[lane]
        if room < self._at_once // 4 and lane is not Lane.URGENT:
            return []  # enough is under way to keep the pace; looking for more after every message would cost
        window, seen = WINDOW, 0
        found: list[Notice] = []
        asked: set[PersonId] = set(self._tasks)
        while True:
            due = await tx.notices.due(now, lane, window)
            for notice in due[seen:]:
                if len(found) == room:
                    return found
                if notice.person_id not in asked:
                    asked.add(notice.person_id)
                    found += await self._first_of(tx, notice, now, held)
            if found or len(due) < window:
                return found
            window, seen = window * 4, len(due)  # somebody who is held back has a great many

    async def _first_of(self, tx: Transaction, notice: Notice, now: datetime, held: list[datetime]) -> list[Notice]:
        """Return the first that a notice's reader is owed in its lane; nothing, noting until when, if it is held back.

        A row found by its time need not be the first in order: one made earlier may have had to wait for its next try.
        """
        owed = await self._up_to(tx, notice)
        waits = [n.not_before for n in owed if n.lane <= notice.lane and fates.waits_again(n, now)]
        held += waits
        return [] if waits else [next((n for n in owed if n.lane is notice.lane and n.not_before <= now), notice)]

    async def _up_to(self, tx: Transaction, notice: Notice) -> list[Notice]:
        """Return what a notice's reader is owed in the order of making, as far as the notice itself at least."""
        window = WINDOW
        while True:
            owed = await tx.notices.of_person(notice.person_id, NoticeState.PENDING, window)
            if len(owed) < window or owed[-1].turn >= notice.turn:
                return owed
            window *= 4

    def _begin(self, notice: Notice) -> None:
        self._busy[notice.lane] += 1
        self._run(notice, self._attempt(notice))

    def _run(self, notice: Notice, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[notice.person_id] = task
        task.add_done_callback(lambda done: self._ended(notice, done))

    async def _attempt(self, notice: Notice) -> None:
        try:
            await self._attempts.make(notice)
        finally:
            self._busy[notice.lane] -= 1

    def _ended(self, notice: Notice, task: asyncio.Task[None]) -> None:
        del self._tasks[notice.person_id]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StoreFailed):
            self._broken = error
        elif error is not None:  # a fault of ours in this notice is no reason to keep the others waiting
            _LOG.error("notice %s could not be put into words", notice.id, exc_info=error)
            self._run(notice, self._attempts.give_up(notice, f"fault: {type(error).__name__}"))
        self._hint.set()
