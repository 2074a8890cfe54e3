"""How many people: `x3`, `3 people`, `needs 2 max 4`, `2-4 people`, `3人`, `需要4人`, `至少2人最多4人`."""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.errors import PlacesInvalid
from bot.domain.shifts import MOST_PLACES
from bot.domain.when.cursor import Cursor
from bot.domain.when.errors import Contradictory
from bot.domain.when.vocabulary import Kind

_RANGE = (Kind.DASH, Kind.TO)


class Places(NamedTuple):
    """People needed (at least) and the capacity (at most); None where the text does not say."""

    needed: int | None = None
    capacity: int | None = None


NOTHING_SAID = Places()


def read_places(cursor: Cursor, known: Places, *, bare: bool = False) -> Places | None:
    """Read one expression and return it joined with what is `known`, or None if none stands here.

    `bare` accepts a number or a range of numbers without a word (the answer to "how many?"). Raises Contradictory when
    a number is given twice or more people are needed than fit, PlacesInvalid outside 1 to MOST_PLACES.
    """
    place = cursor.place
    read = _read(cursor, bare=bare)
    if read is None:
        cursor.place = place
        return None
    return _joined(known, read, cursor.text_since(place))


def _joined(known: Places, read: Places, part: str) -> Places:
    """Return both together, if they agree and are possible."""
    if not all(1 <= number <= MOST_PLACES for number in read if number is not None):
        raise PlacesInvalid(lowest=1, highest=MOST_PLACES)
    if any(old is not None and new is not None for old, new in zip(known, read, strict=True)):
        raise Contradictory(part)
    needed = known.needed if read.needed is None else read.needed
    capacity = known.capacity if read.capacity is None else read.capacity
    if needed is not None and capacity is not None and needed > capacity:
        raise Contradictory(part)
    return Places(needed, capacity)


def _read(cursor: Cursor, *, bare: bool) -> Places | None:
    marker = cursor.take(Kind.TIMES, Kind.NEEDS, Kind.MOST)
    while marker is not None and marker.kind is Kind.NEEDS and (following := cursor.take(Kind.NEEDS, Kind.MOST)):
        marker = following  # needs at least, 需要至少
    first = cursor.take(Kind.NUM)
    if first is None:
        return None
    second = _second(cursor, unit_needed=marker is None and not bare)
    unit = cursor.take(Kind.PEOPLE)
    if marker is None and unit is None and not bare:
        return None
    if marker is not None and marker.kind is Kind.MOST:
        return Places(None, first.number) if second is None else None
    return Places(first.number, second)


def _second(cursor: Cursor, *, unit_needed: bool) -> int | None:
    """Read the upper number of a range, written `2-4` or `2 to 4`."""
    place = cursor.place
    cursor.take(Kind.PEOPLE)
    if cursor.take(*_RANGE):
        number = cursor.take(Kind.NUM)
        if number is not None and (not unit_needed or cursor.sees(Kind.PEOPLE)):
            return number.number
    cursor.place = place
    return None
