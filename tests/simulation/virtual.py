"""An event loop in virtual time: whenever nobody has anything to do, it leaps to the next moment somebody waits for.

A week takes as long as its work takes, and the same work gives the same week. The machine's wall clock is virtual too
(time-machine), so that whoever reads it, APScheduler among them, sees the same time; it can be stepped, as by a
correction of the system, without anybody having waited.
"""

from __future__ import annotations

import asyncio
import contextvars
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import time_machine

DAY = 86_400.0


class _Leaping(selectors.DefaultSelector):
    """Waits for nothing: where a real loop would sleep, time passes at once."""

    leap: Callable[[float], None]

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if events or (timeout is not None and timeout <= 0):
            return events
        if timeout is None:
            raise AssertionError("everybody waits, and nothing is ever going to happen")
        self.leap(timeout)
        return []


class LeapingLoop(asyncio.SelectorEventLoop):
    """The loop. `time()` begins at 0; tasks remember under which `owner` they were begun."""

    def __init__(self) -> None:
        self._now = 0.0
        self.leapt: Callable[[], None] = lambda: None
        selector = _Leaping()
        selector.leap = self._leap
        super().__init__(selector)
        self._clock_resolution = 1e-6
        self._owners: dict[str, WeakSet[asyncio.Task[Any]]] = {}
        self.set_task_factory(self._make_task)  # type: ignore[arg-type]

    def time(self) -> float:
        return self._now

    def _leap(self, seconds: float) -> None:
        self._now += seconds
        self.leapt()

    def _make_task(self, loop: Any, work: Coroutine[Any, Any, Any], **more: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **more)
        self._owners.setdefault(owner.get(), WeakSet()).add(task)
        return task

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Do it at once: a thread of its own would make of one seed many weeks."""
        done: asyncio.Future[Any] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits
            done.set_exception(error)
        return done

    def tasks_of(self, name: str) -> list[asyncio.Task[Any]]:
        """Return what was begun under that name and is not done."""
        return [task for task in self._owners.get(name, ()) if not task.done()]

    async def end_all(self) -> None:
        """Cancel whatever is still under way, until nothing is."""
        own = asyncio.current_task()
        while tasks := [t for name in list(self._owners) for t in self.tasks_of(name) if t is not own]:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


owner: contextvars.ContextVar[str] = contextvars.ContextVar("owner", default="world")


class WallClock:
    """What the machine believes to be the time: the loop's, from `start` (Unix seconds) on, and whatever it was stepped."""

    def __init__(self, loop: LeapingLoop, start: float, travel: Any) -> None:
        self._loop = loop
        self._start = start
        self._travel = travel
        self.stepped = 0.0
        loop.leapt = self._follow

    def step(self, seconds: float) -> None:
        """Set the clock, and the clock alone."""
        self.stepped += seconds
        self._follow()

    def _follow(self) -> None:
        self._travel.move_to(self._start + self._loop.time() + self.stepped)


@contextmanager
def virtual_time(start: float) -> Iterator[tuple[LeapingLoop, WallClock]]:
    """Give a loop in virtual time that begins at `start`, and its wall clock; at the end everything is closed."""
    with time_machine.travel(start, tick=False) as travel:
        loop = LeapingLoop()
        asyncio.set_event_loop(loop)
        try:
            yield loop, WallClock(loop, start, travel)
        finally:
            loop.run_until_complete(loop.end_all())
            loop.run_until_complete(loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            loop.close()
