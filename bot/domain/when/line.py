"""A whole line: checkpoint, days, hours and places in any order, and the answers of the step-by-step dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.when.cursor import Cursor
from bot.domain.when.dates import Day, read_day
from bot.domain.when.days import days_between, read_days, weekday_today
from bot.domain.when.errors import Contradictory, EndsBeforeItStarts, Expected, InThePast, NotUnderstood
from bot.domain.when.hours import read_hours
from bot.domain.when.local import Hours, Span, check_day, instant, shift_spans
from bot.domain.when.places import NOTHING_SAID, Places, read_places
from bot.domain.when.vocabulary import Kind

_ALL_WEEK = frozenset(range(7))
_GROUPS = (frozenset(range(5)), frozenset({5, 6}))  # as Kind.ALL_OF counts them
_NUMERALS = "一二三四五六"
_ENDING = (Kind.UNTIL, Kind.TO, Kind.DOTS)
_BEGINNING = ("from", "从", "自")  # behind these, 12-05 is the first day of a series


@dataclass(frozen=True, slots=True)
class Request:
    """What a line without its checkpoint asks for. Empty or None where it does not say."""

    days: tuple[date, ...] = ()
    hours: tuple[Hours, ...] = ()
    spans: tuple[Span, ...] = ()
    places: Places = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Repetition:
    """On which weekdays (0 is Monday) something comes again, every so many weeks."""

    weekdays: frozenset[int]
    every: int = 1


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a line without its checkpoint asks for that comes again. None or empty where it does not say.

    `first` and `until` are the first and the last local day.
    """

    repetition: Repetition | None = None
    first: date | None = None
    until: date | None = None
    hours: tuple[Hours, ...] = ()
    places: Places = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class _Said:
    """What has been read of a line so far. `every`: the weekdays of a repetition; `until`: its last day."""

    days: tuple[Day, ...] = ()
    hours: tuple[Hours, ...] = ()
    places: Places = NOTHING_SAID
    every: Repetition | None = None
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
    said = _read_all(cursor, today=today)
    days, open_start = _days_meant(cursor, said, now=now, zone=zone)
    for day in days:
        check_day(day, now=now, zone=zone)
    spans = shift_spans(days, said.hours, now=now, zone=zone, leave_out_past=open_start)
    if days and said.hours and not spans:
        raise InThePast(days[-1])
    return Request(days, said.hours, spans, said.places)


def read_repeats(cursor: Cursor, *, now: datetime, zone: ZoneInfo) -> Repeats:
    """Read everything from the cursor on as something that comes again; see `parse_series_line` for the errors.

    Bare weekdays come every week; any other day is the first.
    """
    said = _read_all(cursor, today=now.astimezone(zone).date(), weekdays_repeat=True)
    first = said.days[0].day if said.days else None
    last = said.until.day if said.until else None
    for day in (first, last):
        if day is not None:
            check_day(day, now=now, zone=zone)
    if first is not None and last is not None and last < first:
        raise EndsBeforeItStarts(cursor.source.text)
    return Repeats(said.every, first, last, said.hours, said.places)


def read_repetition(cursor: Cursor) -> Repetition | None:
    """Read `daily`, `weekdays`, `every second Saturday`, `Tue, Thu`, or return None and stay."""
    place = cursor.place
    cursor.skip_fillers()
    if cursor.take(Kind.DAILY):
        return Repetition(_ALL_WEEK)
    every = cursor.take(Kind.EVERY)
    while cursor.take(Kind.FILLER):
        pass
    group = cursor.take(Kind.ALL_OF)
    weekdays = _GROUPS[group.number] if group else _read_weekdays(cursor)
    if weekdays is None:
        cursor.place = place
        return None
    return Repetition(weekdays, every.number if every else 1)


def _read_all(cursor: Cursor, *, today: date, weekdays_repeat: bool = False) -> _Said:
    """Read items in any order to the end. `weekdays_repeat`: Tue is every Tuesday."""
    said, begins = _Said(), False
    while cursor.peek().kind is not Kind.END:
        if weekdays_repeat and said.every is None and cursor.peek().kind is Kind.WEEKDAY:
            said = replace(said, every=_read_every(cursor))
            continue
        if passed := cursor.take(Kind.COMMA, Kind.AND, Kind.FILLER):
            begins = weekdays_repeat and passed.word in _BEGINNING
            continue
        first = _read_first(cursor, said, today=today, certain=begins) if weekdays_repeat else None
        begins, further = False, first or _read_item(cursor, said, today=today)
        if further is None:
            raise cursor.not_understood(said.still_expected())
        said = further
    return said


def _read_first(cursor: Cursor, said: _Said, *, today: date, certain: bool) -> _Said | None:
    """Read the first day of a series; when that is `certain`, 12-05 is a day in any case."""
    if said.days:
        return None
    pair_is_day, cursor.pair_is_day = cursor.pair_is_day, certain
    day = read_day(cursor, today=today)
    cursor.pair_is_day = pair_is_day
    return None if day is None else replace(said, days=(day,))


def _read_item(cursor: Cursor, said: _Said, *, today: date) -> _Said | None:
    """Read the next thing the line says and return what is known then, or None if it is not understood."""
    places = read_places(cursor, said.places)
    if places is not None:
        return replace(said, places=places)
    if said.every is None and cursor.peek().kind in {Kind.DAILY, Kind.EVERY, Kind.ALL_OF}:
        return replace(said, every=_read_every(cursor))
    if said.every is not None and said.until is None and cursor.peek().kind in _ENDING:
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


def _read_every(cursor: Cursor) -> Repetition:
    """Read a repetition where there must be one."""
    cursor.pair_is_day = False  # daily 08-12: what repeats has hours
    place = cursor.place
    repetition = read_repetition(cursor)
    if repetition is None:
        cursor.place = place + 1
        raise cursor.not_understood("day")
    return repetition


def _read_weekdays(cursor: Cursor) -> frozenset[int] | None:
    """Read weekdays, ranges of them and lists: `mon-fri`, `sat and sun`, `周一、三、五`, `周一至五`."""
    first = cursor.take(Kind.WEEKDAY)
    if first is None:
        return None
    found, last = {first.number}, first.number
    while True:
        place = cursor.place
        joined = cursor.take(Kind.DASH, Kind.DOTS, Kind.TO, Kind.UNTIL, Kind.COMMA, Kind.AND)
        if joined is not None and joined.kind in {Kind.COMMA, Kind.AND}:
            cursor.take(Kind.AND)
        following = _weekday(cursor, joined=joined is not None)
        if following is None:
            cursor.place = place
            return frozenset(found)
        if joined is not None and joined.kind not in {Kind.COMMA, Kind.AND}:
            found |= {(last + n) % 7 for n in range((following - last) % 7 + 1)}
        found.add(following)
        last = following


def _weekday(cursor: Cursor, *, joined: bool) -> int | None:
    """Read one more weekday; behind a mark also the bare numeral of 周一、三."""
    token, following = cursor.peek(), cursor.peek(1)
    if token.kind is Kind.WEEKDAY:
        cursor.place += 1
        return token.number
    ends = token.end < following.start or following.kind in {Kind.END, Kind.COMMA, Kind.PART}
    if joined and token.word and token.word in _NUMERALS and ends:
        cursor.place += 1
        return _NUMERALS.index(token.word)
    return None


def _read_until(cursor: Cursor, said: _Said, *, today: date) -> Day:
    """Read `until 2026-12-20`; here 12-20 is a day in any case."""
    cursor.take(*_ENDING)
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
    if said.every.every > 1:
        raise NotUnderstood(cursor.source.text, "day")  # so far apart, they are a series
    repeated = _repeated(cursor, said, now.astimezone(zone).date())
    chosen = tuple(day for day in repeated if day.weekday() in said.every.weekdays)
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
