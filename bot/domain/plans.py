"""A plan that was typed into a table: from rows of text to shifts, and every cell that cannot be read.

Pure. The columns may stand in any order, and be named in English or Chinese; what else is in the table is passed by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.ids import CheckpointId
from bot.domain.shifts import LONGEST_NOTE
from bot.domain.when import Hours, InThePast, TooFarAhead, TooLong, parse_day, parse_hours, parse_places
from bot.domain.when.local import Span, span_of

MOST_ROWS = 300  # shifts in one file

COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "日期", "日子"),
    "start": ("start", "begin", "from", "开始", "开始时间"),
    "end": ("end", "until", "to", "结束", "结束时间"),
    "hours": ("hours", "time", "时间", "时段"),
    "place": ("checkpoint", "place", "卡口", "点位", "地点"),
    "needed": ("needed", "min", "最少", "至少"),
    "capacity": ("people", "max", "places", "人数", "最多", "名额"),
    "note": ("note", "notes", "备注", "说明"),
}
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One shift of a plan. Instants in UTC."""

    checkpoint_id: CheckpointId
    start: datetime
    end: datetime
    needed: int
    capacity: int
    note: str


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be read: its row (as spreadsheets count, from 1), the column's key, what stands there.

    `expected`: day, past, far, hours, long, place, number, order (fewer places than needed), double (the same shift
    stands in an earlier row).
    """

    row: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a table says. `missing` are keys of columns that are not there; then nothing else was read."""

    lines: tuple[PlanLine, ...] = ()
    bad: tuple[BadCell, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """One row under way: its cells by column, and what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    bad: list[BadCell] = field(default_factory=list)

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, column: str, expected: str, found: str = "") -> None:
        self.bad.append(BadCell(self.number, column, (found or self.get(column))[:40], expected))


def read_plan(
    rows: Sequence[Sequence[str]], places: Mapping[str, CheckpointId], *, now: datetime, zone: ZoneInfo
) -> Plan:
    """Read a table, whose first row that is not empty names the columns. `places` are checkpoints by name."""
    filled = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        return Plan(missing=("day", "hours", "place", "capacity"))
    columns = columns_of(filled[0][1])
    if missing := _missing(columns):
        return Plan(missing=missing)
    lines: dict[tuple[CheckpointId, datetime, datetime], PlanLine] = {}
    bad: list[BadCell] = []
    for number, cells in filled[1:]:
        row = _Row(number, {key: cells[n].strip() for key, n in columns.items() if n < len(cells)})
        line = _line(row, places, now, zone)
        if line is not None and (line.checkpoint_id, line.start, line.end) in lines:
            row.refuse("day", "double")
        elif line is not None:
            lines[line.checkpoint_id, line.start, line.end] = line
        bad += row.bad
    return Plan(lines=tuple(lines.values()), bad=tuple(bad))


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; the first of that name counts."""
    keys = {word: key for key, words in COLUMNS.items() for word in words}
    found: dict[str, int] = {}
    for n, cell in enumerate(head):
        key = keys.get(" ".join(cell.casefold().split()))
        if key is not None:
            found.setdefault(key, n)
    return found


def _missing(columns: Mapping[str, int]) -> tuple[str, ...]:
    hours = "hours" in columns or {"start", "end"} <= columns.keys()
    people = "needed" in columns or "capacity" in columns
    has = {"day": "day" in columns, "hours": hours, "place": "place" in columns, "capacity": people}
    return tuple(key for key, there in has.items() if not there)


def _line(row: _Row, places: Mapping[str, CheckpointId], now: datetime, zone: ZoneInfo) -> PlanLine | None:
    place = places.get(row.get("place"))
    if place is None:
        row.refuse("place", "place")
    day, hours = _day(row, now, zone), _hours(row)
    people = _people(row)
    span = _span(row, day, hours, now, zone) if day and hours else None
    if place is None or span is None or people is None:
        return None
    note = " ".join(row.get("note").split())[:LONGEST_NOTE]
    return PlanLine(place, span.start, span.end, *people, note)


def _day(row: _Row, now: datetime, zone: ZoneInfo) -> date | None:
    try:
        return parse_day(row.get("day"), now=now, zone=zone)
    except InThePast:
        row.refuse("day", "past")
    except TooFarAhead:
        row.refuse("day", "far")
    except DomainError:
        row.refuse("day", "day")
    return None


def _hours(row: _Row) -> Hours | None:
    text = row.get("hours") or f"{row.get('start')}-{row.get('end')}"
    column = "hours" if row.get("hours") or "start" not in row.cells else "start"
    try:
        hours = parse_hours(_SECONDS.sub(r"\1", text))
    except TooLong:
        row.refuse(column, "long", text)
    except DomainError:
        row.refuse(column, "hours", text)
    else:
        if len(hours) == 1:
            return hours[0]
        row.refuse(column, "hours", text)
    return None


def _span(row: _Row, day: date, hours: Hours, now: datetime, zone: ZoneInfo) -> Span | None:
    try:
        span = span_of(day, hours, zone)
    except DomainError:  # a clock change leaves nothing of it, or makes it too long
        row.refuse("hours" if row.get("hours") else "start", "hours", row.get("hours") or row.get("start"))
        return None
    if span.start <= now:
        row.refuse("day", "past")
        return None
    return span


def _people(row: _Row) -> tuple[int, int] | None:
    """Return needed and capacity, each defaulting to the other."""
    least, most = _number(row, "needed"), _number(row, "capacity")
    if row.bad and row.bad[-1].expected == "number":
        return None
    needed, capacity = least or most, most or least
    if needed is None or capacity is None:
        row.refuse("capacity" if "capacity" in row.cells else "needed", "number")
        return None
    if needed > capacity:
        row.refuse("needed", "order")
        return None
    return needed, capacity


def _number(row: _Row, column: str) -> int | None:
    text = row.get(column).removesuffix(".0")
    if not text:
        return None
    try:
        said = parse_places(text)
    except DomainError:
        row.refuse(column, "number")
        return None
    return said.needed if said.capacity is None else said.capacity
