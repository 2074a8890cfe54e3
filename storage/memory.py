"""An engine of dictionaries, nothing on disk: for tests, and as the plain reading of the contract."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Iterable, Sequence
from itertools import count

from storage.engine import Change, Index, Kept, Scalar, Table


class MemoryShelf:
    """Satisfies `storage.engine.Shelf`."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], dict[str, bytes]] = {}

    def years(self) -> list[int]:
        """Return the years that have an archive, ascending."""
        return sorted({year for year, _ in self._kept})

    def records(self, table: str, years: Iterable[int]) -> list[bytes]:
        """Return the archived records of a table, by year."""
        return [record for year in sorted(set(years)) for record in self._kept.get((year, table), {}).values()]

    def keep(self, old: Sequence[Kept]) -> None:
        """Put records in."""
        for one in old:
            self._kept.setdefault((one.year, one.table), {})[one.key] = one.record


class MemoryEngine:
    """Satisfies `storage.engine.Engine` by searching dictionaries; simple on purpose."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.shelf = MemoryShelf()
        self._tables = {t.name: t for t in tables}
        self._records: dict[str, dict[str, bytes]] = {name: {} for name in self._tables}
        self._entries: dict[tuple[str, str, tuple[Scalar, ...]], dict[str, Scalar]] = {}
        self._came: dict[tuple[str, str], int] = {}  # in which order the records that are there came
        self._comings = count()

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing: memory has no past."""
        return ()

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record with that key, or None."""
        return self._records[table].get(key)

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
        """Return the records of one group in the index's order, with low <= ordered field < high."""
        group = self._entries.get((table, index, equal), {})
        inside = [(v, self._came[table, k], k) for k, v in group.items() if _between(v, low, high)]
        keys = [k for _, _, k in sorted(inside, reverse=descending)]
        return [self._records[table][k] for k in keys[:limit]]

    def count(self, table: str, index: str, equal: tuple[Scalar, ...]) -> int:
        """Return how many records one group holds."""
        return len(self._entries.get((table, index, equal), {}))

    def all(self, table: str) -> list[bytes]:
        """Return every record of a table in key order."""
        return [record for _, record in sorted(self._records[table].items())]

    def apply(self, changes: Sequence[Change]) -> None:
        """Make changes visible."""
        for change in changes:
            self._take_out(change.table, change.key)
            if change.record is not None:
                self._came.setdefault((change.table, change.key), next(self._comings))
                self._put_in(change.table, change.key, change.record)
            else:
                self._came.pop((change.table, change.key), None)

    def commit(self, changes: Sequence[Change], cause: str) -> Awaitable[None]:  # noqa: ARG002 (part of the port)
        """There is no disk to wait for."""
        return _nothing()

    def take_back(self, changes: Sequence[Change], before: Sequence[Change]) -> None:  # noqa: ARG002 (part of the port)
        """Put back what was there before."""
        self.apply(before)

    def settled(self) -> Awaitable[None]:
        """Everything is as durable as it will ever be."""
        return _nothing()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _put_in(self, table: str, key: str, record: bytes) -> None:
        self._records[table][key] = record
        for place, value in self._places(table, record):
            self._entries.setdefault(place, {})[key] = value

    def _take_out(self, table: str, key: str) -> None:
        record = self._records[table].pop(key, None)
        if record is None:
            return
        for place, _ in self._places(table, record):
            del self._entries[place][key]
            if not self._entries[place]:
                del self._entries[place]

    def _places(self, table: str, record: bytes) -> Iterable[tuple[tuple[str, str, tuple[Scalar, ...]], Scalar]]:
        fields = json.loads(record)
        for index in self._tables[table].indexes:
            if not _left_out(index, fields):
                ordered = fields[index.ordered] if index.ordered else ""
                yield (table, index.name, tuple(fields[f] for f in index.equal)), ordered


def _left_out(index: Index, fields: dict[str, Scalar]) -> bool:
    return index.ordered is not None and fields.get(index.ordered) is None


def _between(value: Scalar, low: Scalar, high: Scalar) -> bool:
    if isinstance(value, str):
        return (low is None or value >= str(low)) and (high is None or value < str(high))
    number = value or 0
    return (low is None or number >= int(low)) and (high is None or number < int(high))


async def _nothing() -> None:
    await asyncio.sleep(0)
