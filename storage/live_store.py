"""The durable store under TinyDB's API and under the engine: tables in memory, journal, snapshots, lock."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from storage.damage import Finding
from storage.engine import EngineFailedError, Table
from storage.files import DISK_FULL, Files
from storage.journal import Journal, Layout, Transaction
from storage.journal_format import Seal
from storage.journal_writer import JournalWriter, Task
from storage.live_rows import RecordRefusedError, Tables
from storage.lock import StoreLock
from storage.migrations import Migrations
from storage.recovery import Reading, read_store
from storage.refusal import refused
from storage.sealing import seal_of
from storage.snapshot import Draft, install, pieces
from storage.upgrade import upgrade

_LOG = logging.getLogger(__name__)

RESERVE = 8 << 20  # bytes held back for a full disk
SMALLEST_JOURNAL = 4 << 20  # bytes before a snapshot is worth its while
LARGEST_JOURNAL = 64 << 20  # bytes, about half a second of replay at the next start
NO_MIGRATIONS = Migrations(())


def nobody_to_tell(_failure: EngineFailedError) -> None:
    """Do nothing: whoever calls the store sees the failure anyway."""


class LiveStore:
    """One store, opened for writing.

    Raises StoreLockedError when another program has it open, StoreRefusedError when its files are damaged, OSError
    when they cannot be read or written. `notes` says what opening had to do: a torn tail cut, a file taken over.
    """

    def __init__(
        self,
        path: Path,
        declared: Iterable[Table] = (),
        *,
        files: Files | None = None,
        reserve: int = RESERVE,
        threaded: bool = False,
        on_failure: Callable[[EngineFailedError], None] = nobody_to_tell,
        migrations: Migrations = NO_MIGRATIONS,
    ) -> None:
        """Open `path`, making it if nothing is there, and bring old records into the shape that `migrations` know.

        `threaded` lets a thread of its own write the journal, for callers that must not wait for the disk; without,
        there may be one calling thread. `on_failure` is called once, by whoever met the failure.
        """
        self.layout = Layout(path.absolute())
        self.files = files if files is not None else Files()
        self.tables = Tables(declared)
        self.notes: list[str] = []
        self.closed = False
        self._reserve = reserve
        self._lock = StoreLock(self.layout.lock)
        with contextlib.ExitStack() as undo:
            undo.callback(self._lock.release)
            self._journal = self._open(migrations)
            self.writer = JournalWriter(self._journal, self._free_reserve, on_failure, threaded=threaded)
            if self._upgraded:
                undo.callback(self._stop_at_once)
                self._write_upgraded()
            undo.pop_all()

    def _open(self, migrations: Migrations) -> Journal:
        reading = read_store(self.files, self.layout.path)
        if reading.findings:
            raise refused(reading)
        self._upgraded = upgrade(self.files, reading, migrations, self._lock.since)
        self._load(reading)
        ours = (f"{self.layout.path.stem}.", f"{self.layout.path.stem}-")  # backups and archives, too
        for leftover in self.files.names(self.layout.path.parent):
            if leftover.startswith(ours) and leftover.endswith(".draft"):
                self.files.discard(self.layout.path.with_name(leftover))
        self.generation = reading.generation
        self.snapshot_bytes = reading.snapshot_bytes
        self.changed = reading.state != "kept" or reading.replayed > 0
        journal = self._settle(reading)
        self._hold_reserve()
        return journal

    def _write_upgraded(self) -> None:
        """Write the migrated store; without that nobody works with it. Raises OSError."""
        try:
            self._write_snapshot()
        except EngineFailedError as error:
            raise OSError(f"old records could not be brought into the present shape: {error}") from error
        self.notes.append(self._upgraded)

    def _stop_at_once(self) -> None:
        self.writer.stop()
        self._journal.abandon()

    def _load(self, reading: Reading) -> None:
        try:
            while reading.contents:  # the documents move into their tables, so that they are never held twice
                name = next(iter(reading.contents))
                self.tables.get(name).load(reading.contents.pop(name), exists=True)
        except RecordRefusedError as error:
            reading.findings.append(Finding(self.layout.path, None, str(error)))
            raise refused(reading) from error

    def _settle(self, reading: Reading) -> Journal:
        """Bring the files into the state from which the journal goes on."""
        if self._lock.left_behind is not None:
            self.notes.append(f"took over the lock of {self._lock.left_behind}, which stopped without letting go")
        if reading.state == "kept":
            return self._continue(reading)
        if reading.state == "new":
            self.files.replace_with(self.layout.path, b"{}\n")
        else:
            self.notes.append(f"took over a TinyDB file of {reading.snapshot_bytes} bytes")
        content = self.files.read(self.layout.path)
        self.generation = reading.segment + 1
        journal = Journal(self.files, self.layout, self.generation, reading.next_number or 1)
        journal.begin(msgspec.structs.replace(seal_of(content, self.generation), foreign=reading.state != "new"))
        return journal

    def _continue(self, reading: Reading) -> Journal:
        journal = Journal(self.files, self.layout, reading.segment, reading.next_number)
        if reading.closed:
            journal.reopen(reading.end)
            return journal
        if reading.torn:
            name = self.layout.journal(reading.segment).name
            self.notes.append(f"cut {reading.torn} bytes of unfinished writes from {name} at byte {reading.end}")
        self.notes.append(f"the last program did not stop cleanly; {reading.replayed} transactions were replayed")
        # What was read may be in memory only, if the disk failed the last program: it is written anew.
        journal.restore(reading.tail)
        return journal

    def _hold_reserve(self) -> None:
        path = self.layout.reserve
        if not self._reserve or path.name in self.files.names(path.parent):
            return
        descriptor = self.files.create(path)
        try:
            self.files.reserve_space(descriptor, 0, self._reserve)
            self.files.sync(descriptor)
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
            self.notes.append("the disk has no room for the reserve that a full disk would need")
            self.files.remove(path)
        finally:
            self.files.close(descriptor)

    def _free_reserve(self) -> bool:
        if self.layout.reserve.name not in self.files.names(self.layout.path.parent):
            return False
        self.files.remove(self.layout.reserve)
        self.files.sync_directory(self.layout.path.parent)
        return True

    @property
    def failure(self) -> EngineFailedError | None:
        """Why nothing more is written; None while all is well."""
        return self.writer.failure

    @property
    def refusal(self) -> EngineFailedError | None:
        """Why no change is taken: a failure, or that the store is closed; None while all is well."""
        return EngineFailedError("the store is closed") if self.closed else self.writer.failure

    @property
    def journal_full(self) -> bool:
        """Whether the journal has grown enough that a snapshot is due."""
        wanted = min(max(self.snapshot_bytes // 4, SMALLEST_JOURNAL), LARGEST_JOURNAL)
        return self.writer.size > wanted

    def commit(self, changes: list[bytes], cause: str) -> None:
        """Make staged changes durable; returns when they are. Raises EngineFailedError."""
        self.changed = True
        self.writer.wait_for(Task(Transaction(msgspec.json.encode(cause), changes)))

    def snapshot(self) -> None:
        """Write the whole store into its main file and begin a new journal, in this thread.

        A disk without room for it leaves everything as it was. Raises EngineFailedError for any other refusal.
        """
        try:
            self._write_snapshot()
        except (OSError, EngineFailedError) as error:
            if self.failure is not None:
                raise self.failure from error

    def _write_snapshot(self) -> None:
        run = SnapshotRun(self)
        try:
            run.begin()
            for piece in pieces(self.tables):
                run.write(piece)
            run.finish()
        except (OSError, EngineFailedError) as error:
            run.give_up(error)
            raise

    def close(self, *, with_snapshot: bool = True) -> None:
        """Write a clean file and let go. After a failure, only what is certainly right is written. Twice is fine."""
        if self.closed:
            return
        self.closed = True
        try:
            if with_snapshot and self.changed and self.failure is None:
                with contextlib.suppress(EngineFailedError):
                    self.snapshot()
            self.writer.stop()
            if self.writer.broken:
                self._journal.abandon()
            else:
                self._close_journal()
        finally:
            self._lock.release()
        if self.failure is not None:
            raise self.failure

    def _close_journal(self) -> None:
        try:
            if self.failure is None:
                self._journal.seal(None, closed=True)
            self._journal.close()
        except OSError as error:
            self._journal.abandon()
            raise self.writer.report(error) from error


class SnapshotRun:
    """The steps of one snapshot; between `begin` and `finish` transactions go on.

    Each step may wait for the disk, so an event loop runs them in a thread, one after the other.
    """

    def __init__(self, store: LiveStore) -> None:
        self._store = store
        self._draft: Draft | None = None
        self._generation = 0

    def begin(self) -> None:
        """Start a new journal file: the tables, read from now on, hold everything that older files say."""
        store = self._store
        store.changed = False  # before the new file begins: what is committed from here on may not be in the pieces
        store.writer.wait_for(Task(step=self._rotate))
        self._draft = Draft(store.files, store.layout)

    def _rotate(self, journal: Journal) -> None:
        journal.rotate()
        self._generation = journal.segment

    def write(self, piece: bytes) -> None:
        """Write one piece."""
        if self._draft is not None:
            self._draft.write(piece)

    def finish(self) -> None:
        """Make the snapshot durable and the store's main file; the one before stays as the previous.

        Everything the pieces show must have been submitted to the journal: the seal is written after it.
        """
        store = self._store
        if self._draft is None:
            return
        seal = self._draft.finish(self._generation)
        self._write_seal(seal)
        install(store.files, store.layout)
        oldest, store.generation = store.generation, self._generation
        store.snapshot_bytes = seal.bytes
        for segment in store.layout.segments(store.files):
            if segment < oldest:
                store.files.remove(store.layout.journal(segment))

    def _write_seal(self, seal: Seal) -> None:
        self._store.writer.wait_for(Task(step=lambda journal: journal.seal(seal)))

    def give_up(self, error: OSError | EngineFailedError) -> None:
        """Clean up after a step that failed; anything but a full disk means that the disk is not to be trusted."""
        store = self._store
        store.changed = True
        if self._draft is not None:
            self._draft.give_up()
        _LOG.warning("a snapshot failed, the journal goes on: %s", error)
        if isinstance(error, OSError) and error.errno not in DISK_FULL:
            store.writer.report(error)
