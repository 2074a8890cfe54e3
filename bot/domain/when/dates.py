"""One day as typed: `2026-12-01`, `1 Dec`, `12月1日`, `tomorrow`, `fri`, `next friday`, `下周三`, `15号`, `3天后`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.when.cursor import Cursor
from bot.domain.when.errors import Contradictory, InThePast
from bot.domain.when.tokens import Token
from bot.domain.when.vocabulary import Kind

WEEK = timedelta(days=7)
_LONG_AGO = timedelta(days=31)  # a date without a year that is over for less than this is a slip, not next year
_TO = (Kind.DASH, Kind.TO)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and where it stands in the tokens. `later`: a bare weekday that is today may also mean next week's."""

    day: date
    place: int
    end: int
    later: date | None = None


def read_day(cursor: Cursor, *, today: date, after: date | None = None) -> Day | None:
    """Read one day with an optional weekday that must agree, or return None and stay.

    Without a year it is the next such day from `after` on (the first day of a range) or from `today` on. Raises
    Ambiguous for 3/4, Contradictory for a weekday that disagrees, NotUnderstood for a day no month has, InThePast for
    what is over.
    """
    place = cursor.place
    weekday = _weekday_before_date(cursor)
    day = _read_date(cursor, today=today, after=after)
    if day is None:
        cursor.place = place
        return _read_weekday(cursor, today=today, after=after)
    stated = weekday or cursor.take(Kind.WEEKDAY)
    if stated is not None and stated.number != day.weekday():
        raise Contradictory(cursor.text_since(place))
    return Day(day, place, cursor.place)


def _weekday_before_date(cursor: Cursor) -> Token | None:
    """Take the weekday of `Tue 1 Dec` or `Tue, 1 Dec`, where a date may follow."""
    place = cursor.place
    weekday = cursor.take(Kind.WEEKDAY)
    if weekday is not None:
        cursor.take(Kind.COMMA)
        if cursor.peek().kind in {Kind.DATE, Kind.SLASHED, Kind.MONTH, Kind.NUM}:
            return weekday
    cursor.place = place
    return None


def _read_weekday(cursor: Cursor, *, today: date, after: date | None) -> Day | None:
    """`this` and 本 mean the week from Monday to Sunday that holds today, `next` and 下 the one after it."""
    place = cursor.place
    week = cursor.take(Kind.WEEK)
    weekday = cursor.take(Kind.WEEKDAY)
    if weekday is None:
        cursor.place = place
        return None
    if week is not None:
        monday = today - timedelta(days=today.weekday())
        day = monday + week.number * WEEK + timedelta(days=weekday.number)
        if day < today:
            raise InThePast(day)
        return Day(day, place, cursor.place)
    floor = today if after is None else after
    day = floor + timedelta(days=(weekday.number - floor.weekday()) % 7)
    return Day(day, place, cursor.place, later=day + WEEK if after is None and day == today else None)


def _read_date(cursor: Cursor, *, today: date, after: date | None) -> date | None:
    place = cursor.place
    token = cursor.peek()
    match token.kind:
        case Kind.DATE:
            cursor.place += 1
            year, rest = divmod(token.number, 10000)
            return _full_date(cursor, place, year, *divmod(rest, 100))
        case Kind.SLASHED:
            cursor.place += 1
            return _slashed(cursor, token, place, today=today, after=after)
        case Kind.DAY:
            cursor.place += 1
            day = today + timedelta(days=token.number)
            if day < today:
                raise InThePast(day)
            return day
        case Kind.MONTH:
            return _month_first(cursor, today=today, after=after)
        case Kind.NUM:
            return _numbers(cursor, today=today, after=after)
        case _:
            return None


def _numbers(cursor: Cursor, *, today: date, after: date | None) -> date | None:
    """Read the dates that begin with a number: 12月1日, 1号, 3天后, 1st of December, 12-01."""
    place, first = cursor.place, cursor.peek()
    if cursor.sees(Kind.NUM, Kind.YEAR_UNIT, Kind.NUM, Kind.MONTH_UNIT, Kind.NUM):
        month, day = cursor.peek(2), cursor.peek(4)
        cursor.place += 5
        cursor.take(Kind.DAY_UNIT)
        return _full_date(cursor, place, first.number, month.number, day.number)
    if cursor.sees(Kind.NUM, Kind.MONTH_UNIT, Kind.NUM):
        day = cursor.peek(2)
        cursor.place += 3
        cursor.take(Kind.DAY_UNIT)
        return _next_date(cursor, place, first.number, day.number, today=today, after=after)
    if cursor.sees(Kind.NUM, Kind.DAY_UNIT):
        cursor.place += 2
        return _next_day_of_month(cursor, place, first.number, today if after is None else after)
    if cursor.sees(Kind.NUM, Kind.DAYS_LATER):
        cursor.place += 2
        return today + timedelta(days=first.number)
    if cursor.pair_is_day and cursor.sees(Kind.NUM, Kind.DASH, Kind.NUM) and _is_pair(cursor):
        day = cursor.peek(2)
        cursor.place += 3
        return _next_date(cursor, place, first.number, day.number, today=today, after=after)
    return _day_first(cursor, today=today, after=after)


def _is_pair(cursor: Cursor) -> bool:
    """Whether the next tokens are two digits, one dash, two digits, without spaces."""
    first, dash, second = cursor.peek(), cursor.peek(1), cursor.peek(2)
    two_digits = all(len(each.word) == 2 and each.word.isascii() for each in (first, second))
    return two_digits and dash.word == "-" and first.touches(dash) and dash.touches(second)


def _day_first(cursor: Cursor, *, today: date, after: date | None) -> date | None:
    """Read `1 Dec`, `1st of December 2026`."""
    place = cursor.place
    day = cursor.take(Kind.NUM)
    cursor.take(Kind.ORDINAL)
    cursor.take(Kind.FILLER)
    month = cursor.take(Kind.MONTH)
    if day is None or month is None:
        cursor.place = place
        return None
    return _with_year(cursor, place, month.number, day.number, today=today, after=after)


def _month_first(cursor: Cursor, *, today: date, after: date | None) -> date | None:
    """Read `Dec 1`, `December 1st, 2026`."""
    place = cursor.place
    month, day = cursor.take(Kind.MONTH), cursor.take(Kind.NUM)
    if month is None or day is None:
        cursor.place = place
        return None
    cursor.take(Kind.ORDINAL)
    return _with_year(cursor, place, month.number, day.number, today=today, after=after)


def _with_year(cursor: Cursor, place: int, month: int, day: int, *, today: date, after: date | None) -> date | None:
    before_year = cursor.place
    cursor.take(Kind.COMMA)
    year = cursor.take(Kind.NUM)
    # 1 Dec 2000-2200 is a range of hours
    is_year = year is not None and len(year.word) == 4 and 2000 <= year.number < 2100
    hours_follow = cursor.peek().kind in _TO and len(cursor.peek(1).word) == 4
    if year is not None and is_year and not hours_follow:
        return _full_date(cursor, place, year.number, month, day)
    cursor.place = before_year
    return _next_date(cursor, place, month, day, today=today, after=after)


def _slashed(cursor: Cursor, token: Token, place: int, *, today: date, after: date | None) -> date:
    """Read 25/12, 12/25, 1.12.2026; 3/4 has two readings."""
    first, rest = divmod(token.number, 1000000)
    second, year = divmod(rest, 10000)
    pairs = {(first, second)} if year and "." in token.word else {(first, second), (second, first)}
    days = [
        day
        for number, month in sorted(pairs)
        if (day := _date_or_none(year, month, number) if year else _coming(month, number, after or today))
    ]
    if not days:
        raise cursor.not_understood_since(place, "day")
    if len(days) > 1:
        days.sort()
        raise cursor.ambiguous(place, tuple(days), tuple(day.isoformat() for day in days))
    if year:
        return days[0]
    return _next_date(cursor, place, days[0].month, days[0].day, today=today, after=after)


def _full_date(cursor: Cursor, place: int, year: int, month: int, day: int) -> date:
    read = _date_or_none(year, month, day)
    if read is None:
        raise cursor.not_understood_since(place, "day")
    return read


def _next_date(cursor: Cursor, place: int, month: int, day: int, *, today: date, after: date | None) -> date:
    """Return the next such date; one that is over for less than a month is refused rather than put off for a year."""
    if after is None:
        recent = _coming(month, day, today - _LONG_AGO)
        if recent is not None and recent < today:
            raise InThePast(recent)
    read = _coming(month, day, today if after is None else after)
    if read is None:
        raise cursor.not_understood_since(place, "day")
    return read


def _next_day_of_month(cursor: Cursor, place: int, day: int, floor: date) -> date:
    """Return the next day with this number; a month that lacks it is passed over."""
    for months in range(3):
        years, month = divmod(floor.month - 1 + months, 12)
        read = _date_or_none(floor.year + years, month + 1, day)
        if read is not None and read >= floor:
            return read
    raise cursor.not_understood_since(place, "day")


def _coming(month: int, day: int, floor: date) -> date | None:
    """Return the first such date from `floor` on (29 February within eight years), None if there is none."""
    for year in range(floor.year, floor.year + 9):
        read = _date_or_none(year, month, day)
        if read is not None and read >= floor:
            return read
    return None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
