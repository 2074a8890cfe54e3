"""Several days at once: `2026-12-01..2026-12-03`, `mon-fri`, `1-3 Dec`, `fri, sat`, `周六周日`, `daily … until …`."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.when.clocks import clock_ahead
from bot.domain.when.cursor import Cursor
from bot.domain.when.dates import Day, read_day
from bot.domain.when.errors import EndsBeforeItStarts, TooManyDays
from bot.domain.when.vocabulary import Kind

MOST_DAYS = 62  # of one range or repetition
_BETWEEN = (Kind.DASH, Kind.DOTS, Kind.TO, Kind.UNTIL)


def read_days(cursor: Cursor, *, today: date) -> tuple[Day, ...] | None:
    """Read a day, a range or a list of days, or return None and stay.

    Raises what `read_day` raises, EndsBeforeItStarts for a range that runs backwards, TooManyDays.
    """
    place = cursor.place
    cursor.skip_fillers()
    days = _range_or_day(cursor, today=today)
    if days is None:
        cursor.place = place
        return None
    while more := _next_in_list(cursor, today=today):
        days += more
    if len(days) > MOST_DAYS:
        raise TooManyDays(len(days), MOST_DAYS)
    return days


def days_between(first: date, last: date, part: str) -> tuple[date, ...]:
    """Return every day from first to last. Raises EndsBeforeItStarts (naming `part`) and TooManyDays."""
    if last < first:
        raise EndsBeforeItStarts(part)
    count = (last - first).days + 1
    if count > MOST_DAYS:
        raise TooManyDays(count, MOST_DAYS)
    return tuple(first + timedelta(days=n) for n in range(count))


def _range_or_day(cursor: Cursor, *, today: date) -> tuple[Day, ...] | None:
    joined = _days_of_one_month(cursor, today=today)
    if joined is not None:
        return joined
    first = read_day(cursor, today=today)
    if first is None:
        return None
    _skip_empty_part(cursor)
    place = cursor.place
    if cursor.take(*_BETWEEN):
        last = _weekday_short(cursor, first) or read_day(cursor, today=today, after=first.day)
        if last is not None:
            return _days(cursor, first, last.day)
    cursor.place = place
    return (first,)


def _skip_empty_part(cursor: Cursor) -> None:
    """Pass the "night" of tonight when no clock time follows that it could belong to."""
    part = cursor.peek()
    if part.kind is Kind.PART and part.start == part.end and not clock_ahead(cursor, 1):
        cursor.place += 1


def _weekday_short(cursor: Cursor, first: Day) -> Day | None:
    """Read the 五 of 周一至五."""
    token, following = cursor.peek(), cursor.peek(1)
    after_weekday = cursor.tokens[first.end - 1].kind is Kind.WEEKDAY
    alone = token.end < following.start or following.kind in {Kind.END, Kind.COMMA, Kind.PART}
    if not (after_weekday and token.word and token.word in "一二三四五六" and alone):
        return None
    cursor.place += 1
    ahead = (token.number - 1 - first.day.weekday()) % 7
    return Day(first.day + timedelta(days=ahead), cursor.place - 1, cursor.place)


def _days_of_one_month(cursor: Cursor, *, today: date) -> tuple[Day, ...] | None:
    """Read `1-3 Dec`, `1st to 3rd of December 2026`: the month behind the second number holds for both."""
    place = cursor.place
    number = cursor.take(Kind.NUM)
    cursor.take(Kind.ORDINAL)
    if number is not None and cursor.take(Kind.DASH, Kind.TO) and _month_behind_number(cursor):
        last = read_day(cursor, today=today)
        if last is not None and 1 <= number.number <= last.day.day:
            return _days(cursor, Day(last.day.replace(day=number.number), place, cursor.place), last.day)
        raise EndsBeforeItStarts(cursor.text_since(place))
    cursor.place = place
    return None


def _month_behind_number(cursor: Cursor) -> bool:
    kinds = [cursor.peek(n).kind for n in range(4)]
    names = [kind for kind in kinds[1:] if kind not in {Kind.ORDINAL, Kind.FILLER}]
    return kinds[0] is Kind.NUM and bool(names) and names[0] is Kind.MONTH


def _days(cursor: Cursor, first: Day, last: date) -> tuple[Day, ...]:
    place, end = first.place, cursor.place
    if first.later is not None:
        cursor.place = first.end
        raise weekday_today(cursor, first)
    return tuple(Day(day, place, end) for day in days_between(first.day, last, cursor.text_since(place)))


def weekday_today(cursor: Cursor, day: Day) -> Exception:
    """Return the error for a bare weekday that is today's and may also mean next week's."""
    choices = (day.day,) if day.later is None else (day.day, day.later)
    cursor.place = day.end
    return cursor.ambiguous(day.place, choices, tuple(each.isoformat() for each in choices))


def _next_in_list(cursor: Cursor, *, today: date) -> tuple[Day, ...] | None:
    """Read `, sat`, `and 2 Dec`, or a weekday right behind a weekday."""
    place = cursor.place
    separated = cursor.take(Kind.COMMA, Kind.AND)
    if separated:
        cursor.take(Kind.AND)
        cursor.skip_fillers()
    if separated or (cursor.tokens[place - 1].kind is Kind.WEEKDAY and cursor.peek().kind is Kind.WEEKDAY):
        days = _range_or_day(cursor, today=today)
        if days is not None:
            return days
    cursor.place = place
    return None
