"""What the files of a store hold, read without changing one byte.

The main file is a TinyDB database. The journal files beside it say what the main file must look like (a seal)
and what was changed since. Reading finds the seal that fits the file and replays what follows it. A tail that a
crash tore is left out and reported; anything else that does not fit is a finding, and with findings nobody
starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from storage.damage import Finding
from storage.files import Files
from storage.journal import Layout
from storage.journal_format import MAGIC, Record, Scan, Seal, scan, transactions
from storage.sealing import BLOCK, SealBeside
from storage.snapshot import Contents, NotTinyDBError, parse, read_own


@dataclass(slots=True)
class Reading:
    """What a store's files hold.

    `state` is "new" (nothing there), "stock" (a TinyDB file we have not kept yet), "kept", or "edited" (kept,
    stopped cleanly, and then written anew by stock TinyDB). `torn` are bytes of unfinished writes at the end of
    the newest journal file, `closed` says that the last program stopped cleanly.
    """

    layout: Layout
    state: Literal["new", "stock", "edited", "kept"]
    contents: Contents = field(default_factory=dict)
    generation: int = 0
    segment: int = 0
    next_number: int = 0
    end: int = 0  # bytes of the newest journal file that hold
    tail: bytes = b""  # its records, framed, where the file has to be written anew
    torn: int = 0
    closed: bool = False
    replayed: int = 0  # transactions
    snapshot_bytes: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def records(self) -> int:
        """How many documents all tables hold together."""
        return sum(map(len, self.contents.values()))


def read_store(files: Files, path: Path) -> Reading:
    """Read the store whose main file is `path`. Raises OSError when a file cannot be read."""
    layout = Layout(path)
    present = set(files.names(path.parent))
    segments = layout.segments(files)
    traces = [one for one in (layout.previous, layout.reserve) if one.name in present]
    if segments:
        return _read_kept(files, layout, segments, has_main=path.name in present)
    if traces:
        reading = Reading(layout, "kept")
        what = f"there is no journal, though {traces[0].name} shows that there was one"
        reading.findings.append(Finding(path, None, what))
        return reading
    if path.name not in present:
        return Reading(layout, "new")
    return _read_stock(files, layout)


def _read_stock(files: Files, layout: Layout) -> Reading:
    reading = Reading(layout, "stock")
    content = files.read(layout.path)
    reading.snapshot_bytes = len(content)
    try:
        reading.contents = parse(content)
    except NotTinyDBError as error:
        reading.findings.append(Finding(layout.path, error.byte, str(error)))
    return reading


def _read_kept(files: Files, layout: Layout, segments: list[int], *, has_main: bool) -> Reading:
    reading = Reading(layout, "kept")
    content = files.read(layout.path) if has_main else b""
    mark, own = _mark_and_read(content) if has_main else (None, None)
    scans, newest = scan_needed(files, layout, segments, mark)
    reading.findings += journal_findings(layout, scans)
    if mark is None:
        what = f"the file is missing, though {layout.journal(segments[-1]).name} continues it"
        reading.findings.append(Finding(layout.path, None, what))
        return reading
    reading.snapshot_bytes = len(content)
    seal = _continued(reading, content, mark, scans)
    if seal is None:
        return reading
    reading.generation = seal.generation
    try:
        reading.contents = parse(content) if own is None else own
    except NotTinyDBError as error:  # sealed as it is, so it was taken over like this: cannot be, but is not hidden
        reading.findings.append(Finding(layout.path, error.byte, str(error)))
        return reading
    later = [scans[segment] for segment in sorted(scans) if segment >= seal.generation]
    _replay_all(reading, later)
    _note_tail(reading, scans[segments[-1]], newest)
    return reading


def _mark_and_read(content: bytes) -> tuple[Seal, Contents | None]:
    """Take a file's checksums, which needs no interpreter, while its lines are read as if it were as we wrote it."""
    beside = SealBeside(content)
    own = read_own(content)
    return beside.result(0), own


def _continued(reading: Reading, content: bytes, mark: Seal, scans: dict[int, Scan]) -> Seal | None:
    """Return the seal from which the journal continues the main file; None with findings, or when it was edited."""
    seal = fitting_seal(mark, scans.values())
    if seal is None and not reading.findings and _edited(reading, content, scans[max(scans)]):
        return None
    if seal is None:
        reading.findings += snapshot_findings(reading.layout, content, mark, scans)
    return None if reading.findings else seal


def _edited(reading: Reading, content: bytes, newest: Scan) -> bool:
    """Take over what stock TinyDB wrote after a clean stop.

    Our own files have a line per document, stock TinyDB's have one line in all: damage never turns one into the other.
    """
    known = seals([newest])
    last = newest.records[-1]
    clean = last.closed and not newest.torn and not any(record.changes for record in newest.records)
    if b"\n" in content.strip() or not clean or not known or known[-1].foreign:
        return False
    try:
        reading.contents = parse(content)
    except NotTinyDBError:
        return False
    reading.state, reading.segment, reading.next_number = "edited", newest.segment, last.n + 1
    return bool(content.strip())


def scan_needed(files: Files, layout: Layout, segments: list[int], mark: Seal | None) -> tuple[dict[int, Scan], bytes]:
    """Scan journal files, newest first, back to the one whose seal fits the main file's `mark` (or all of them).

    Returns the scans by number and the newest file's content.
    """
    scans: dict[int, Scan] = {}
    newest = b""
    for segment in reversed(segments):
        content = files.read(layout.journal(segment))
        newest = newest or content
        scans[segment] = scan(content, segment)
        if mark is not None and any(_fits(seal, mark) for seal in seals([scans[segment]])):
            break
    return scans, newest


def seals(scans: Iterable[Scan]) -> list[Seal]:
    """Return every seal written in these journal files."""
    return [record.seal for one in scans for record in one.records if record.seal is not None]


def _fits(seal: Seal, mark: Seal) -> bool:
    return seal.root == mark.root and seal.bytes == mark.bytes


def fitting_seal(mark: Seal, scans: Iterable[Scan]) -> Seal | None:
    """Return the newest seal that fits a file whose content has this mark, or None."""
    fitting = [seal for seal in seals(scans) if _fits(seal, mark)]
    return max(fitting, key=lambda seal: seal.generation, default=None)


def journal_findings(layout: Layout, scans: dict[int, Scan]) -> list[Finding]:
    """Return what is wrong with the journal files themselves and with their sequence."""
    findings = []
    for segment in sorted(scans):
        one, file = scans[segment], layout.journal(segment)
        if one.newer is not None:
            what = f"it is written in format {one.newer}, by a newer version of this program; this one knows format 1"
            findings.append(Finding(file, 0, what))
        elif one.damage is not None:
            findings.append(Finding(file, one.end, one.damage))
        elif one.torn and segment != max(scans):
            findings.append(Finding(file, one.end, "it ends in the middle of a record, and a later file follows"))
        elif not one.records:
            findings.append(Finding(file, 0, "it holds no record, not even its first"))
    for older, newer in zip(sorted(scans), sorted(scans)[1:], strict=False):
        findings += _gap(layout, scans[older], scans[newer])
    return findings


def _gap(layout: Layout, older: Scan, newer: Scan) -> list[Finding]:
    if newer.segment != older.segment + 1:
        missing = layout.journal(older.segment + 1)
        return [Finding(missing, None, f"the file is missing, though {layout.journal(newer.segment).name} follows it")]
    if older.records and newer.records and newer.records[0].n != older.records[-1].n + 1:
        last, first = older.records[-1].n, newer.records[0].n
        what = f"it ends with record {last}, and the next file begins with record {first}"
        return [Finding(layout.journal(older.segment), older.end, what)]
    return []


def snapshot_findings(layout: Layout, content: bytes, mark: Seal, scans: dict[int, Scan]) -> list[Finding]:
    """Say how the main file differs from what the newest seal says it must be."""
    known = seals(scans[segment] for segment in sorted(scans))
    if not known:
        return [Finding(layout.path, None, "no journal file says what it must look like")]
    try:
        parse(content)
        what = "its content is not what was written; it may have been edited by another program"
        byte = None
    except NotTinyDBError as error:
        what, byte = str(error), error.byte
    seal = known[-1]
    place = _first_difference(seal.blocks, mark.blocks)
    if place is None:
        return [Finding(layout.path, byte, what)]
    start, end = min(place * BLOCK, len(content)), min((place + 1) * BLOCK, seal.bytes)
    inside = byte is not None and place * BLOCK <= byte < (place + 1) * BLOCK
    where = f"bytes {start} to {end} of {seal.bytes}"
    return [Finding(layout.path, byte if inside else start, f"{what} ({where})")]


def _first_difference(wanted: Sequence[object], found: Sequence[object]) -> int | None:
    """Return the first place where the two differ, or None if `found` begins with all of `wanted`."""
    return next(
        (place for place, one in enumerate(wanted) if place >= len(found) or found[place] != one),
        None,
    )


def _replay_all(reading: Reading, scans: list[Scan]) -> None:
    for one in scans:
        for parts in transactions(one.records):
            replay(reading.contents, parts)
            reading.replayed += any(record.changes for record in parts)


def replay(contents: Contents, parts: list[Record]) -> None:
    """Carry out the changes of one transaction."""
    for record in parts:
        for entry in record.changes:
            if entry.number is None:
                if entry.document:
                    contents[entry.table] = {}
                else:
                    contents.pop(entry.table, None)
            elif entry.document:
                contents.setdefault(entry.table, {})[entry.number] = bytes(entry.document)
            else:
                contents.setdefault(entry.table, {}).pop(entry.number, None)


def _note_tail(reading: Reading, newest: Scan, content: bytes) -> None:
    """Note where the newest journal file goes on; parts of a transaction that never came whole are torn too."""
    records, end = newest.records, newest.end
    whole = len(records)
    while whole and records[whole - 1].more:
        whole -= 1
    if whole < len(records):
        end = newest.offsets[whole]
    reading.segment = newest.segment
    reading.next_number = records[whole - 1].n + 1
    reading.end = end
    reading.tail = content[len(MAGIC) : end]
    reading.torn = newest.torn + newest.end - end
    reading.closed = bool(records[whole - 1].closed) and not reading.torn
