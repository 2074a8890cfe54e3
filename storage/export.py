"""Everything a store holds, archives included, as one file that plain TinyDB reads.

Only read from, the store may be at work meanwhile: what is exported is the state after some whole transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.archive import Archive, ArchiveDamagedError
from storage.files import Files
from storage.glance import read_steadily
from storage.live_rows import DocumentId
from storage.refusal import refused
from storage.snapshot import Contents, pieces, tables_of


class NothingStoredError(RuntimeError):
    """There is no store at that path."""


class _Key(msgspec.Struct, frozen=True):
    id: str


_decode = msgspec.json.Decoder(_Key).decode


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: records by table, how many of all came from archives, and bytes."""

    records: dict[str, int]
    archived: int
    bytes: int


def export(path: Path, target: Path, files: Files | None = None) -> Exported:
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
    archived = _add_archived(reading.contents, Archive(path, files))
    size = files.write_new(target.absolute(), pieces(tables_of(reading.contents)))
    return Exported({name: len(documents) for name, documents in reading.contents.items()}, archived, size)


def _add_archived(contents: Contents, archive: Archive) -> int:
    """Put archived records behind those of the store; one that is in both is the store's."""
    there: dict[str, set[str]] = {}
    numbers = {name: _highest(documents) for name, documents in contents.items()}
    added = 0
    for year in archive.years():
        for name, packed in archive.documents(year):
            documents = contents.setdefault(name, {})
            if name not in there:
                there[name] = {_key(one) for one in documents.values()}
            if _key(packed) not in there[name]:
                numbers[name] = numbers.get(name, 0) + 1
                documents[numbers[name]] = packed
                added += 1
    return added


def _highest(documents: dict[DocumentId, bytes]) -> int:
    return max((number for number in documents if isinstance(number, int)), default=0)


def _key(packed: bytes) -> str:
    try:
        return _decode(packed).id
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveDamagedError(f"a record that is none: {error}") from error
