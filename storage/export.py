"""Everything a store holds, archives included, as one file that plain TinyDB reads.

Only read from, the store may be at work meanwhile: what is exported is the state after some whole transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.archive import Archive
from storage.engine import Table
from storage.files import Files
from storage.glance import read_steadily
from storage.live_store import refused
from storage.snapshot import Contents, pieces, tables_of


class NothingStoredError(RuntimeError):
    """There is no store at that path."""


class _Key(msgspec.Struct, frozen=True):
    id: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: records by table, how many of all came from archives, and bytes."""

    records: dict[str, int]
    archived: int
    bytes: int


def export(path: Path, target: Path, tables: Iterable[Table], files: Files | None = None) -> Exported:
    """Write what the store at `path` holds to `target`, a new file, whole or not at all.

    Raises NothingStoredError, FileExistsError, storage.damage.StoreRefusedError, storage.archive.ArchiveDamagedError
    or OSError.
    """
    files, path = files if files is not None else Files(), path.absolute()
    if not path.parent.exists():
        raise NothingStoredError(path)
    reading = read_steadily(files, path)
    if reading.findings:
        raise refused(reading)
    if reading.state == "new":
        raise NothingStoredError(path)
    archived = _add_archived(reading.contents, Archive(path, tables, files))
    size = files.write_new(target.absolute(), pieces(tables_of(reading.contents)))
    return Exported({name: len(documents) for name, documents in reading.contents.items()}, archived, size)


def _add_archived(contents: Contents, archive: Archive) -> int:
    """Put archived records behind those of the store; one that is in both is the store's."""
    added = 0
    years = archive.years()
    for name in archive.tables if years else ():
        records = archive.records(name, years)
        documents = contents.setdefault(name, {}) if records else {}
        there = {_key(packed) for packed in documents.values()}
        number = max((one for one in documents if isinstance(one, int)), default=0)
        for packed in records:
            if _key(packed) not in there:
                number, added = number + 1, added + 1
                documents[number] = packed
    return added


def _key(packed: bytes) -> str:
    return msgspec.json.decode(packed, type=_Key).id
