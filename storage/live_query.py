"""Which documents a TinyDB query can match at most, by the indexes of its table.

TinyDB describes a query by the tuple it hashes: `("==", ("field",), value)`, `("and", frozenset of such)`. Only
these two forms are understood; for any other the whole table is looked at. The answer is a superset: the query
itself still decides about every document.
"""

from __future__ import annotations

from typing import Any

from tinydb.queries import QueryInstance, QueryLike

from storage.engine import Scalar
from storage.live_rows import DocumentId, Rows


def candidates(rows: Rows, cond: QueryLike) -> list[DocumentId] | None:
    """Return the numbers of documents that may match, in the table's order; None when no index can tell."""
    if rows.declared is None or not rows.ascending or not isinstance(cond, QueryInstance):
        return None
    wanted = _equalities(getattr(cond, "_hash", None))
    if rows.declared.key in wanted:
        number = rows.keys.get(str(wanted[rows.declared.key]))
        return [] if number is None else [number]
    return _by_index(rows, wanted)


def _by_index(rows: Rows, wanted: dict[str, Scalar]) -> list[DocumentId] | None:
    for index in rows.indexes.values():
        declared = index.declared
        if declared.ordered is None and declared.equal and all(field in wanted for field in declared.equal):
            return sorted(
                index.numbers(tuple(map(wanted.__getitem__, declared.equal)), None, None, None, descending=False)
            )
    return None


def _equalities(form: Any) -> dict[str, Scalar]:
    """Return the fields a query pins to one value."""
    match form:
        case ("==", (str(field),), value) if value is None or isinstance(value, str | int):
            return {field: value}
        case ("and", parts):
            found: dict[str, Scalar] = {}
            for part in parts:
                found.update(_equalities(part))
            return found
    return {}
