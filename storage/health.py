"""What an operator wants to know of a store before something goes wrong, looked up without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from storage.archive import Archive, ArchiveDamagedError
from storage.damage import Finding
from storage.files import Files
from storage.glance import read_steadily
from storage.journal import Layout
from storage.lock import Holder, holder_of
from storage.migrations import RecordNotMigratedError
from storage.records import MIGRATIONS
from storage.recovery import Reading


class _Place(msgspec.Struct, frozen=True):
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How a store is.

    `state` is that of `storage.recovery.Reading`; `clean` says that nobody has it open and the last program stopped in
    order. `newest` is when one of its files was last written, by the machine's clock then. `outdated` records are of an
    earlier version, to be brought over at the next start. `archives` are records by year; `archive_trouble` has a
    sentence for each archive that cannot be read. `zones` are those of all communities.
    """

    path: Path
    state: str
    findings: tuple[Finding, ...]
    records: dict[str, int]
    holder: Holder | None
    clean: bool
    torn_bytes: int
    file_bytes: int
    journal_bytes: int
    reserve: bool
    newest: datetime | None
    outdated: int
    archives: dict[int, int]
    archive_trouble: tuple[str, ...]
    zones: frozenset[str]


def examine(path: Path, files: Files | None = None) -> Health:
    """Look at the store whose main file is `path`; its folder must exist. Raises OSError."""
    files, layout = files if files is not None else Files(), Layout(path.absolute())
    holder = holder_of(layout.lock)
    reading = read_steadily(files, layout.path)
    journals = [layout.journal(segment) for segment in layout.segments(files)]
    outdated = _outdated(reading)
    archives, trouble = _archives(Archive(layout.path, files))
    written = [file.stat() for file in (layout.path, *journals) if file.exists()]
    return Health(
        path=layout.path,
        state=reading.state,
        findings=tuple(reading.findings),
        records={name: len(documents) for name, documents in sorted(reading.contents.items())},
        holder=holder,
        clean=holder is None and (reading.closed or reading.state != "kept"),
        torn_bytes=0 if holder is not None else reading.torn,
        file_bytes=reading.snapshot_bytes,
        journal_bytes=sum(file.stat().st_size for file in journals if file.exists()),
        reserve=layout.reserve.exists(),
        newest=max((datetime.fromtimestamp(one.st_mtime, UTC) for one in written), default=None),
        outdated=outdated,
        archives=archives,
        archive_trouble=trouble,
        zones=_zones(reading),
    )


def _outdated(reading: Reading) -> int:
    """Count the records of an earlier version; those of a newer one are a finding."""
    try:
        return MIGRATIONS.plan(reading.contents).count
    except RecordNotMigratedError as error:
        reading.findings.append(Finding(reading.layout.path, None, str(error)))
        return 0


def _archives(archive: Archive) -> tuple[dict[int, int], tuple[str, ...]]:
    found: dict[int, int] = {}
    trouble: list[str] = []
    for year in archive.years():
        try:
            found[year] = sum(1 for _ in archive.documents(year))
        except ArchiveDamagedError as error:
            trouble.append(str(error))
    return found, tuple(trouble)


def _zones(reading: Reading) -> frozenset[str]:
    communities = reading.contents.get("communities", {}).values()
    return frozenset(msgspec.json.decode(packed, type=_Place).zone for packed in communities) - {""}
