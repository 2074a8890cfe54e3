"""Old records, moved out of memory into one TinyDB file a year.

    muster.json → muster-2025.json, muster-2024.json, …

An archive is a plain TinyDB file, one document a line, that any program reads and nothing writes while work goes on
but `Archive.keep`. A record is put into its archive first and taken out of the store only when it is on the disk
there (`storage.archiving`); a crash in between leaves it in both, and keeping it again gives the same result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from storage.engine import Kept, Table
from storage.files import Files
from storage.live_rows import RecordRefusedError, Tables
from storage.snapshot import NotTinyDBError, parse, pieces


class ArchiveDamagedError(RuntimeError):
    """An archive file is not a TinyDB file any more; nothing was written to it."""


class Archive:
    """The archives beside one store. Methods wait for the disk, and raise OSError and ArchiveDamagedError."""

    def __init__(self, store: Path, tables: Iterable[Table], files: Files | None = None) -> None:
        """Keep archives beside the main file `store`."""
        self._store = store
        self._tables = [Table(table.name, table.key) for table in tables]  # nobody asks an archive by an index
        self._files = files if files is not None else Files()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that an archive may hold."""
        return tuple(table.name for table in self._tables)

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

    def keep(self, old: Sequence[Kept]) -> None:
        """Put records into the archives of their years, each year's file whole or as it was; durable on return."""
        for year in sorted({one.year for one in old}):
            tables = self._read(year)
            for one in old:
                if one.year == year:
                    rows = tables.get(one.table)
                    rows.put(rows.keys.get(one.key, rows.next_number), one.record)
            self._files.replace_with(self.path(year), b"".join(pieces(tables)))

    def _read(self, year: int) -> Tables:
        tables = Tables(self._tables)
        path = self.path(year)
        if path.name not in self._files.names(path.parent):
            return tables
        try:
            for name, documents in parse(self._files.read(path)).items():
                tables.get(name).load(documents, exists=True)
        except (NotTinyDBError, RecordRefusedError) as error:
            raise ArchiveDamagedError(f"{path.name}: {error}") from error
        return tables
