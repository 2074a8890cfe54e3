"""What a document engine gives to the repositories: packed records by key, found through indexes.

Two engines stand behind it, the durable TinyDB file (`storage.tinydb_engine`) and plain memory
(`storage.memory`); one contract suite holds both to the same answers.

A record is the UTF-8 JSON text of one object. Every table declares its indexes up front, so that
no question a handler asks is ever answered by reading a whole table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Index:
    """Finds records by the values of some top-level fields.

    `equal` are fields compared for equality. `ordered`, where given, is one more field by which the
    records of one group are kept in order (text order for strings, number order for integers; records
    whose field is null are left out of an ordered index). Ties stand in the order in which they were first put in.
    """

    name: str
    equal: tuple[str, ...]
    ordered: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A named set of records, each with a unique text key in the field `key`."""

    name: str
    key: str
    indexes: tuple[Index, ...] = ()


class Change(msgspec.Struct, frozen=True, gc=False):
    """One record put in place (`record` is its JSON text) or taken out (`record` is None)."""

    table: str
    key: str
    record: bytes | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One record for the archive of a year."""

    table: str
    key: str
    year: int
    record: bytes


class EngineFailedError(RuntimeError):
    """The disk refused a write; nothing more is accepted, and nothing unacknowledged may be called done."""


class Shelf(Protocol):
    """Archives by year. Its methods may wait for the disk: an event loop calls them in a thread, one at a time."""

    def years(self) -> list[int]:
        """Return the years that have an archive, ascending."""

    def records(self, table: str, years: Iterable[int]) -> list[bytes]:
        """Return the archived records of a table, by year and then in the order they were put in."""

    def keep(self, old: Sequence[Kept]) -> None:
        """Put records into the archives of their years, in place of those with the same key; durable on return."""


class Engine(Protocol):
    """Records in memory, changes made durable in the background, in order."""

    @property
    def shelf(self) -> Shelf:
        """Where old records are kept."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What opening had to do that an operator should know of, a sentence each."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record with that key, or None."""

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
        """Return the records whose `equal` fields have these values, in the index's order.

        With an ordered index, only those with low <= field < high (None: unbounded). Without one, in the order in
        which they were first put in; so are ties.
        """

    def count(self, table: str, index: str, equal: tuple[Scalar, ...]) -> int:
        """Return how many records `find` would return, without reading them."""

    def all(self, table: str) -> list[bytes]:
        """Return every record of a table in key order; for start-up, exports and tests only."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Make changes visible in memory at once, not yet durable. Raises EngineFailedError once failed."""

    def commit(self, changes: Sequence[Change], cause: str) -> Awaitable[None]:
        """Hand the changes already applied to the journal as one transaction; resolves once they are durable.

        Called in the order in which the transactions were applied. Many waiting commits share one write and one
        fsync. The awaitable raises EngineFailedError when the disk refused.
        """

    def take_back(self, changes: Sequence[Change], before: Sequence[Change]) -> None:
        """Undo changes that were applied and shall not be committed; `before` is what stood there, last change first.

        Nothing else may be waiting for its commit. A snapshot may have seen the changes, so the journal is told that
        they came and went. Raises EngineFailedError.
        """

    def settled(self) -> Awaitable[None]:
        """Resolve once everything committed so far is durable."""

    async def close(self) -> None:
        """Write what is pending and a clean file, and let go of the lock."""
