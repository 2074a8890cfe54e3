"""How a journal file is written and read, byte for byte.

A journal is a line of magic, then records, then nothing but zeros (space reserved ahead). A record is one
line of text:

    length, 8 hex digits · space · checksum, 16 hex digits · space · payload, JSON · newline

The checksum is BLAKE2b with 8 bytes over the payload, seeded with the number of the journal file: the
standard library computes it at memory speed, it is stronger than CRC-32C (2^-64 against 2^-32 for a chance
match, and no short bursts it is blind to), and a record of another file never passes for one of this file.
The payload carries the record's own number and the number of the first record written in the same group
(one write, one fsync). JSON holds no zero byte, which is how a hole torn by a crash is told from a record
that was whole once and is damaged now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec

MAGIC = b"muster-journal 1\n"
MAGIC_ANY = re.compile(rb"muster-journal (\d+)\n")
FRAME = 26  # bytes before the payload
SECTOR = 512  # what a disk writes whole or not at all
_RECORD = re.compile(rb'[0-9a-f]{8} [0-9a-f]{16} \{"n":')


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """One change: a document put in place, taken out (no document), a table made empty or dropped (no number)."""

    table: str
    number: int | str | None
    document: msgspec.Raw = msgspec.Raw(b"")


class Seal(msgspec.Struct, frozen=True):
    """What a snapshot file must look like to be the one a journal continues."""

    generation: int
    bytes: int
    root: str
    blocks: list[str] = []
    foreign: bool = False  # taken over as another program wrote it


class Record(msgspec.Struct, frozen=True):
    """One line of the journal; which fields are there says what it is."""

    n: int
    g: int
    cause: str = ""
    changes: list[Entry] = []
    more: bool = False
    begin: int | None = None
    seal: Seal | None = None
    closed: bool = False


_decode = msgspec.json.Decoder(Record).decode


def checksum_for(segment: int) -> blake2b:
    """Return the seeded checksum that the records of one journal file start from."""
    return blake2b(b"journal %d" % segment, digest_size=8)


def framed(payload: bytes, seed: blake2b) -> bytes:
    """Return a payload as a record, ready to be appended."""
    checksum = seed.copy()
    checksum.update(payload)
    return b"%08x %b %b\n" % (len(payload), checksum.hexdigest().encode(), payload)


def transaction(first: int, group: int, cause: bytes, changes: list[bytes], at_most: int) -> list[bytes]:
    """Return the payloads of one transaction: one, or several with `more` when it has more than `at_most` changes.

    `first` is the number of its first record, `cause` is JSON, each change the JSON of an `Entry`.
    """
    parts = [changes[start : start + at_most] for start in range(0, len(changes), at_most)] or [[]]
    payloads = []
    for place, part in enumerate(parts):
        more = b',"more":true' if place + 1 < len(parts) else b""
        head = b'{"n":%d,"g":%d,"cause":%b,"changes":[' % (first + place, group, cause)
        payloads.append(b"%b%b]%b}" % (head, b",".join(part), more))
    return payloads


@dataclass(slots=True)
class Scan:
    """What a journal file holds: its whole records, where they end, and what follows them."""

    segment: int
    records: list[Record] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    end: int = 0
    torn: int = 0  # bytes after `end` that a crash left of writes nobody was told were done
    damage: str | None = None  # why the bytes from `end` on are not a crash's doing
    beyond: list[Record] = field(default_factory=list)  # whole records after the damage
    newer: int | None = None  # the format, where it is newer than this program's


def scan(content: bytes, segment: int) -> Scan:
    """Read a journal file as far as it is whole, and judge what follows. Raises nothing."""
    result = Scan(segment)
    if not content.startswith(MAGIC):
        _judge_start(content, result)
        return result
    offset, seed = len(MAGIC), checksum_for(segment)
    while (payload := _payload(content, offset, seed)) is not None:
        try:
            record = _decode(payload)
        except msgspec.DecodeError:
            break
        if result.records and record.n != result.records[-1].n + 1:
            break
        result.records.append(record)
        result.offsets.append(offset)
        offset += FRAME + len(payload) + 1
    result.end = offset
    _judge_tail(content, result, seed)
    return result


def _payload(content: bytes, offset: int, seed: blake2b) -> bytes | None:
    """Return the payload of the whole record at `offset`, or None."""
    frame = content[offset : offset + FRAME]
    try:
        length = int(frame[:8], 16)
    except ValueError:
        return None
    end = offset + FRAME + length
    payload = content[offset + FRAME : end]
    checksum = seed.copy()
    checksum.update(payload)
    # Comparing the whole frame and the newline means that no byte of a record goes unchecked.
    whole = frame == b"%08x %b " % (length, checksum.hexdigest().encode()) and content[end : end + 1] == b"\n"
    return payload if whole else None


def _judge_start(content: bytes, result: Scan) -> None:
    """Judge a file that does not begin as ours do."""
    version = MAGIC_ANY.match(content)
    if version is not None:
        result.newer = int(version[1])
    elif MAGIC.startswith(content.rstrip(b"\0")):
        result.torn = len(content)  # it was being made when the program stopped
    else:
        result.damage = "this is not a journal"


def _judge_tail(content: bytes, result: Scan, seed: blake2b) -> None:
    """Say whether the bytes after the last whole record are a crash's doing, and if not, what they are."""
    written = len(content.rstrip(b"\0"))
    if written <= result.end:
        return
    later = list(whole_records(content, result.end + 1, seed))
    expected = result.records[-1].n + 1 if result.records else 0
    if later:
        place, first = later[0]
        same_group = first.g <= expected and all(record.g == first.g for _, record in later)
        if same_group and _has_hole(content, result.end, place):
            result.torn = len(content) - result.end
            return
        result.beyond = [record for _, record in later]
        result.damage = f"record {expected} is damaged; {len(later)} whole records follow it"
    elif _cut_short(content, result.end, written, seed):
        result.torn = len(content) - result.end
    else:
        result.damage = f"record {expected}, the last one, is damaged"


def whole_records(content: bytes, offset: int, seed: blake2b) -> Iterator[tuple[int, Record]]:
    """Yield place and content of every whole record from `offset` on, wherever it stands."""
    while (match := _RECORD.search(content, offset)) is not None:
        offset = match.start()
        payload = _payload(content, offset, seed)
        if payload is None:
            offset += 1
            continue
        try:
            yield offset, _decode(payload)
        except msgspec.DecodeError:
            offset += 1
            continue
        offset += FRAME + len(payload) + 1


def _cut_short(content: bytes, start: int, written: int, seed: blake2b) -> bool:
    """Say whether the bytes from `start` are the beginning of a record, or a record with a hole in it.

    `written` is where the zeros begin that end the file.
    """
    if written - start < FRAME or _has_hole(content, start, written):
        return True
    try:
        length = int(content[start : start + 8], 16)
    except ValueError:
        return False
    if start + FRAME + length < written:
        return False
    # A record whose length alone is damaged is whole up to its newline: then nothing was cut.
    checksum = seed.copy()
    checksum.update(content[start + FRAME : written - 1])
    return content[start + 9 : start + 25] != checksum.hexdigest().encode()


def _has_hole(content: bytes, start: int, end: int) -> bool:
    """Say whether some sector holds nothing but zeros between `start` and `end`."""
    first = start - start % SECTOR
    return any(
        not content[max(sector, start) : min(sector + SECTOR, end)].strip(b"\0") for sector in range(first, end, SECTOR)
    )


def transactions(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records of each complete transaction; parts whose last one is missing are left out."""
    parts: list[Record] = []
    for record in records:
        parts.append(record)
        if not record.more:
            yield parts
            parts = []
