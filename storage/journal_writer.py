"""Makes transactions durable in the order in which they came; in a thread, all that wait with one fsync."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue

import msgspec

from storage.engine import EngineFailedError
from storage.files import DISK_FULL
from storage.journal import Journal, Transaction

LARGEST_GROUP = 8 << 20  # bytes written between two fsyncs


class Task(msgspec.Struct):
    """Work for the thread: a transaction, or another step on the journal that keeps its place in the order."""

    transaction: Transaction | None = None
    step: Callable[[Journal], None] | None = None
    future: asyncio.Future[None] | None = None
    event: threading.Event | None = None
    error: EngineFailedError | None = None


class JournalWriter:
    """Owns the journal from construction until `stop`. After the first failure nothing more is written."""

    def __init__(
        self,
        journal: Journal,
        free_reserve: Callable[[], bool],
        on_failure: Callable[[EngineFailedError], None],
        *,
        threaded: bool,
    ) -> None:
        """`free_reserve` gives back the space kept for a full disk, once; `on_failure` is told, in the thread.

        Not `threaded`, everything is done at once in the calling thread, of which there may be one only.
        """
        self._journal = journal
        self._free_reserve = free_reserve
        self._on_failure = on_failure
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()  # None: the end
        self.failure: EngineFailedError | None = None
        self._stopped = False
        self._broken = False  # the disk lied or refused: what lies on it is for recovery to judge
        self._thread: threading.Thread | None = None
        if threaded:
            self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()

    @property
    def size(self) -> int:
        """Bytes in the current journal file."""
        return self._journal.size

    @property
    def broken(self) -> bool:
        """Whether the disk failed in a way after which nothing may be written at all."""
        return self._broken

    def submit(self, task: Task) -> None:
        """Take work; it is answered through its future or event, after `stop` with EngineFailedError."""
        if self._stopped:
            _answer([task], self.failure or EngineFailedError("the store is closed"))
        elif self._thread is None:
            self._carry_out([task])
        else:
            self._tasks.put(task)

    def wait_for(self, task: Task) -> None:
        """Submit and wait in this thread; raises EngineFailedError."""
        task.event = threading.Event()
        self.submit(task)
        task.event.wait()
        if task.error is not None:
            raise task.error

    def report(self, error: OSError) -> EngineFailedError:
        """Take nothing more, because the disk failed somewhere else in the store; returns the failure."""
        return self._fail(error, broken=error.errno not in DISK_FULL)

    def stop(self) -> None:
        """Finish what was submitted and end the thread. The journal stays open, the caller's again."""
        self._stopped = True
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()

    def _run(self) -> None:
        task = self._tasks.get()
        while task is not None:
            waiting = [task]
            while not self._tasks.empty() and (task := self._tasks.get()) is not None:
                waiting.append(task)
            self._carry_out(waiting)
            if task is not None:
                task = self._tasks.get()

    def _carry_out(self, tasks: list[Task]) -> None:
        group: list[Task] = []
        size = 0
        for task in tasks:
            if task.step is not None or size > LARGEST_GROUP:
                self._write(group)
                group, size = [], 0
            if task.step is not None:
                self._take_step(task)
            elif task.transaction is not None:
                group.append(task)
                size += sum(map(len, task.transaction.changes))
        self._write(group)

    def _write(self, group: list[Task]) -> None:
        batch = [task.transaction for task in group if task.transaction is not None]
        if batch:
            _answer(group, self.failure or self._append(batch))

    def _append(self, batch: list[Transaction]) -> EngineFailedError | None:
        """Write; on a full disk once more in the space held in reserve, and then take nothing more."""
        try:
            self._journal.append(batch)
        except OSError as error:
            if error.errno not in DISK_FULL:
                return self._fail(error, broken=True)
            return self._append_in_reserve(batch, error)
        return None

    def _append_in_reserve(self, batch: list[Transaction], full: OSError) -> EngineFailedError | None:
        try:
            self._journal.retreat()
            if not self._free_reserve():
                return self._fail(full, broken=False)
            self._journal.append(batch)
        except OSError as error:
            with contextlib.suppress(OSError):
                self._journal.retreat()
            return self._fail(error, broken=error.errno not in DISK_FULL)
        self._fail(full, broken=False)
        return None

    def _take_step(self, task: Task) -> None:
        error = self.failure
        if error is None and task.step is not None:
            try:
                task.step(self._journal)
            except OSError as failed:
                error = self._fail(failed, broken=failed.errno not in DISK_FULL)
        _answer([task], error)

    def _fail(self, error: OSError, *, broken: bool) -> EngineFailedError:
        failure = EngineFailedError(f"the disk refused a write: {error}")
        failure.__cause__ = error
        self.failure = failure
        self._broken = self._broken or broken
        self._on_failure(failure)
        return failure


def _answer(group: list[Task], error: EngineFailedError | None) -> None:
    """Tell everyone who waits, each event loop once."""
    futures: list[asyncio.Future[None]] = []
    for task in group:
        task.error = error
        if task.event is not None:
            task.event.set()
        if task.future is not None:
            futures.append(task.future)
    if futures:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            futures[0].get_loop().call_soon_threadsafe(_resolve, futures, error)


def _resolve(futures: list[asyncio.Future[None]], error: EngineFailedError | None) -> None:
    for future in futures:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
