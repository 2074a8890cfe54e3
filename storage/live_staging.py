"""Changes on their way from memory to the journal."""

from __future__ import annotations

import msgspec

from storage.live_rows import DocumentId, Rows


class Staging:
    """Changes made in memory and their journal text; `undo` takes them back as long as they are not committed."""

    __slots__ = ("_undo", "changes")

    def __init__(self) -> None:
        self.changes: list[bytes] = []
        self._undo: list[tuple[Rows, DocumentId, bytes | None]] = []

    def put(self, rows: Rows, number: DocumentId, packed: bytes) -> None:
        """Put a document in place or in; raises RecordRefusedError."""
        old = rows.documents.get(number)
        rows.put(number, packed)
        self._undo.append((rows, number, old))
        text = b"%d" % number if isinstance(number, int) else msgspec.json.encode(number)
        self.changes.append(b"%b%b,%b]" % (rows.prefix, text, packed))

    def remove(self, rows: Rows, number: DocumentId) -> None:
        """Take a document out; KeyError when it is not there."""
        old = rows.documents[number]
        rows.remove(number)
        self._undo.append((rows, number, old))
        text = b"%d" % number if isinstance(number, int) else msgspec.json.encode(number)
        self.changes.append(b"%b%b]" % (rows.prefix, text))

    def undo(self) -> None:
        """Take everything back, last change first."""
        for rows, number, old in reversed(self._undo):
            if old is None:
                rows.remove(number)
            else:
                rows.put(number, old)
        self.changes.clear()
        self._undo.clear()
