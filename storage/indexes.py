"""Finds records by their fields: hash groups of equal values, each kept in order.

An index holds no copies of records, only their document numbers (the same objects the table holds) and, where it is
ordered, the values it orders by. A group is cut into chunks, so that adding one entry to a group of a million moves at
most a thousand pointers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import msgspec

from storage.engine import Index, Scalar, Table
from storage.gathering import Gathered

CHUNK = 1024
UNORDERED = object()  # the value of every entry of an index without an order


class Group:
    """Entries (value, document number) in order, in chunks of at most `CHUNK`.

    Without an order a number is its own value. Numbers grow, so that entries of equal value stand as they came.
    """

    __slots__ = ("_firsts", "_numbers", "_values")

    def __init__(self, values: list[Any], numbers: list[int]) -> None:
        """Take sorted entries over; `values` may be `numbers` itself."""
        step = CHUNK // 2 if len(numbers) > CHUNK else len(numbers)
        self._numbers = _chunks(numbers, step)
        self._values: list[list[Any]] = self._numbers if values is numbers else _chunks(values, step)
        self._firsts = [(values[start], numbers[start]) for start in range(0, len(numbers), step)]

    def __len__(self) -> int:
        return sum(map(len, self._numbers))

    def add(self, value: Any, number: int) -> None:
        """Put an entry in; TypeError when its value cannot be compared with the others."""
        chunk = max(bisect_right(self._firsts, (value, number)) - 1, 0)
        values, numbers = self._values[chunk], self._numbers[chunk]
        low = bisect_left(values, value)
        high = bisect_right(values, value, low)
        if low < high:
            value = values[low]  # the same text object serves all entries of equal value
        place = bisect_left(numbers, number, low, high)
        numbers.insert(place, number)
        if values is not numbers:
            values.insert(place, value)
        if place == 0:
            self._firsts[chunk] = (value, number)
        if len(numbers) > CHUNK:
            self._split(chunk)

    def remove(self, value: Any, number: int) -> None:
        """Take an entry out; KeyError when it is not there."""
        chunk = max(bisect_right(self._firsts, (value, number)) - 1, 0)
        values, numbers = self._values[chunk], self._numbers[chunk]
        low = bisect_left(values, value)
        place = bisect_left(numbers, number, low, bisect_right(values, value, low))
        if place == len(numbers) or numbers[place] != number or values[place] != value:
            raise KeyError(number)
        del numbers[place]
        if values is not numbers:
            del values[place]
        if not numbers and len(self._numbers) > 1:
            del self._firsts[chunk]
            for chunks in self._parts():
                del chunks[chunk]
        elif numbers and place == 0:
            self._firsts[chunk] = (values[0], numbers[0])

    def numbers(self, low: Any, high: Any, limit: int | None = None, *, descending: bool) -> list[int]:
        """Return the document numbers of entries with low <= value < high (None: unbounded), `limit` at most."""
        first, start = self._place(low, 0)
        last, stop = self._place(high, len(self._numbers))
        found: list[int] = []
        chunks = range(first, min(last + 1, len(self._numbers)))
        for chunk in reversed(chunks) if descending else chunks:
            numbers = self._numbers[chunk]
            begin = start if chunk == first else 0
            end = stop if chunk == last else len(numbers)
            if limit is not None:
                room = limit - len(found)
                if room <= 0:
                    break
                begin, end = (max(begin, end - room), end) if descending else (begin, min(end, begin + room))
            part = numbers[begin:end]
            if descending:
                part.reverse()
            found += part
        return found

    def count(self, low: Any, high: Any) -> int:
        """Return how many entries have low <= value < high (None: unbounded)."""
        first, start = self._place(low, 0)
        last, stop = self._place(high, len(self._numbers))
        return max(sum(len(self._numbers[chunk]) for chunk in range(first, last)) + stop - start, 0)

    def _place(self, value: Any, unbounded: int) -> tuple[int, int]:
        """Return chunk and place of the first entry not below `value`; for None, the chunk `unbounded`, place 0."""
        if value is None:
            return unbounded, 0
        chunk = max(bisect_left(self._firsts, (value,)) - 1, 0)
        return chunk, bisect_left(self._values[chunk], value)

    def _split(self, chunk: int) -> None:
        half = len(self._numbers[chunk]) // 2
        for chunks in self._parts():
            entries = chunks[chunk]
            chunks[chunk : chunk + 1] = [entries[:half], entries[half:]]
        self._firsts.insert(chunk + 1, (self._values[chunk + 1][0], self._numbers[chunk + 1][0]))

    def _parts(self) -> list[list[list[Any]]]:
        """Return the lists of chunks, each once."""
        return [self._numbers] if self._values is self._numbers else [self._numbers, self._values]


def _chunks(entries: list[Any], step: int) -> list[list[Any]]:
    return [entries[start : start + step] for start in range(0, len(entries), step)]


class LiveIndex:
    """One declared index of one table."""

    __slots__ = ("_kind", "declared", "group_of", "groups", "value_of")

    def __init__(self, declared: Index, names: dict[str, str]) -> None:
        """Build it for fields decoded under the attribute names `names` (field: attribute)."""
        self.declared = declared
        self.group_of = attrgetter(*(names[field] for field in declared.equal)) if declared.equal else _nothing
        self.value_of = attrgetter(names[declared.ordered]) if declared.ordered is not None else None
        # A group with a single entry is that entry, (value, number): most groups of some indexes have one.
        self.groups: dict[Any, Group | tuple[Any, int]] = {}
        self._kind: type | None = None

    def entry(self, fields: Any) -> tuple[Any, Any]:
        """Return group and value of a record's fields; the value None says it is left out.

        Raises ValueError when an ordered field holds text in one record and a number in another.
        """
        if self.value_of is None:
            return self.group_of(fields), UNORDERED
        value = self.value_of(fields)
        if value is not None:
            kind = str if isinstance(value, str) else int
            if self._kind is not kind:
                self._learn(kind, value, begun=bool(self.groups))
        return self.group_of(fields), value

    def gather(self, gathered: Gathered, rows: list[Any], numbers: Iterable[int]) -> None:
        """Add records, given by their fields, to what the index will be built from. Raises what `entry` raises."""
        if self.value_of is None:
            gathered.add(map(self.group_of, rows), None, numbers)
            return
        values = list(map(self.value_of, rows))
        for kind in {str if one is str else int for one in set(map(type, values)) - {type(None)}} - {self._kind}:
            example = next(value for value in values if value is not None and isinstance(value, str) is (kind is str))
            self._learn(kind, example, begun=bool(gathered.groups))
        gathered.add(map(self.group_of, rows), values, numbers)

    def _learn(self, kind: type, value: Any, *, begun: bool) -> None:
        if self._kind is not None and begun:
            message = f"index {self.declared.name} orders {self._kind.__name__} values and was given {value!r}"
            raise ValueError(message)
        self._kind = kind

    def add(self, entry: tuple[Any, Any], number: int) -> None:
        """Put a record in."""
        group, value = entry
        if value is None:
            return
        if self.value_of is None:
            value = number
        present = self.groups.get(group)
        if present is None:
            self.groups[group] = (value, number)
        elif isinstance(present, Group):
            present.add(value, number)
        else:
            grown = self.groups[group] = self._grown(present)
            grown.add(value, number)

    def remove(self, entry: tuple[Any, Any], number: Any) -> None:
        """Take a record out."""
        group, value = entry
        if value is None:
            return
        present = self.groups[group]
        if isinstance(present, Group):
            present.remove(number if self.value_of is None else value, number)
            if len(present):
                return
        del self.groups[group]

    def _grown(self, entry: tuple[Any, int]) -> Group:
        numbers = [entry[1]]
        return Group(numbers if self.value_of is None else [entry[0]], numbers)

    def build(self, gathered: Gathered) -> None:
        """Fill an empty index at once; `gathered` is used up."""
        differing, ranks = gathered.ranked()
        while gathered.groups:
            group, numbers = gathered.groups.popitem()
            values: list[Any] = numbers
            if self.value_of is None:
                numbers.sort()
            else:
                its_ranks = [ranks[ordinal] for ordinal in gathered.ordinals.pop(group)]
                order = sorted(range(len(numbers)), key=numbers.__getitem__)
                order.sort(key=its_ranks.__getitem__)  # stable: ties stay in the order of numbers
                numbers = [numbers[place] for place in order]
                values = [differing[its_ranks[place]] for place in order]
            self.groups[group] = Group(values, numbers) if len(numbers) > 1 else (values[0], numbers[0])

    def numbers(
        self, equal: tuple[Scalar, ...], low: Scalar, high: Scalar, limit: int | None, *, descending: bool
    ) -> list[int]:
        """Return the document numbers of the group's records in order; `limit` at most."""
        present = self._group(equal)
        if present is None:
            return []
        if self.value_of is None:
            low = high = None
        if not isinstance(present, Group):
            present = self._grown(present)
        return present.numbers(low, high, limit, descending=descending)

    def count(self, equal: tuple[Scalar, ...]) -> int:
        """Return how many records are in the group."""
        present = self._group(equal)
        if present is None:
            return 0
        return len(present) if isinstance(present, Group) else 1

    def _group(self, equal: tuple[Scalar, ...]) -> Group | tuple[Any, int] | None:
        if len(equal) != len(self.declared.equal):
            message = f"index {self.declared.name} asks for {self.declared.equal}, got {equal!r}"
            raise ValueError(message)
        return self.groups.get(equal[0] if len(equal) == 1 else equal)


def _nothing(_fields: Any) -> tuple[()]:
    """Put every record of an index without `equal` fields into one group."""
    return ()


class Shape:
    """The fields of a record that its table's key and indexes need, and nothing else, decoded at once."""

    def __init__(self, table: Table) -> None:
        fields = [table.key]
        for index in table.indexes:
            fields += [*index.equal, *([index.ordered] if index.ordered is not None else [])]
        self.names = {field: f"f{place}" for place, field in enumerate(dict.fromkeys(fields))}
        value = str | int | float | bool | None
        struct = msgspec.defstruct(
            f"{table.name}_fields",
            [(name, value, None) for name in self.names.values()],
            rename={name: field for field, name in self.names.items()},
            gc=False,
        )
        self.decode: Any = msgspec.json.Decoder(struct).decode
