"""Old records, moved out of memory into one TinyDB file a year.

    muster.json → muster-2025.json, muster-2024.json, …

An archive is a plain TinyDB file, one document a line, that any program reads and nothing writes while work goes on
but `Archive.keep`. A record is put into its archive first and taken out of the store only when it is on the disk
there (`storage.archiving`); a crash in between leaves it in both, and keeping it again gives the same result.
Files are read and written a line at a time: a year of any length takes no memory, and nobody waits for it long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from storage.engine import Kept
from storage.files import Files
from storage.snapshot import NotTinyDBError, parse

PIECE = 1 << 16  # bytes written at once

_HEAD = re.compile(rb'(?:\{|\},)("(?:[^"\\]|\\.)*"):\{\n')
_DOCUMENT = re.compile(rb'"(?:[^"\\]|\\.)*":(\{.*\})(,?)\n')


class ArchiveDamagedError(RuntimeError):
    """An archive file is not a TinyDB file any more; nothing was written to it."""


class _Key(msgspec.Struct, frozen=True):
    id: str


_key = msgspec.json.Decoder(_Key).decode


class Archive:
    """The archives beside one store. Methods wait for the disk, and raise OSError and ArchiveDamagedError."""

    def __init__(self, store: Path, files: Files | None = None) -> None:
        """Keep archives beside the main file `store`."""
        self._store = store
        self._files = files if files is not None else Files()

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
            found += [record for name, record in self.documents(year) if name == table]
        return found

    def documents(self, year: int) -> Iterator[tuple[str, bytes]]:
        """Yield every record of a year with the name of its table, those of a table together."""
        path = self.path(year)
        if path.name not in self._files.names(path.parent):
            return
        first = next(self._files.lines(path), b"")
        yield from self._by_line(path) if _HEAD.fullmatch(first) else self._at_once(path)

    def keep(self, old: Sequence[Kept]) -> None:
        """Put records into the archives of their years, each year's file whole or as it was; durable on return."""
        for year in sorted({one.year for one in old}):
            new: dict[str, dict[str, bytes]] = {}
            for one in old:
                if one.year == year:
                    new.setdefault(one.table, {})[one.key] = one.record
            self._files.renew(self.path(year), _pieces(self._merged(year, new)))

    def _merged(self, year: int, new: dict[str, dict[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield the records of a year with the new ones: in place of the old with their key, or behind them."""
        for table, documents in groupby(self.documents(year), lambda document: document[0]):
            coming = new.pop(table, {})
            for _, record in documents:
                yield table, coming.pop(self._key(year, record), record) if coming else record
            yield from ((table, record) for record in coming.values())
        yield from ((table, record) for table, records in new.items() for record in records.values())

    def _key(self, year: int, record: bytes) -> str:
        try:
            return _key(record).id
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ArchiveDamagedError(f"{self.path(year).name}: {error}") from error

    def _by_line(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Read a file that we wrote."""
        table, number, last = "", 0, b""
        more, whole = False, True  # whether a document may follow, and whether the table may end
        for number, last in enumerate(self._files.lines(path), 1):
            if more and (document := _DOCUMENT.fullmatch(last)) is not None:
                yield table, document[1]
                more = bool(document[2])
                whole = not more
            elif whole and (head := _HEAD.fullmatch(last)) is not None:
                table, more = msgspec.json.decode(head[1], type=str), True
            elif not whole or last != b"}}\n":
                raise ArchiveDamagedError(f"{path.name}: line {number} is not what was written")
        if last != b"}}\n":
            raise ArchiveDamagedError(f"{path.name}: it ends after line {number}")

    def _at_once(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Read a file that stock TinyDB wrote anew."""
        try:
            contents = parse(self._files.read(path))
        except NotTinyDBError as error:
            raise ArchiveDamagedError(f"{path.name}: {error}") from error
        yield from ((table, record) for table, records in contents.items() for record in records.values())


def _pieces(documents: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a file in the form of `storage.snapshot.pieces`, in pieces of a size that is quickly written."""
    piece = bytearray()
    end = b"{"
    for table, records in groupby(documents, lambda document: document[0]):
        piece += end + msgspec.json.encode(table) + b":{"
        for number, (_, record) in enumerate(records, 1):
            piece += b'%b"%d":%b' % (b"\n" if number == 1 else b",\n", number, record)
            if len(piece) > PIECE:
                yield bytes(piece)
                piece.clear()
        end = b"\n},"
    yield bytes(piece) + (b"\n}}\n" if end != b"{" else b"{}\n")
