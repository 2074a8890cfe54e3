"""Old records into the shape that this program writes.

Every record carries the number of its shape, `schema`. A step is a pure function from a record in one shape to the same
record in the next; the first step of a table leads from shape 1 to shape 2. Whoever renames a field, gives it another
type or takes its default away adds a step here, and a sample of the shape before to tests/storage_engine/samples. A new
field with a default needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from storage.live_rows import DocumentId
from storage.snapshot import Contents, pack, unpack

Step = Callable[[dict[str, Any]], dict[str, Any]]
Steps = Mapping[str, tuple[Step, ...]]

STEPS: Steps = {}  # by table


class RecordNotMigratedError(ValueError):
    """A record that this program cannot bring into its own shape; nothing was changed."""


class NewerRecordError(RecordNotMigratedError):
    """A record was written by a newer version of this program."""


class _Numbered(msgspec.Struct, frozen=True):
    schema: int = 1


@dataclass(slots=True)
class Plan:
    """Which records are not in the present shape, and the oldest shape among them."""

    outdated: dict[str, list[DocumentId]] = field(default_factory=dict)
    oldest: int = 0

    @property
    def count(self) -> int:
        """How many records are to be changed."""
        return sum(map(len, self.outdated.values()))


class Migrations:
    """The steps of all tables. `tables` are those whose records carry a number."""

    def __init__(self, tables: Iterable[str], steps: Steps = STEPS) -> None:
        self._steps = {table: steps.get(table, ()) for table in tables}

    def present(self, table: str) -> int:
        """Return the number of the shape that this program writes."""
        return 1 + len(self._steps[table])

    def plan(self, contents: Contents) -> Plan:
        """Find what is to be done. Raises NewerRecordError."""
        plan = Plan()
        for table in self._steps.keys() & contents.keys():
            for number in self._unlike_ours(table, contents[table]):
                schema = self._schema(table, contents[table][number])
                if schema < self.present(table):
                    plan.outdated.setdefault(table, []).append(number)
                    plan.oldest = min(plan.oldest or schema, schema)
        return plan

    def carry_out(self, plan: Plan, contents: Contents) -> None:
        """Bring what was planned into the present shape. Raises RecordNotMigratedError, half-way through."""
        for table, numbers in plan.outdated.items():
            documents = contents[table]
            for number in numbers:
                documents[number] = self.migrated(table, documents[number])

    def migrated(self, table: str, packed: bytes) -> bytes:
        """Return one record in the present shape. Raises RecordNotMigratedError."""
        schema, present = self._schema(table, packed), self.present(table)
        if schema == present:
            return packed
        record = unpack(packed)
        try:
            for step in self._steps[table][schema - 1 :]:
                record = step(record)
        except (KeyError, TypeError, ValueError) as error:
            message = f"table {table}: a record of schema {schema} cannot be brought to {present}: {error!r}"
            raise RecordNotMigratedError(message) from error
        return pack({"schema": present, **{name: value for name, value in record.items() if name != "schema"}})

    def _unlike_ours(self, table: str, documents: Mapping[DocumentId, bytes]) -> list[DocumentId]:
        """Return the records that do not begin as ours do: a glance at a million of them costs a tenth of a second."""
        beginning = b'{"schema":%d,' % self.present(table)
        return [number for number, packed in documents.items() if not packed.startswith(beginning)]

    def _schema(self, table: str, packed: bytes) -> int:
        try:
            schema = msgspec.json.decode(packed, type=_Numbered).schema
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RecordNotMigratedError(f"table {table}: a record without a readable schema: {error}") from error
        if not 1 <= schema <= self.present(table):
            what = f"table {table} holds a record of schema {schema}, written by a newer version of this program"
            raise NewerRecordError(f"{what}; this one knows schema {self.present(table)}")
        return schema
