"""What is over and may leave memory, and what stays.

A table that is in neither list is found by a test: whoever adds one decides here what becomes of its old rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from bot.domain.assignments import Hold
from bot.domain.shifts import LONGEST_SHIFT
from storage.engine import Engine, Kept, Scalar

PAGE = 500  # records looked up at once; more than ever begin at the same instant in one community

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
        "pulse",
        "counters",
        "incidents",  # until their kind says how long they are kept
        "incident_entries",
        "series",
        "commitments",
        "skills",
        "skills_held",
        "teams",
        "codes",
        "hours",  # whoever asks for a letter of their hours looks years back
    }
)
# What goes with its shift, found by the index `shift`.
WITH_SHIFT = ("attendances", "searches", "swaps", "handovers")


class _Row(msgspec.Struct, frozen=True):
    """Of a record, what tells its age; each table has one of the instants."""

    id: str
    start: datetime | None = None
    at: datetime | None = None
    until: datetime | None = None
    day: str | None = None


_row = msgspec.json.Decoder(_Row).decode


def finished(engine: Engine, before: datetime) -> Iterator[Kept]:
    """Yield records of things that were over before an instant, oldest first in each table.

    They are looked up a page at a time, as they are asked for; between two of them the store may change.
    """
    for find in FINISHED.values():
        yield from find(engine, before)


def _shifts(engine: Engine, before: datetime) -> Iterator[Kept]:
    """Shifts that have ended, each behind everybody's place in it: while a shift is there, its places are found."""
    high = _text(before - LONGEST_SHIFT)
    for community in _communities(engine):
        for record in _paged(engine, "shifts", "community", (community,), ordered="start", high=high):
            shift = _row(record)
            places = (one for hold in Hold for one in engine.find("assignments", "shift", (shift.id, hold)))
            yield from _kept("assignments", places, lambda row: row.start)
            for table in WITH_SHIFT:
                yield from _dated(table, engine.find(table, "shift", (shift.id,)), shift.start)
            yield from _kept("shifts", [record], lambda row: row.start)


def _standbys(engine: Engine, before: datetime) -> Iterator[Kept]:
    high = before.date().isoformat()
    for community in _communities(engine):
        for record in _paged(engine, "standbys", "community", (community,), ordered="day", high=high):
            row = _row(record)
            yield Kept("standbys", row.id, int(str(row.day)[:4]), record)


def _log(engine: Engine, before: datetime) -> Iterator[Kept]:
    for community in _communities(engine):
        records = _paged(engine, "log", "community", (community,), ordered="id")
        yield from _kept("log", records, lambda row: row.at, before)


def _cards(engine: Engine, before: datetime) -> Iterator[Kept]:
    records = _paged(engine, "cards", "until", (), ordered="until", high=_text(before))
    yield from _kept("cards", records, lambda row: row.until)


def _paged(
    engine: Engine, table: str, index: str, equal: tuple[Scalar, ...], *, ordered: str, high: str | None = None
) -> Iterator[bytes]:
    """Yield what an ordered index holds below `high`, asking for a page at a time; ties are not told twice."""
    low: str | None = None
    told: set[str] = set()
    while True:
        page = [(record, _row(record)) for record in engine.find(table, index, equal, low=low, high=high, limit=PAGE)]
        fresh = [(record, row) for record, row in page if row.id not in told]
        yield from (record for record, _ in fresh)
        if not fresh or len(page) < PAGE:
            return
        value = getattr(page[-1][1], ordered)
        low = value if isinstance(value, str) else _text(value)
        told = {row.id for _, row in page if getattr(row, ordered) == value} | {row.id for _, row in fresh}


FINISHED: dict[str, Callable[[Engine, datetime], Iterator[Kept]]] = {
    "shifts": _shifts,  # and their assignments, and what goes with them
    "log": _log,
    "cards": _cards,
    "standbys": _standbys,
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


def _dated(table: str, records: Iterable[bytes], when: datetime | None) -> Iterator[Kept]:
    """Yield all records, filed under the year of one instant."""
    if when is not None:
        yield from (Kept(table, _row(record).id, when.year, record) for record in records)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
