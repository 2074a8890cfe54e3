"""What a store's files hold, and what can be saved from damaged ones. The originals are never written to."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from storage.damage import Finding, StoreRefusedError
from storage.files import Files
from storage.journal import Layout
from storage.journal_format import Record, Scan, scan, transactions
from storage.recovery import Reading, fitting_seal, journal_findings, read_store, replay
from storage.sealing import seal_of
from storage.snapshot import Contents, NotTinyDBError, document_id, parse, pieces, tables_of

_LINE = re.compile(rb'"((?:[^"\\]|\\.)*)":(\{.*\}),?')
_TABLE = re.compile(rb'[{,}]*"((?:[^"\\]|\\.)*)":\{')


@dataclass(frozen=True, slots=True)
class Inspection:
    """What lies at a path; `findings` is empty when the store would start."""

    path: Path
    state: str
    tables: dict[str, int]
    snapshot_bytes: int
    transactions_since: int
    torn_bytes: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        lines = [f"{self.path}: {self.state}"]
        lines += [f"  {name}: {count} records" for name, count in sorted(self.tables.items())]
        if self.transactions_since:
            lines.append(f"  {self.transactions_since} transactions are in the journal, after the snapshot")
        if self.torn_bytes:
            lines.append(f"  {self.torn_bytes} bytes of unfinished writes will be cut; nobody was told they were done")
        return "\n".join([*lines, *(f"  {finding}" for finding in self.findings)])


def inspect(path: Path, files: Files | None = None) -> Inspection:
    """Say what the store at `path` (its main file) holds, without changing anything. Raises OSError."""
    reading = read_store(files if files is not None else Files(), path.absolute())
    return Inspection(
        path=path,
        state=_state(reading),
        tables={name: len(documents) for name, documents in reading.contents.items()},
        snapshot_bytes=reading.snapshot_bytes,
        transactions_since=reading.replayed,
        torn_bytes=reading.torn,
        findings=tuple(reading.findings),
    )


def _state(reading: Reading) -> str:
    if reading.findings:
        return "damaged, will not start"
    if reading.state == "kept":
        return "a store, stopped cleanly" if reading.closed else "a store, not stopped cleanly; it recovers by itself"
    return {
        "new": "nothing is there yet",
        "stock": "a TinyDB file, to be taken over at the first start",
        "edited": "a store that TinyDB wrote to after a clean stop; it will be taken over as it is",
    }[reading.state]


@dataclass(slots=True)
class Repair:
    """What can be saved: `contents`, and in words how it was put together and what is lost."""

    path: Path
    contents: Contents = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tables = ", ".join(f"{len(documents)} {name}" for name, documents in sorted(self.contents.items()))
        lines = [f"{self.path}: {tables or 'no records'} can be saved", *(f"  {step}" for step in self.steps)]
        return "\n".join([*lines, *(f"  LOST: {loss}" for loss in self.lost)])

    def write(self, target: Path, files: Files | None = None) -> None:
        """Write what is saved as a new TinyDB file, which a store takes over at its first start.

        Raises FileExistsError when anything of a store is at `target` already.
        """
        files = files if files is not None else Files()
        target = target.absolute()
        if any(name.startswith(target.name) for name in files.names(target.parent)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        files.write_new(target, pieces(tables_of(self.contents)))


def repair(path: Path, *, beyond: bool = False, files: Files | None = None) -> Repair:
    """Put together what the files at `path` still say, and write nothing: look at it, then call its `write`.

    The newest snapshot that is as it was written is taken, and the transactions after it up to the first damage;
    with `beyond` also the whole ones after that, which may build on lost ones. Raises OSError, and
    StoreRefusedError for what a newer version of this program wrote.
    """
    files = files if files is not None else Files()
    layout = Layout(path.absolute())
    scans = {segment: scan(files.read(layout.journal(segment)), segment) for segment in layout.segments(files)}
    newer = [finding for finding in journal_findings(layout, scans) if "newer version" in finding.what]
    if newer:
        raise StoreRefusedError(path, tuple(newer), "everything, by that version", "run the newer version")
    saved = Repair(path)
    first = _base(files, layout, scans, saved)
    _replay(layout, {segment: one for segment, one in scans.items() if segment >= first}, saved, beyond=beyond)
    return saved


def _base(files: Files, layout: Layout, scans: dict[int, Scan], saved: Repair) -> int:
    """Take the best snapshot; returns the number of the journal file that continues it."""
    present = {name: files.read(layout.path.with_name(name)) for name in _present(files, layout)}
    for name, content in present.items():
        seal = fitting_seal(seal_of(content, 0), scans.values())
        if seal is not None:
            saved.contents = parse(content)
            saved.steps.append(f"{name} is whole, as it was written ({saved_count(saved)} records)")
            return seal.generation
    for name, content in present.items():
        try:
            saved.contents = parse(content)
            saved.steps.append(
                f"{name} is readable, but not as it was written: look at it ({saved_count(saved)} records)"
            )
        except NotTinyDBError as error:
            saved.steps.append(f"{name} is damaged ({error}); what its lines still say is taken")
            _salvage(content, name, saved)
        return min(scans, default=0)
    saved.steps.append("there is no snapshot; only what the journal says is taken")
    return min(scans, default=0)


def _present(files: Files, layout: Layout) -> list[str]:
    names = files.names(layout.path.parent)
    return [one.name for one in (layout.path, layout.previous) if one.name in names]


def saved_count(saved: Repair) -> int:
    """Return how many records a repair holds."""
    return sum(map(len, saved.contents.values()))


def _salvage(content: bytes, name: str, saved: Repair) -> None:
    """Take every document whose line is whole."""
    offset, table = 0, "_default"
    for line in content.splitlines(keepends=True):
        if (match := _LINE.fullmatch(line.rstrip())) is not None and _is_document(match[2]):
            number = document_id(match[1].decode(errors="replace"))
            saved.contents.setdefault(table, {})[number] = match[2]
        elif (start := _TABLE.fullmatch(line.rstrip())) is not None:
            table = start[1].decode(errors="replace")
        elif line.strip() not in {b"", b"}", b"}}", b"{}"}:
            saved.lost.append(f"{name}, byte {offset}: a document of table {table}, {len(line)} bytes")
        offset += len(line)


def _is_document(text: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(text), dict)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def _replay(layout: Layout, scans: dict[int, Scan], saved: Repair, *, beyond: bool) -> None:
    """Carry out what the journal files say, up to the first damage, or past it too."""
    done, left_out = 0, 0
    for records, whole in _stretches(layout, scans, saved):
        if not whole and not beyond:
            left_out += len(records)
            continue
        for parts in transactions(records):
            replay(saved.contents, parts)
            done += 1
    saved.steps.append(f"{done} journal records after the snapshot were carried out")
    if left_out:
        saved.lost.append(f"{left_out} whole journal records after the damage (--beyond takes them too)")


def _stretches(layout: Layout, scans: dict[int, Scan], saved: Repair) -> Iterator[tuple[list[Record], bool]]:
    """Yield the stretches of whole records, and whether nothing is missing before them; notes what is."""
    whole = True
    expected: int | None = None
    for segment in sorted(scans):
        one, name = scans[segment], layout.journal(segment).name
        if expected is not None and (not one.records or one.records[0].n != expected):
            saved.lost.append(f"the records from {expected} up to the first of {name}")
            whole = False
        yield one.records, whole
        if one.damage is not None:
            saved.lost.append(f"{name}, byte {one.end}: {one.damage}")
            whole = False
            yield one.beyond, whole
        expected = one.records[-1].n + 1 if one.records else None
