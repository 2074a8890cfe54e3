"""Finds records by their fields: hash groups of equal values, each kept in order.

An index holds no copies of records, only their keys (the same text objects the table holds) and, where it is
ordered, the values it orders by. A group is cut into chunks, so that adding one entry to a group of a million
moves at most a thousand pointers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Any

import msgspec

from storage.engine import Index, Scalar, Table

CHUNK = 1024
UNORDERED = object()  # the value of every entry of an index without an order


class Group:
    """Entries (value, key) in order, in chunks of at most `CHUNK`. Without an order the key is the value, held once."""

    __slots__ = ("_firsts", "_keys", "_values")

    def __init__(self, values: list[Any], keys: list[str]) -> None:
        """Take sorted entries over; `values` may be `keys` itself."""
        starts = range(0, len(keys), CHUNK // 2) if len(keys) > CHUNK else (0,)
        step = CHUNK // 2 if len(keys) > CHUNK else len(keys)
        self._keys = [keys[start : start + step] for start in starts]
        self._values: list[Any] = self._keys
        if values is not keys:
            self._values = [values[start : start + step] for start in starts]
        self._firsts = [(values[start], keys[start]) for start in starts]

    def __len__(self) -> int:
        return sum(map(len, self._keys))

    def add(self, value: Any, key: str) -> None:
        """Put an entry in; TypeError when its value cannot be compared with the others."""
        chunk = max(bisect_right(self._firsts, (value, key)) - 1, 0)
        values, keys = self._values[chunk], self._keys[chunk]
        low = bisect_left(values, value)
        high = bisect_right(values, value, low)
        if low < high:
            value = values[low]  # the same text object serves all entries of equal value
        place = bisect_left(keys, key, low, high)
        keys.insert(place, key)
        if values is not keys:
            values.insert(place, value)
        if place == 0:
            self._firsts[chunk] = (value, key)
        if len(keys) > CHUNK:
            self._split(chunk)

    def remove(self, value: Any, key: str) -> str:
        """Take an entry out and return the text object that stood for its key; KeyError when it is not there."""
        chunk = max(bisect_right(self._firsts, (value, key)) - 1, 0)
        values, keys = self._values[chunk], self._keys[chunk]
        low = bisect_left(values, value)
        place = bisect_left(keys, key, low, bisect_right(values, value, low))
        if place == len(keys) or keys[place] != key or values[place] != value:
            raise KeyError(key)
        found = keys.pop(place)
        if values is not keys:
            del values[place]
        if not keys and len(self._keys) > 1:
            del self._keys[chunk], self._firsts[chunk]
            if self._values is not self._keys:
                del self._values[chunk]
        elif keys and place == 0:
            self._firsts[chunk] = (values[0], keys[0])
        return found

    def keys(self, low: Any, high: Any, limit: int | None = None, *, descending: bool) -> list[str]:
        """Return the keys of entries with low <= value < high (None: unbounded), `limit` at most."""
        first, start = self._place(low, 0)
        last, stop = self._place(high, len(self._keys))
        found: list[str] = []
        chunks = range(first, min(last + 1, len(self._keys)))
        for chunk in reversed(chunks) if descending else chunks:
            keys = self._keys[chunk]
            begin = start if chunk == first else 0
            end = stop if chunk == last else len(keys)
            if limit is not None:
                room = limit - len(found)
                if room <= 0:
                    break
                begin, end = (max(begin, end - room), end) if descending else (begin, min(end, begin + room))
            part = keys[begin:end]
            if descending:
                part.reverse()
            found += part
        return found

    def count(self, low: Any, high: Any) -> int:
        """Return how many entries have low <= value < high (None: unbounded)."""
        first, start = self._place(low, 0)
        last, stop = self._place(high, len(self._keys))
        return max(sum(len(self._keys[chunk]) for chunk in range(first, last)) + stop - start, 0)

    def _place(self, value: Any, unbounded: int) -> tuple[int, int]:
        """Return chunk and place of the first entry not below `value`; for None, the chunk `unbounded`, place 0."""
        if value is None:
            return unbounded, 0
        chunk = max(bisect_left(self._firsts, (value,)) - 1, 0)
        return chunk, bisect_left(self._values[chunk], value)

    def _split(self, chunk: int) -> None:
        half = len(self._keys[chunk]) // 2
        for chunks in (self._keys,) if self._values is self._keys else (self._keys, self._values):
            entries: list[Any] = chunks[chunk]
            chunks[chunk : chunk + 1] = [entries[:half], entries[half:]]
        self._firsts.insert(chunk + 1, (self._values[chunk + 1][0], self._keys[chunk + 1][0]))


class Gathered:
    """Entries for an index about to be built, by group, with one object for all values that are equal."""

    __slots__ = ("_alike", "groups")

    def __init__(self) -> None:
        self.groups: dict[Any, tuple[list[Any], list[str]]] = {}
        self._alike: dict[Any, Any] = {}

    def add(self, group: Any, value: Any, key: str) -> None:
        """Take an entry; one without a value is left out."""
        if value is not None:
            values, keys = self.groups.get(group) or self.groups.setdefault(group, ([], []))
            keys.append(key)
            if value is not UNORDERED:
                values.append(self._alike.setdefault(value, value))


class LiveIndex:
    """One declared index of one table."""

    __slots__ = ("_kind", "declared", "group_of", "groups", "value_of")

    def __init__(self, declared: Index, names: dict[str, str]) -> None:
        """Build it for fields decoded under the attribute names `names` (field: attribute)."""
        self.declared = declared
        self.group_of = attrgetter(*(names[field] for field in declared.equal)) if declared.equal else _nothing
        self.value_of = attrgetter(names[declared.ordered]) if declared.ordered is not None else None
        # A group with a single entry is that entry, (value, key): most groups of some indexes have one.
        self.groups: dict[Any, Group | tuple[Any, str]] = {}
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
                self._learn(kind, value)
        return self.group_of(fields), value

    def _learn(self, kind: type, value: Any) -> None:
        if self._kind is not None and self.groups:
            message = f"index {self.declared.name} orders {self._kind.__name__} values and was given {value!r}"
            raise ValueError(message)
        self._kind = kind

    def add(self, entry: tuple[Any, Any], key: str) -> None:
        """Put a record in."""
        group, value = entry
        if value is None:
            return
        if self.value_of is None:
            value = key
        present = self.groups.get(group)
        if present is None:
            self.groups[group] = (value, key)
        elif isinstance(present, Group):
            present.add(value, key)
        else:
            grown = self.groups[group] = self._group_of_one(present)
            grown.add(value, key)

    def remove(self, entry: tuple[Any, Any], key: str) -> str:
        """Take a record out; returns the text object that stood for its key."""
        group, value = entry
        if value is None:
            return key
        present = self.groups[group]
        if not isinstance(present, Group):
            del self.groups[group]
            return present[1]
        found = present.remove(key if self.value_of is None else value, key)
        if not len(present):
            del self.groups[group]
        return found

    def _group_of_one(self, entry: tuple[Any, str]) -> Group:
        keys = [entry[1]]
        return Group(keys if self.value_of is None else [entry[0]], keys)

    def build(self, gathered: Gathered) -> None:
        """Fill an empty index at once; `gathered` is used up."""
        groups = gathered.groups
        while groups:
            group, (values, keys) = groups.popitem()
            if self.value_of is None:
                keys.sort()
                values = keys
            elif len(keys) > 1:
                members = sorted(zip(values, keys, strict=True))
                values, keys = [value for value, _ in members], [key for _, key in members]
            self.groups[group] = Group(values, keys) if len(keys) > 1 else (values[0], keys[0])

    def keys(
        self, equal: tuple[Scalar, ...], low: Scalar, high: Scalar, limit: int | None, *, descending: bool
    ) -> list[str]:
        """Return the keys of the group's records in order; `limit` at most."""
        present = self._group(equal)
        if present is None:
            return []
        if self.value_of is None:
            low = high = None
        if not isinstance(present, Group):
            present = self._group_of_one(present)
        return present.keys(low, high, limit, descending=descending)

    def count(self, equal: tuple[Scalar, ...]) -> int:
        """Return how many records are in the group."""
        present = self._group(equal)
        if present is None:
            return 0
        return len(present) if isinstance(present, Group) else 1

    def _group(self, equal: tuple[Scalar, ...]) -> Group | tuple[Any, str] | None:
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
