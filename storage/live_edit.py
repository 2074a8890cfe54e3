"""One update of one table, recorded, so that the storage is handed what changed and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from storage.live_rows import DocumentId, Rows
from storage.snapshot import document_id, pack, unpack


class Edit(MutableMapping[Any, Any]):
    """What an update does to a table, recorded: documents are unpacked when touched, and kept until the end.

    An updater that raises leaves the table as it was.
    """

    def __init__(self, rows: Rows, id_class: Callable[[Any], Any]) -> None:
        self._rows = rows
        self._id_class = id_class
        self._touched: dict[DocumentId, Any] = {}
        self._added: dict[DocumentId, Any] = {}
        self._removed: set[DocumentId] = set()
        self.emptied = False

    def _stored(self, number: DocumentId) -> bool:
        return not self.emptied and number in self._rows.documents and number not in self._removed

    def __contains__(self, doc_id: object) -> bool:
        number = document_id(str(doc_id))
        return number in self._added or self._stored(number)

    def __getitem__(self, doc_id: Any) -> Any:
        number = document_id(str(doc_id))
        if number in self._added:
            return self._added[number]
        if not self._stored(number):
            raise KeyError(doc_id)
        if number not in self._touched:
            self._touched[number] = unpack(self._rows.documents[number])
        return self._touched[number]

    def __setitem__(self, doc_id: Any, document: Any) -> None:
        number = document_id(str(doc_id))
        if self._stored(number):
            self._touched[number] = document
        else:
            self._added[number] = document

    def __delitem__(self, doc_id: Any) -> None:
        number = document_id(str(doc_id))
        if number in self._added:
            del self._added[number]
        elif self._stored(number):
            self._removed.add(number)
            self._touched.pop(number, None)
        else:
            raise KeyError(doc_id)

    def __iter__(self) -> Iterator[Any]:
        for number in list(self._rows.documents):
            if self._stored(number):
                yield self._id_class(number)
        for number in list(self._added):
            yield self._id_class(number)

    def __len__(self) -> int:
        stored = 0 if self.emptied else len(self._rows.documents) - len(self._removed)
        return stored + len(self._added)

    def clear(self) -> None:
        """Take everything out at once."""
        self.emptied = True
        for gathered in (self._touched, self._added, self._removed):
            gathered.clear()

    def result(self) -> dict[DocumentId, bytes | None]:
        """Return what differs from the table: packed documents, None for those taken out.

        Raises TypeError for a document JSON cannot hold.
        """
        changes: dict[DocumentId, bytes | None] = {}
        for number in self._removed:
            if number not in self._added:
                changes[number] = None
        for number, document in self._touched.items():
            packed, stored = pack(document), self._rows.documents[number]
            if packed != stored and packed != pack(unpack(stored)):  # stock TinyDB spaces its JSON differently
                changes[number] = packed
        changes.update((number, pack(document)) for number, document in self._added.items())
        return changes
