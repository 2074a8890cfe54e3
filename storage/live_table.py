"""TinyDB over the durable store, through TinyDB's own extension points: a `Storage` and a `table_class`.

    database = LiveTinyDB("muster.json")          # TinyDB(path, storage=LiveStorage) with table_class LiveTable
    database.table("notes").insert({"text": "…"})  # on the disk when this returns

`LiveStorage` also serves TinyDB's own `Table`, correctly but at TinyDB's cost: it compares the whole database
with what it was. `LiveTable` hands over only what changed, and answers what an index can answer.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from storage.engine import Table as Declared
from storage.files import Files
from storage.live_edit import Edit
from storage.live_query import candidates
from storage.live_rows import DocumentId, RecordRefusedError, Rows
from storage.live_staging import Staging
from storage.live_store import RESERVE, LiveStore
from storage.snapshot import document_id, pack, unpack

CAUSE = "tinydb"


class RowsView(Mapping[str, Any]):
    """A table as TinyDB's `Storage.read` shows it: documents by number as text, each unpacked when looked at."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __getitem__(self, number: str) -> Any:
        return unpack(self.rows.documents[document_id(str(number))])

    def __iter__(self) -> Iterator[str]:
        return map(str, list(self.rows.documents))

    def __len__(self) -> int:
        return len(self.rows.documents)

    def items(self) -> ItemsView[str, Any]:
        """Return numbers and documents, as they are now."""
        return _Items(self)


class _Items(ItemsView[str, Any]):
    """Walks the documents without looking each up again; they may change meanwhile."""

    _mapping: RowsView

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for number, packed in list(self._mapping.rows.documents.items()):
            yield str(number), unpack(packed)


class LiveStorage(Storage):
    """TinyDB's storage interface over a `LiveStore`. Raises what `LiveStore` raises."""

    def __init__(
        self,
        path: str | Path,
        tables: Iterable[Declared] = (),
        *,
        files: Files | None = None,
        reserve: int = RESERVE,
        store: LiveStore | None = None,
    ) -> None:
        """Open the store at `path`, or serve a `store` that is open already and stays its owner's to close."""
        super().__init__()
        self._owned = store is None
        self.store = store if store is not None else LiveStore(Path(path), tables, files=files, reserve=reserve)

    def read(self) -> dict[str, Any] | None:
        """Return the tables that exist by name; None when there are none."""
        tables = {rows.name: RowsView(rows) for rows in self.store.tables if rows.exists}
        return tables or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make the database hold exactly `data`; what differs is written. Durable on return."""
        self._refuse_if_failed()
        texts: list[bytes] = []
        try:
            for rows in self.store.tables:
                if rows.exists and rows.name not in data:
                    texts += self._emptied(rows, exists=False)
            for name, documents in data.items():
                rows = self.store.tables.get(name)
                if not (isinstance(documents, RowsView) and documents.rows is rows):
                    wanted = {document_id(str(number)): pack(one) for number, one in documents.items()}
                    texts += self._changed(rows, wanted)
        finally:  # also when a declared table refuses its records: memory and disk stay one
            self.commit(texts)

    def replace(self, rows: Rows, wanted: Mapping[DocumentId, bytes | None], *, emptied: bool) -> None:
        """Take out (None) or put in documents of one table, after emptying it if so told; durable on return.

        Raises RecordRefusedError, and then nothing has changed, and EngineFailedError.
        """
        self._refuse_if_failed()
        self.commit(self._staged(rows, wanted, emptied=emptied or not rows.exists))

    def commit(self, texts: list[bytes]) -> None:
        """Make staged changes durable, and keep the journal short."""
        if texts:
            self.store.commit(texts, CAUSE)
            if self._owned and self.store.journal_full:
                self.store.snapshot()

    def close(self) -> None:
        """Write a clean file and let go of the store."""
        if self._owned:
            self.store.close()

    def _changed(self, rows: Rows, wanted: dict[DocumentId, bytes]) -> list[bytes]:
        """Stage what turns a table into `wanted`, with the order of documents where it differs."""
        kept = [number for number in rows.documents if number in wanted]
        if kept != list(wanted)[: len(kept)] or not rows.exists:
            return self._staged(rows, wanted, emptied=True)
        changes: dict[DocumentId, bytes | None] = dict.fromkeys(
            number for number in rows.documents if number not in wanted
        )
        changes.update((number, one) for number, one in wanted.items() if rows.documents.get(number) != one)
        return self._staged(rows, changes, emptied=False)

    def _emptied(self, rows: Rows, *, exists: bool) -> list[bytes]:
        rows.clear(exists=exists)
        return [rows.prefix + (b"null,{}]" if exists else b"null]")]

    def _staged(self, rows: Rows, wanted: Mapping[DocumentId, bytes | None], *, emptied: bool) -> list[bytes]:
        before, existed = rows.documents, rows.exists
        texts = self._emptied(rows, exists=True) if emptied else []
        staging = Staging()
        try:
            for number, packed in wanted.items():
                if packed is None:
                    staging.remove(rows, number)
                else:
                    staging.put(rows, number, packed)
        except RecordRefusedError:
            staging.undo()
            if emptied:
                rows.load(before, exists=existed)
            raise
        return texts + staging.changes

    def _refuse_if_failed(self) -> None:
        refusal = self.store.refusal
        if refusal is not None:
            raise refusal


class LiveTable(Table):
    """TinyDB's table, which reads packed documents and writes only what an update changed."""

    _storage: LiveStorage
    _seen: tuple[Rows, int] | None = None

    @property
    def rows(self) -> Rows:
        """The table as the store holds it now."""
        return self._storage.store.tables.get(self.name)

    def __len__(self) -> int:
        return len(self.rows.documents)

    def get(self, *arguments: Any, **named: Any) -> Any:
        """Return a document, or for `doc_ids` a list, as TinyDB does; unpacks only what it returns."""
        return self._get(*arguments, **named)

    def _get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None:
        documents = self.rows.documents
        if doc_id is not None:
            packed = documents.get(document_id(str(doc_id)))
            return None if packed is None else self.document_class(unpack(packed), doc_id)
        if doc_ids is not None:
            wanted = {document_id(str(one)) for one in doc_ids} & documents.keys()
            in_order = wanted if len(wanted) < 2 else [number for number in documents if number in wanted]
            return [self.document_class(unpack(documents[one]), self.document_id_class(one)) for one in in_order]
        if cond is not None:
            return next(self._matching(cond), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def search(self, cond: QueryLike) -> list[Document]:
        """Return all matching documents, through an index where one fits, from the query cache where it can."""
        rows = self.rows
        if self._seen != (rows, rows.version):
            self.clear_cache()
            self._seen = (rows, rows.version)
        cached = self._query_cache.get(cond)
        if cached is not None:
            return cached[:]
        found = list(self._matching(cond))
        if getattr(cond, "is_cacheable", _always)():
            self._query_cache[cond] = found[:]
        return found

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[Any], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update as TinyDB does; documents for a condition are found first."""
        if cond is not None and doc_ids is None:
            doc_ids = [document.doc_id for document in self._matching(cond)]
        return super().update(fields, None, doc_ids)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove as TinyDB does; documents for a condition are found first."""
        if cond is not None and doc_ids is None:
            doc_ids = [document.doc_id for document in self._matching(cond)]
        return super().remove(None, doc_ids)

    def _matching(self, cond: QueryLike) -> Iterator[Document]:
        rows = self.rows
        numbers = candidates(rows, cond)
        documents = rows.documents
        for number in list(documents) if numbers is None else numbers:
            document = unpack(documents[number])
            if cond(document):
                yield self.document_class(document, self.document_id_class(number))

    def _read_table(self) -> Any:
        return RowsView(self.rows)

    def _get_next_id(self) -> Any:
        if self._next_id is None:
            self._next_id: Any = self.document_id_class(self.rows.highest_present() + 1)
        following = self._next_id
        self._next_id = following + 1
        return following

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        rows = self.rows
        edit = Edit(rows, self.document_id_class)
        updater(edit)
        self._storage.replace(rows, edit.result(), emptied=edit.emptied)
        self.clear_cache()


def _always() -> bool:
    return True


class LiveTinyDB(TinyDB):
    """`TinyDB` with this module's storage and table."""

    table_class = LiveTable
    default_storage_class: Any = LiveStorage
