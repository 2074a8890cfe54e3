"""What an index is built from when a store is opened, collected record by record in little room."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any

import msgspec


class Gathered:
    """What an index is to be built from, in little room: each group's document numbers, and what each is ordered by.

    A value is noted by its ordinal among those that differ, no value by 0.
    """

    __slots__ = ("_values", "groups", "ordinals")

    def __init__(self) -> None:
        self.groups: defaultdict[Any, list[int]] = defaultdict(list)
        self.ordinals: defaultdict[Any, array[int]] = defaultdict(_no_ordinals)
        self._values: defaultdict[Any, int] = defaultdict(count(1).__next__, {None: 0})

    def add(self, groups: Iterable[Any], values: list[Any] | None, numbers: Iterable[int]) -> None:
        """Take more records, as columns; those whose value is None are left out. No `values`: there is no order."""
        if values is None:
            for group, number in zip(groups, numbers, strict=True):
                self.groups[group].append(number)
            return
        of_value = map(self._values.__getitem__, values)
        for group, ordinal, number in zip(groups, of_value, numbers, strict=True):
            if ordinal:
                self.groups[group].append(number)
                self.ordinals[group].append(ordinal)

    def ranked(self) -> tuple[list[Any], list[int]]:
        """Return the values that differ, in order, and the rank among them of each ordinal.

        The values are copies that lie side by side in memory. As they come they lie as far apart as the records they
        were read with, and every step of a search among a million would wait for memory.
        """
        in_order = sorted(value for value in self._values if value is not None)
        ranks = [0] * (len(in_order) + 1)
        for rank, value in enumerate(in_order):
            ranks[self._values[value]] = rank
        return msgspec.json.decode(msgspec.json.encode(in_order)), ranks


def _no_ordinals() -> array[int]:
    return array("I")
