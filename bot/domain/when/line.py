"""A whole line: checkpoint, days, hours and places in any order, and the answers of the step-by-step dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.when.cursor import Cursor
from bot.domain.when.dates import Day, read_day
from bot.domain.when.days import days_between, read_days, weekday_today
from bot.domain.when.errors import Contradictory, Expected, InThePast, NotUnderstood
from bot.domain.when.hours import read_hours
from bot.domain.when.local import Hours, Span, check_day, instant, shift_spans
from bot.domain.when.places import NOTHING_SAID, Places, read_places
from bot.domain.when.vocabulary import Kind

_ALL_WEEK = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Request:
    """What a line without its checkpoint asks for. Empty or None where it does not say."""

    days: tuple[date, ...] = ()
    hours: tuple[Hours, ...] = ()
    spans: tuple[Span, ...] = ()
    places: Places = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class _Said:
    """What has been read of a line so far. `every`: weekdays of a repetition; `until`: its last day."""

    days: tuple[Day, ...] = ()
    hours: tuple[Hours, ...] = ()
    places: Places = NOTHING_SAID
    every: frozenset[int] | None = None
    until: Day | None = None

    def still_expected(self) -> Expected:
        if not self.days and self.every is None:
            return "day"
        if not self.hours:
            return "hours"
        return "places" if self.places == NOTHING_SAID else "nothing"


def read_request(cursor: Cursor, *, now: datetime, zone: ZoneInfo) -> Request:
    """Read everything from the cursor on; see `parse_shift_line` for the errors."""
    today = now.astimezone(zone).date()
    said = _Said()
    while cursor.peek().kind is not Kind.END:
        if cursor.take(Kind.COMMA, Kind.AND, Kind.FILLER):
            continue
        further = _read_item(cursor, said, today=today)
        if further is None:
            raise cursor.not_understood(said.still_expected())
        said = further
    days, open_start = _days_meant(cursor, said, now=now, zone=zone)
    for day in days:
        check_day(day, now=now, zone=zone)
    spans = shift_spans(days, said.hours, now=now, zone=zone, leave_out_past=open_start)
    if days and said.hours and not spans:
        raise InThePast(days[-1])
    return Request(days, said.hours, spans, said.places)


def _read_item(cursor: Cursor, said: _Said, *, today: date) -> _Said | None:
    """Read the next thing the line says and return what is known then, or None if it is not understood."""
    places = read_places(cursor, said.places)
    if places is not None:
        return replace(said, places=places)
    if said.every is None and cursor.peek().kind in {Kind.DAILY, Kind.EVERY}:
        return replace(said, every=_read_every(cursor, today=today))
    if said.every is not None and said.until is None and cursor.peek().kind in {Kind.UNTIL, Kind.TO}:
        return replace(said, until=_read_until(cursor, said, today=today))
    if not said.days:
        days = read_days(cursor, today=today)
        if days is not None:
            return replace(said, days=days)
    if not said.hours:
        hours = read_hours(cursor)
        if hours is not None:
            return replace(said, hours=hours)
    return None


def _read_every(cursor: Cursor, *, today: date) -> frozenset[int]:
    """Read `daily`, or `every` with its weekdays."""
    cursor.pair_is_day = False  # daily 08-12: what repeats has hours
    if cursor.take(Kind.DAILY):
        return _ALL_WEEK
    cursor.take(Kind.EVERY)
    days = read_days(cursor, today=today) if cursor.peek().kind is Kind.WEEKDAY else None
    if days is None:
        raise cursor.not_understood("day")
    return frozenset(day.day.weekday() for day in days)


def _read_until(cursor: Cursor, said: _Said, *, today: date) -> Day:
    """Read `until 2026-12-20`; here 12-20 is a day in any case."""
    cursor.take(Kind.UNTIL, Kind.TO)
    pair_is_day, cursor.pair_is_day = cursor.pair_is_day, True
    until = read_day(cursor, today=today, after=said.days[0].day if said.days else today)
    cursor.pair_is_day = pair_is_day
    if until is None:
        raise cursor.not_understood("until")
    return until


def _days_meant(cursor: Cursor, said: _Said, *, now: datetime, zone: ZoneInfo) -> tuple[tuple[date, ...], bool]:
    """Return the days, and whether they start "from now on", so that what is over today is left out."""
    if said.every is None:
        return tuple(_day_meant(cursor, day, said.hours, now=now, zone=zone) for day in said.days), False
    repeated = _repeated(cursor, said, now.astimezone(zone).date())
    chosen = tuple(day for day in repeated if day.weekday() in said.every)
    if not chosen:
        raise Contradictory(cursor.source.text)
    return chosen, not said.days


def _repeated(cursor: Cursor, said: _Said, today: date) -> tuple[date, ...]:
    """Return every day from the first named (or today) to the last: `until`, or the end of a range of days."""
    days = tuple(day.day for day in said.days) or (today,)
    if (said.until is None) == (len(days) == 1):
        raise NotUnderstood(cursor.source.text, "until")
    if said.until is None:
        return days
    cursor.place = said.until.end
    return days_between(days[0], said.until.day, cursor.text_since(said.until.place))


def _day_meant(cursor: Cursor, day: Day, hours: Sequence[Hours], *, now: datetime, zone: ZoneInfo) -> date:
    """Return the day; a bare weekday that is today is next week's if the first shift has begun, else ambiguous."""
    if day.later is None:
        return day.day
    if hours and min(instant(day.day, start, zone) for start, _ in hours) < now:
        return day.later
    raise weekday_today(cursor, day)
