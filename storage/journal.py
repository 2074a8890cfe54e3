"""The journal on the disk: numbered files beside the store, appended to in groups, each group made durable at once.

Nothing here knows threads: `storage.journal_writer` calls it from one thread only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.files import Files
from storage.journal_format import MAGIC, Seal, checksum_for, framed, transaction

RESERVED_AHEAD = 1 << 20  # bytes; space reserved at once, so that most appends change no file size
CHANGES_PER_RECORD = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of the files of one store."""

    path: Path

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.path.with_name(self.path.name + ".lock")

    @property
    def reserve(self) -> Path:
        """Space kept back for the day the disk is full."""
        return self.path.with_name(self.path.name + ".reserve")

    @property
    def previous(self) -> Path:
        """The snapshot before the current one."""
        return self.path.with_name(self.path.name + ".previous")

    @property
    def draft(self) -> Path:
        """A snapshot being written."""
        return self.path.with_name(self.path.name + ".draft")

    def journal(self, segment: int) -> Path:
        """The journal file of that number."""
        return self.path.with_name(f"{self.path.name}.journal.{segment:08d}")

    def segments(self, files: Files) -> list[int]:
        """Return the numbers of the journal files that exist, ascending."""
        pattern = re.compile(re.escape(self.path.name) + r"\.journal\.(\d{8})")
        matches = (pattern.fullmatch(name) for name in files.names(self.path.parent))
        return sorted(int(match[1]) for match in matches if match is not None)


class Transaction(msgspec.Struct, frozen=True):
    """Changes that become durable together: the JSON text of the cause and of each change."""

    cause: bytes
    changes: list[bytes]


class Journal:
    """Appends to the newest journal file."""

    def __init__(self, files: Files, layout: Layout, segment: int, next_number: int) -> None:
        """Continue after the records that exist; call `begin` or `reopen` next."""
        self._files = files
        self._layout = layout
        self.segment = segment
        self.next_number = next_number
        self.size = 0  # bytes in the current file
        self._reserved = 0
        self._descriptor = -1
        self._seed = checksum_for(segment)

    def begin(self, seal: Seal | None = None) -> None:
        """Make the current file, whole or not at all, holding its first record and perhaps a seal."""
        number = self.next_number
        lines = [framed(b'{"n":%d,"g":%d,"begin":%d}' % (number, number, self.segment), self._seed)]
        if seal is not None:
            number += 1
            lines.append(framed(_note(number, seal, closed=False), self._seed))
        self.restore(b"".join(lines))
        self.next_number = number + 1

    def restore(self, records: bytes) -> None:
        """Make the current file anew from framed records, so that what was read is surely on the disk, then append."""
        content = MAGIC + records
        self._files.replace_with(self._layout.journal(self.segment), content)
        self.reopen(len(content))

    def reopen(self, size: int) -> None:
        """Append to the current file, which ends cleanly at `size` bytes."""
        self._descriptor = self._files.reopen(self._layout.journal(self.segment))
        self.size = self._reserved = size

    def rotate(self) -> None:
        """Finish the current file and start the next. Raises OSError, after which only `abandon` is allowed."""
        self._files.truncate(self._descriptor, self.size)
        older, self._descriptor = self._descriptor, -1
        self._files.close(older)
        self.segment += 1
        self._seed = checksum_for(self.segment)
        self.begin()

    def append(self, batch: list[Transaction]) -> None:
        """Write the transactions with one write and wait once until they are durable.

        On OSError none of them may be called done; `retreat` takes half-written ones back.
        """
        group = number = self.next_number
        lines: list[bytes] = []
        for one in batch:
            payloads = transaction(number, group, one.cause, one.changes, CHANGES_PER_RECORD)
            number += len(payloads)
            lines += [framed(payload, self._seed) for payload in payloads]
        self._append(b"".join(lines))
        self.next_number = number

    def seal(self, seal: Seal | None, *, closed: bool = False) -> None:
        """Write down what the snapshot looks like, or that the store was closed; durable on return."""
        self._append(framed(_note(self.next_number, seal, closed=closed), self._seed))
        self.next_number += 1

    def retreat(self) -> None:
        """Cut off what a failed append may have left."""
        self._files.truncate(self._descriptor, self.size)
        self._reserved = self.size

    def close(self) -> None:
        """Cut off the reserved space and close the file."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            try:
                self._files.truncate(descriptor, self.size)
                self._files.sync(descriptor)
            finally:
                self._files.close(descriptor)

    def abandon(self) -> None:
        """Close the file as it is, writing nothing."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            self._files.close(descriptor)

    def _append(self, content: bytes) -> None:
        end = self.size + len(content)
        if end > self._reserved:
            ahead = end - self._reserved + RESERVED_AHEAD
            self._files.reserve_space(self._descriptor, self._reserved, ahead)
            self._reserved += ahead
        self._files.write_all(self._descriptor, content, self.size)
        self._files.sync_content(self._descriptor)
        self.size = end


def _note(number: int, seal: Seal | None, *, closed: bool) -> bytes:
    """Return the payload of a record that changes no document."""
    parts = [b'{"n":%d,"g":%d' % (number, number)]
    if seal is not None:
        parts.append(b',"seal":' + msgspec.json.encode(seal))
    if closed:
        parts.append(b',"closed":true')
    return b"".join([*parts, b"}"])
