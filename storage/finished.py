"""What is over and may leave memory, and what stays.

A table that is in neither list is found by a test: whoever adds one decides here what becomes of its old rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

import msgspec

from bot.domain.shifts import LONGEST_SHIFT, Hold
from storage.engine import Engine, Kept

# Few, or still in use, or pruned by their owners when they have lost their use.
STAYING = frozenset(
    {
        "communities",
        "chats",
        "people",
        "memberships",
        "checkpoints",
        "drafts",
        "marks",
        "notices",
        "timers",
        "poison",
        "counters",
    }
)


class _Row(msgspec.Struct, frozen=True):
    """Of a record, what tells its age; each table has one of the instants."""

    id: str
    start: datetime | None = None
    at: datetime | None = None
    until: datetime | None = None


_row = msgspec.json.Decoder(_Row).decode


def finished(engine: Engine, before: datetime, limit: int) -> list[Kept]:
    """Return about `limit` records of things that were over before an instant, oldest first in each table."""
    return list(islice(_all(engine, before, limit), limit))


def _all(engine: Engine, before: datetime, limit: int) -> Iterator[Kept]:
    for find in FINISHED.values():
        yield from find(engine, before, limit)


def _shifts(engine: Engine, before: datetime, limit: int) -> Iterator[Kept]:
    """Shifts that have ended, each behind everybody's place in it: while a shift is there, its places are found."""
    for community in _communities(engine):
        high = _text(before - LONGEST_SHIFT)
        for record in engine.find("shifts", "community", (community,), high=high, limit=limit):
            shift = _row(record)
            places = (one for hold in Hold for one in engine.find("assignments", "shift", (shift.id, hold)))
            yield from _kept("assignments", places, lambda row: row.start)
            yield from _kept("shifts", [record], lambda row: row.start)


def _log(engine: Engine, before: datetime, limit: int) -> Iterator[Kept]:
    for community in _communities(engine):
        found = engine.find("log", "community", (community,), limit=limit)
        yield from _kept("log", found, lambda row: row.at, before)


def _cards(engine: Engine, before: datetime, limit: int) -> Iterator[Kept]:
    found = engine.find("cards", "until", (), high=_text(before), limit=limit)
    yield from _kept("cards", found, lambda row: row.until)


FINISHED: dict[str, Callable[[Engine, datetime, int], Iterator[Kept]]] = {
    "shifts": _shifts,  # and their assignments
    "log": _log,
    "cards": _cards,
}


def _communities(engine: Engine) -> list[str]:
    return [_row(record).id for record in engine.find("communities", "ready", (True,))]


def _kept(
    table: str,
    records: Iterable[bytes],
    instant: Callable[[_Row], datetime | None],
    before: datetime | None = None,
) -> Iterator[Kept]:
    """Yield records, the oldest first, up to the first that is not older than `before`."""
    for record in records:
        row = _row(record)
        when = instant(row)
        if when is None or (before is not None and when >= before):
            return
        yield Kept(table, row.id, when.year, record)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
