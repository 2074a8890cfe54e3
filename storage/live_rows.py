"""The records of one table in memory: packed JSON by document number, with key and indexes kept in step.

A table that declares a key (`storage.engine.Table`) holds each key once and answers through its indexes.
Any other table is what TinyDB knows: documents under numbers, in the order they were put in.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter, lt
from typing import Any

import msgspec

from storage.engine import Table
from storage.gathering import Gathered
from storage.indexes import LiveIndex, Shape

DocumentId = int | str

_KEY = attrgetter("f0")
BLOCK = 4096  # documents looked at together while indexes are built


class RecordRefusedError(ValueError):
    """A record does not fit its table: no key, the key of another record, or a value no index can hold."""


class Rows:
    """One table. `documents` may be read by anyone and is changed here only."""

    def __init__(self, name: str, declared: Table | None = None) -> None:
        self.name = name
        self.declared = declared
        self.documents: dict[DocumentId, bytes] = {}
        self.exists = False  # whether the TinyDB file lists the table, be it empty
        self.version = 0  # grows with every change; whoever caches answers compares it
        self.ascending = True  # whether all are numbers, above 0, in the order of insertion
        self.prefix = b"[%b," % msgspec.json.encode(name)  # how a journal entry of this table begins
        self._highest = 0
        self._shape = Shape(declared) if declared is not None else None
        self.keys: dict[str, DocumentId] = {}
        self.indexes: dict[str, LiveIndex] = {}
        self._reset_indexes()

    def _reset_indexes(self) -> None:
        self.keys = {}
        if self.declared is not None and self._shape is not None:
            names = self._shape.names
            self.indexes = {index.name: LiveIndex(index, names) for index in self.declared.indexes}

    @property
    def next_number(self) -> int:
        """The lowest number above all ever used since the table was opened or emptied."""
        return self._highest + 1

    def highest_present(self) -> int:
        """Return the highest document number in use, 0 when there is none."""
        if self._highest in self.documents:
            return self._highest
        return max((number for number in self.documents if isinstance(number, int)), default=0)

    def put(self, number: DocumentId, packed: bytes) -> None:
        """Put a record in place or in; raises RecordRefusedError, and then nothing has changed."""
        if b"\n" in packed:
            message = f"table {self.name}: a record is one line of JSON"
            raise RecordRefusedError(message)
        if self._shape is not None:
            self._index(number, packed)
        if number not in self.documents:
            self._note_new(number)
        self.documents[number] = packed
        self.exists = True
        self.version += 1

    def remove(self, number: DocumentId) -> None:
        """Take a record out; KeyError when it is not there."""
        packed = self.documents.pop(number)
        self.version += 1
        if self._shape is not None:
            fields = self._shape.decode(packed)
            del self.keys[fields.f0]
            for index in self.indexes.values():
                index.remove(index.entry(fields), number)

    def clear(self, *, exists: bool) -> None:
        """Take everything out; `exists` says whether the empty table stays listed."""
        self.documents = {}
        self.exists = exists
        self.version += 1
        self.ascending = True
        self._highest = 0
        self._reset_indexes()

    def load(self, documents: dict[DocumentId, bytes], *, exists: bool) -> None:
        """Take all records at once and build key and indexes; raises RecordRefusedError."""
        self.clear(exists=exists)
        self.documents = documents
        numbers = [number for number in documents if isinstance(number, int)]
        self.ascending = (
            len(numbers) == len(documents)
            and min(numbers[:1], default=1) > 0
            and all(map(lt, numbers, islice(numbers, 1, None)))
        )
        self._highest = numbers[-1] if numbers and self.ascending else max(numbers, default=0)
        if self._shape is not None and len(numbers) < len(documents):
            raise RecordRefusedError(self._no_number(next(one for one in documents if not isinstance(one, int))))
        if self._shape is not None:
            self._build(self._shape.decode)

    def _note_new(self, number: DocumentId) -> None:
        if isinstance(number, int) and number > self._highest:
            self._highest = number
        else:
            self.ascending = False

    def _decoded(self, packed: bytes) -> Any:
        shape = self._shape
        if shape is None:
            message = f"table {self.name} declares no key"
            raise RecordRefusedError(message)
        try:
            fields = shape.decode(packed)
        except msgspec.DecodeError as error:
            message = f"table {self.name}: {error}"
            raise RecordRefusedError(message) from error
        if not isinstance(fields.f0, str):
            message = f"table {self.name}: the key must be text, it is {fields.f0!r}"
            raise RecordRefusedError(message)
        return fields

    def _index(self, number: DocumentId, packed: bytes) -> None:
        """Bring key and indexes in step with a record about to be put in."""
        if not isinstance(number, int):
            raise RecordRefusedError(self._no_number(number))
        fields = self._decoded(packed)
        key = fields.f0
        self._require_free(key, number)
        old = self.documents.get(number)
        before = self._shape.decode(old) if old is not None and self._shape is not None else None
        if before == fields:
            return
        moves = self._moves(before, fields)
        if before is not None and before.f0 != key:
            del self.keys[before.f0]
        self.keys[key] = number
        for index, entry_before, entry in moves:
            if entry_before is not None:
                index.remove(entry_before, number)
            index.add(entry, number)

    def _no_number(self, name: object) -> str:
        return f"table {self.name}: {name!r} is not the number of a document"

    def _require_free(self, key: str, number: DocumentId) -> None:
        holder = self.keys.get(key)
        if holder is not None and holder != number:
            message = f"table {self.name}: the key {key!r} belongs to document {holder}"
            raise RecordRefusedError(message)

    def _moves(self, before: Any, fields: Any) -> list[tuple[LiveIndex, Any, Any]]:
        """Return what changes in which index; raises before anything has changed."""
        moves: list[tuple[LiveIndex, Any, Any]] = []
        for index in self.indexes.values():
            try:
                entry = index.entry(fields)
            except ValueError as error:
                raise RecordRefusedError(str(error)) from error
            entry_before = index.entry(before) if before is not None else None
            if entry != entry_before:
                moves.append((index, entry_before, entry))
        return moves

    def _build(self, decode: Callable[[bytes], Any]) -> None:
        gatherings = [(index, Gathered()) for index in self.indexes.values()]
        with collector_paused():
            try:
                for numbers, records in _in_blocks(self.documents):
                    fields = list(map(decode, records))
                    self.keys.update(zip(map(_KEY, fields), numbers, strict=True))
                    for index, gathered in gatherings:
                        index.gather(gathered, fields, numbers)
                for index, gathered in gatherings:
                    index.build(gathered)
            except (msgspec.DecodeError, ValueError, TypeError) as error:
                message = f"table {self.name}: {error}"
                raise RecordRefusedError(message) from error
        if len(self.keys) != len(self.documents) or not set(map(type, self.keys)) <= {str}:
            message = f"table {self.name}: two records with one key, or a record without"
            raise RecordRefusedError(message)


def _in_blocks(documents: dict[Any, bytes]) -> Iterator[tuple[list[int], list[bytes]]]:
    """Yield numbers and documents a few at a time, so that little more is held than what stays."""
    numbers, records = iter(documents), iter(documents.values())
    while some := list(islice(numbers, BLOCK)):
        yield some, list(islice(records, BLOCK))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Build millions of small objects without the cyclic collector looking at them all again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Tables:
    """All tables by name; declared ones are there from the start, others come with their first change."""

    def __init__(self, declared: Iterable[Table] = ()) -> None:
        self._rows = {table.name: Rows(table.name, table) for table in declared}

    def __iter__(self) -> Iterator[Rows]:
        return iter(self._rows.values())

    def get(self, name: str) -> Rows:
        """Return the table of that name, made empty and unlisted if it is new."""
        rows = self._rows.get(name)
        if rows is None:
            rows = self._rows[name] = Rows(name)
        return rows

    def declared(self, name: str) -> Rows:
        """Return a declared table; KeyError for any other."""
        rows = self._rows[name]
        if rows.declared is None:
            raise KeyError(name)
        return rows
