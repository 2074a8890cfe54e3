"""What the store is measured against: SQLite as safe as it gets, a bare append, and stock TinyDB."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec
from tinydb import TinyDB

from benchmarks.store.rows import claimed, packed, record, shift_id, write_store


class Sqlite:
    """The same records, indexes and claims in SQLite; every commit waits for the disk unless told otherwise."""

    def __init__(self, path: Path, size: int, *, synchronous: str = "FULL") -> None:
        self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute(f"PRAGMA synchronous={synchronous}")
        self._base.execute(
            "CREATE TABLE shifts (id TEXT PRIMARY KEY, community TEXT, starts_at TEXT, state TEXT, record BLOB)"
        )
        self._base.execute("CREATE INDEX by_start ON shifts (community, starts_at)")
        self._base.execute("CREATE INDEX by_state ON shifts (community, state)")
        rows = map(self._row, range(size))
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT INTO shifts VALUES (?, ?, ?, ?, ?)", rows)
            self._base.execute("COMMIT")
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def _row(number: int) -> tuple[str, str, str, str, bytes]:
        one = record(number)
        return one["id"], one["community"], one["starts_at"], one["state"], packed(number)

    def claim(self, number: int) -> None:
        """One claim in a transaction of its own."""
        self.claim_all((number,))

    def claim_all(self, numbers: Iterable[int]) -> None:
        """Several claims in one transaction."""
        self._base.execute("BEGIN IMMEDIATE")
        for number in numbers:
            key = shift_id(number)
            (text,) = self._base.execute("SELECT record FROM shifts WHERE id = ?", (key,)).fetchone()
            shift = claimed(msgspec.json.decode(text), number)
            later = "SELECT record FROM shifts WHERE community = ? AND starts_at >= ? ORDER BY starts_at LIMIT 3"
            self._base.execute(later, (shift["community"], shift["starts_at"])).fetchall()
            update = "UPDATE shifts SET community = ?, starts_at = ?, state = ?, record = ? WHERE id = ?"
            fields = shift["community"], shift["starts_at"], shift["state"]
            self._base.execute(update, (*fields, msgspec.json.encode(shift), key))
        self._base.execute("COMMIT")

    def close(self) -> None:
        self._base.close()


class RawAppend:
    """The least a durable claim can cost: its bytes appended to a file, and fdatasync."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def claim(self, number: int) -> None:
        os.write(self._descriptor, packed(number))
        os.fdatasync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


class StockTinyDB:
    """TinyDB as it ships, with its own file storage."""

    def __init__(self, path: Path, size: int) -> None:
        write_store(path, size)
        self._base = TinyDB(path)
        self._table = self._base.table("shifts")

    def claim(self, number: int) -> None:
        shift = self._table.get(doc_id=number + 1)
        self._table.update(claimed(shift, number), doc_ids=[number + 1])

    def close(self) -> None:
        self._base.close()
