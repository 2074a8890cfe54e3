"""The durable engine: the TinyDB file as `storage.engine.Engine`, for an event loop."""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from storage.archive import Archive
from storage.engine import Change, EngineFailedError, Scalar, Table
from storage.files import Files
from storage.journal import Transaction
from storage.journal_writer import Task
from storage.live_rows import RecordRefusedError, Rows
from storage.live_staging import Staging
from storage.live_store import NO_MIGRATIONS, RESERVE, LiveStore, SnapshotRun, nobody_to_tell
from storage.migrations import Migrations
from storage.snapshot import pieces

# From this many records on, the cyclic collector is told to leave what is loaded alone: looking through the indexes of
# a million records would stop the event loop for longer than any transaction takes.
MANY = 100_000


class TinyDBEngine:
    """`storage.engine.Engine` over a `LiveStore`. Open it with `open`, in the event loop that uses it."""

    def __init__(self, store: LiveStore) -> None:
        """Serve a store that is open; the running event loop is the one that commits."""
        self.store = store
        self.shelf = Archive(store.layout.path, store.files)
        self._tables = store.tables
        self._applied: deque[bytes] = deque()
        self._loop = asyncio.get_running_loop()
        self._snapshot: asyncio.Task[None] | None = None
        self._all_committed: asyncio.Future[None] | None = None  # what a snapshot waits for before it is sealed
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="snapshot")
        self._closing = False

    @classmethod
    async def open(
        cls,
        path: Path | str,
        tables: Iterable[Table],
        *,
        files: Files | None = None,
        reserve: int = RESERVE,
        on_failure: Callable[[EngineFailedError], None] = nobody_to_tell,
        migrations: Migrations = NO_MIGRATIONS,
    ) -> TinyDBEngine:
        """Open the store whose main file is `path`, making it if nothing is there.

        Raises StoreLockedError, StoreRefusedError or OSError (`storage.live_store.LiveStore`). `on_failure` is told
        once, in the event loop, when the disk refuses a write.
        """
        loop = asyncio.get_running_loop()

        def tell(failure: EngineFailedError) -> None:
            loop.call_soon_threadsafe(on_failure, failure)

        declared = tuple(tables)
        store = await asyncio.to_thread(
            LiveStore,
            Path(path),
            declared,
            files=files,
            reserve=reserve,
            threaded=True,
            on_failure=tell,
            migrations=migrations,
        )
        if sum(len(rows.documents) for rows in store.tables) > MANY:
            gc.freeze()
        return cls(store)

    @property
    def notes(self) -> tuple[str, ...]:
        """What opening and snapshots had to say to the operator."""
        return tuple(self.store.notes)

    @property
    def failure(self) -> EngineFailedError | None:
        """Why nothing more is accepted; None while all is well."""
        return self.store.failure

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record with that key, or None."""
        rows = self._tables.declared(table)
        number = rows.keys.get(key)
        return None if number is None else rows.documents[number]

    def find(
        self,
        table: str,
        index: str,
        equal: tuple[Scalar, ...],
        *,
        low: Scalar = None,
        high: Scalar = None,
        limit: int | None = None,
        descending: bool = False,
    ) -> list[bytes]:
        """Return the records whose `equal` fields have these values, in the index's order (ties as they came)."""
        rows = self._tables.declared(table)
        documents = rows.documents
        numbers = rows.indexes[index].numbers(equal, low, high, limit, descending=descending)
        return [documents[number] for number in numbers]

    def count(self, table: str, index: str, equal: tuple[Scalar, ...]) -> int:
        """Return how many records `find` would return without bounds."""
        return self._tables.declared(table).indexes[index].count(equal)

    def all(self, table: str) -> list[bytes]:
        """Return every record of a table in key order."""
        rows = self._tables.declared(table)
        return [rows.documents[rows.keys[key]] for key in sorted(rows.keys)]

    def apply(self, changes: Sequence[Change]) -> None:
        """Make changes visible in memory, all or none.

        Raises EngineFailedError once failed or closed, RecordRefusedError for a record that does not carry its key
        or holds what an index cannot order, KeyError for a table nobody declared.
        """
        refusal = self.store.refusal
        if refusal is not None:
            raise refusal
        staging = Staging()
        try:
            for change in changes:
                self._stage(staging, self._tables.declared(change.table), change)
        except (RecordRefusedError, KeyError):
            staging.undo()
            raise
        self._applied.extend(staging.changes)

    def _stage(self, staging: Staging, rows: Rows, change: Change) -> None:
        number = rows.keys.get(change.key)
        if change.record is None:
            if number is None:
                staging.changes.append(b"")
            else:
                staging.remove(rows, number)
            return
        if number is None:
            number = rows.next_number
        staging.put(rows, number, change.record)
        if rows.keys.get(change.key) != number:
            message = f"table {change.table}: the record given for {change.key!r} carries another key"
            raise RecordRefusedError(message)

    def commit(self, changes: Sequence[Change], cause: str) -> Awaitable[None]:
        """Hand the changes applied first, and not yet committed, to the journal as one transaction."""
        texts = self._taken(len(changes))
        if not texts:
            return self.settled()
        future: asyncio.Future[None] = self._loop.create_future()
        self._submit(texts, cause, future)
        return future

    def take_back(self, changes: Sequence[Change], before: Sequence[Change]) -> None:
        """Undo the changes applied last, and tell the journal that they came and went."""
        self.apply(before)
        self._submit(self._taken(len(changes) + len(before)), "taken back", None)

    def _taken(self, count: int) -> list[bytes]:
        """Return the journal texts of the oldest changes that were applied and not handed over yet."""
        applied = self._applied
        texts = [text for text in (applied.popleft() for _ in range(count)) if text]
        if self._all_committed is not None and not applied:
            self._all_committed.set_result(None)
            self._all_committed = None
        return texts

    def _submit(self, texts: list[bytes], cause: str, future: asyncio.Future[None] | None) -> None:
        self.store.changed = True
        self.store.writer.submit(Task(Transaction(msgspec.json.encode(cause), texts), future=future))
        if self._snapshot is None and self.store.journal_full:
            self._snapshot = self._loop.create_task(self._snapshot_and_note())

    def settled(self) -> Awaitable[None]:
        """Resolve once everything committed so far is durable; raises EngineFailedError when it never will be."""
        future: asyncio.Future[None] = self._loop.create_future()
        self.store.writer.submit(Task(future=future, step=_nothing))
        return future

    async def snapshot(self) -> None:
        """Write the whole store into its main file while work goes on; raises EngineFailedError."""
        if self._snapshot is None:
            self._snapshot = self._loop.create_task(self._snapshot_and_note())
        await asyncio.shield(self._snapshot)
        if self.store.failure is not None:
            raise self.store.failure

    async def _snapshot_and_note(self) -> None:
        run = SnapshotRun(self.store)
        try:
            await self._in_thread(run.begin)
            for piece in pieces(self._tables):
                await self._loop.run_in_executor(self._disk, run.write, piece)
            await self._until_all_committed()
            await self._in_thread(run.finish)
        except (OSError, EngineFailedError) as error:
            run.give_up(error)
        finally:
            self._snapshot = None

    async def _until_all_committed(self) -> None:
        """Wait: the pieces may show what is applied and not yet committed. Raises EngineFailedError at the end."""
        if self._applied and self._closing:
            raise EngineFailedError("the store is being closed")
        if self._applied:
            self._all_committed = self._loop.create_future()
            await self._all_committed

    async def _in_thread(self, step: Callable[[], None]) -> None:
        await self._loop.run_in_executor(self._disk, step)

    async def close(self) -> None:
        """Write what is pending and a clean file, and let go of the lock. Raises EngineFailedError. Twice is fine."""
        if self.store.closed:
            return
        self._closing = True
        if self._all_committed is not None:
            self._all_committed.set_exception(EngineFailedError("the store is being closed"))
            self._all_committed = None
        if self._snapshot is not None:
            await asyncio.wait([self._snapshot])
        # What was applied and never committed may be half of something: then the journal alone says what holds.
        with_snapshot = not self._applied
        try:
            await self._in_thread(lambda: self.store.close(with_snapshot=with_snapshot))
        finally:
            self._disk.shutdown()


def _nothing(_journal: object) -> None:
    """Take one's place in the order, and no more."""
