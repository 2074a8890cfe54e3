"""Old records, moved out of memory into one TinyDB file a year.

    muster.json → muster-2025.json, muster-2024.json, …

An archive is a plain TinyDB file, one document a line, that any program reads and nothing writes while work goes on
but `Archive.move`. A record is put into its archive first and taken out of the store only when it is on the disk
there; a crash in between leaves it in both, and moving again gives the same result.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.engine import Change, Engine, Table
from storage.files import Files
from storage.live_rows import RecordRefusedError, Tables
from storage.snapshot import NotTinyDBError, parse, pieces

CAUSE = "archive"
AT_ONCE = 500  # records taken out of the store in one transaction, so that nobody waits long


class ArchiveDamagedError(RuntimeError):
    """An archive file is not a TinyDB file any more; nothing was written to it."""


@dataclass(frozen=True, slots=True)
class Old:
    """One record to move: its table, its key, and the year it belongs to."""

    table: str
    key: str
    year: int


class Archive:
    """The archives beside one store. Methods that touch the disk raise OSError and ArchiveDamagedError."""

    def __init__(self, store: Path, tables: Iterable[Table], files: Files | None = None) -> None:
        """Keep archives beside the main file `store`."""
        self._store = store
        self._tables = {table.name: table for table in tables}
        self._files = files if files is not None else Files()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that an archive may hold."""
        return tuple(self._tables)

    def path(self, year: int) -> Path:
        """Return the file of a year."""
        return self._store.with_name(f"{self._store.stem}-{year:04d}{self._store.suffix}")

    def years(self) -> list[int]:
        """Return the years that have an archive, ascending."""
        pattern = re.compile(rf"{re.escape(self._store.stem)}-(\d{{4}}){re.escape(self._store.suffix)}")
        matches = (pattern.fullmatch(name) for name in self._files.names(self._store.parent))
        return sorted(int(match[1]) for match in matches if match is not None)

    def records(self, table: str, years: Iterable[int]) -> list[bytes]:
        """Return the archived records of a table, by year and then in the order they were put in."""
        found: list[bytes] = []
        for year in sorted(set(years) & set(self.years())):
            found += self._read(year).get(table).documents.values()
        return found

    async def move(self, engine: Engine, old: Sequence[Old]) -> int:
        """Move records from the engine into their archives; returns how many were there to move.

        Records must not change meanwhile: they are old. Raises EngineFailedError when the store's disk refuses.
        """
        await engine.settled()  # nothing is archived that is not durable where it comes from
        present = [(one, record) for one in old if (record := engine.get(one.table, one.key)) is not None]
        by_year: dict[int, dict[tuple[str, str], bytes]] = {}
        for one, record in present:
            by_year.setdefault(one.year, {})[one.table, one.key] = record
        for year, records in sorted(by_year.items()):
            await asyncio.to_thread(self._add, year, records)
        for start in range(0, len(present), AT_ONCE):
            changes = [Change(one.table, one.key, None) for one, _ in present[start : start + AT_ONCE]]
            engine.apply(changes)
            await engine.commit(changes, CAUSE)
        return len(present)

    def _add(self, year: int, records: Mapping[tuple[str, str], bytes]) -> None:
        tables = self._read(year)
        for (name, key), record in records.items():
            rows = tables.get(name)
            number = rows.keys.get(key, rows.next_number)
            rows.put(number, record)
        self._files.replace_with(self.path(year), b"".join(pieces(tables)))

    def _read(self, year: int) -> Tables:
        tables = Tables(self._tables.values())
        path = self.path(year)
        if path.name not in self._files.names(path.parent):
            return tables
        try:
            for name, documents in parse(self._files.read(path)).items():
                tables.get(name).load(documents, exists=True)
        except (NotTinyDBError, RecordRefusedError) as error:
            raise ArchiveDamagedError(f"{path.name}: {error}") from error
        return tables
