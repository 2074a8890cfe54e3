"""Ranges of clock times: `8-12`, `8am to noon`, `22:00-06:00`, `8-12, 12-16`, `晚8点到12点`, `8pm for 3 hours`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from bot.domain.shifts import LONGEST_SHIFT
from bot.domain.when.clocks import DAY, NOON, Clock, clock_ahead, read_clock
from bot.domain.when.cursor import Cursor
from bot.domain.when.errors import LineRefused, NotUnderstood, TooLong
from bot.domain.when.local import Hours
from bot.domain.when.vocabulary import Kind, Part

_BETWEEN = (Kind.DASH, Kind.DOTS, Kind.TO, Kind.UNTIL)


@dataclass(frozen=True, slots=True)
class _Range:
    """Minutes from midnight of the first day; end lies within 24 hours after start."""

    start: int
    end: int
    marked: bool = False

    @property
    def hours(self) -> Hours:
        return _time(self.start), _time(self.end)


def read_hours(cursor: Cursor, *, alone: bool = False) -> tuple[Hours, ...] | None:
    """Read a list of ranges, or return None and stay if no clock time stands here.

    `alone`: the text is an answer to "which hours?", so a lone number is a clock time. Raises Ambiguous, NotUnderstood
    (a clock time without an end), Contradictory and TooLong.
    """
    place = cursor.place
    cursor.skip_fillers()
    if not clock_ahead(cursor):
        cursor.place = place
        return None
    ranges = [_read_range(cursor, None, alone=alone)]
    while _next_in_list(cursor):
        ranges.append(_read_range(cursor, ranges[-1], alone=alone))
    return tuple(each.hours for each in ranges)


def _next_in_list(cursor: Cursor) -> bool:
    """Move past a comma or `and` if another clock time follows it."""
    place = cursor.place
    if cursor.take(Kind.COMMA, Kind.AND):
        cursor.take(Kind.AND)
        cursor.skip_fillers()
        if clock_ahead(cursor):
            return True
    cursor.place = place
    return False


def _read_range(cursor: Cursor, before: _Range | None, *, alone: bool) -> _Range:
    place = cursor.place
    start = read_clock(cursor)
    if start is None:
        raise cursor.not_understood("clock")
    if start.fixed is not None and start.fixed >= DAY:
        raise NotUnderstood(cursor.text_since(place), "clock")  # of which day is its midnight? say 0:00 and the day
    after_start = cursor.place
    cursor.skip_fillers()
    if cursor.sees(Kind.NUM, Kind.DURATION):
        return _with_duration(cursor, start, place, after_start)
    cursor.place = after_start
    return _with_end(cursor, start, before, place, alone=alone)


def _with_duration(cursor: Cursor, start: Clock, place: int, after_start: int) -> _Range:
    if start.open:
        cursor.place = after_start
        raise _one_of_two_times(cursor, start, place)
    length = cursor.peek().number
    if not 1 <= length * 60 <= DAY:
        raise TooLong(timedelta(hours=length), LONGEST_SHIFT)
    cursor.place += 2
    return _Range(start.value, start.value + length * 60, marked=start.marked)


def _with_end(cursor: Cursor, start: Clock, before: _Range | None, place: int, *, alone: bool) -> _Range:
    after_start = cursor.place
    between = cursor.take(*_BETWEEN)
    next_day = cursor.take(Kind.NEXT_DAY) is not None
    if between is None or not (next_day or clock_ahead(cursor)):
        cursor.place = after_start
        raise _without_end(cursor, start, place, alone=alone or start.full, cut_short=between is not None)
    end = read_clock(cursor)
    if end is None:
        raise cursor.not_understood("clock")
    next_day = cursor.take(Kind.NEXT_DAY) is not None or next_day
    return _the_only(cursor, _readings(start, end, before, next_day=next_day), place, next_day=next_day)


def _without_end(cursor: Cursor, start: Clock, place: int, *, alone: bool, cut_short: bool) -> LineRefused:
    """Return the error for a clock time that no other follows."""
    if alone and start.open and not cut_short:
        return _one_of_two_times(cursor, start, place)
    return NotUnderstood(cursor.text_since(place), "end" if start.full or start.marked else "hours")


def _the_only(cursor: Cursor, readings: list[_Range], place: int, *, next_day: bool) -> _Range:
    """Return the reading if there is but one and it keeps what was said of the next day."""
    if len(readings) > 1:
        choices = tuple(each.hours for each in readings)
        raise cursor.ambiguous(place, choices, tuple(f"{a:%H:%M}-{b:%H:%M}" for a, b in choices))
    if next_day and readings[0].end < DAY:
        length = timedelta(minutes=readings[0].end + DAY - readings[0].start)
        raise TooLong(length, LONGEST_SHIFT)
    return readings[0]


def _readings(start: Clock, end: Clock, before: _Range | None, *, next_day: bool) -> list[_Range]:
    """Return what the two clock times can mean together: one range, or several to choose from."""
    marked = start.marked or end.marked
    if start.fixed is not None:
        last = _end_after(start.fixed, end) if start.marked else end.value
        return [_range(start.fixed, last, marked=marked)]
    if before is not None and before.marked and start.open and not marked:
        first = _face_from(before.end % DAY, start.face)
        return [_range(first, _end_after(first, end), marked=True)]
    if end.marked:
        return _before_marked(start, end, end.value)
    return _unmarked(start, end, next_day=next_day)


def _unmarked(start: Clock, end: Clock, *, next_day: bool) -> list[_Range]:
    """`8-12` is read in 24 hours; `9-5`, running backwards there, is the afternoon or past midnight."""
    plain = _range(start.face, end.value)
    if plain.end <= DAY or end.fixed is not None or (start.wide and end.wide):
        return [plain]
    other = _range(start.face % NOON + NOON, end.face) if next_day else _range(start.face, end.face + NOON)
    return [plain] if other == plain else [other, plain]


def _before_marked(start: Clock, end: Clock, last: int) -> list[_Range]:
    """`8-10pm`: of both readings of 8 the one of at most twelve hours; `8-12pm` and `8点到晚上10点` are left open."""
    faces = (start.face % NOON, start.face % NOON + NOON)
    readings = sorted((_range(first, last, marked=True) for first in faces), key=lambda r: r.end - r.start)
    if end.suffix is Part.PM and end.hour == 12 and last == NOON:
        # Many who write 12pm mean midnight.
        return [_range(faces[0], NOON), _range(faces[1], DAY)]
    if end.suffix is None and end.hour and all(each.end <= DAY for each in readings):
        return sorted(readings, key=lambda r: r.start)
    return readings[:1]


def _range(start: int, end: int, *, marked: bool = False) -> _Range:
    """Bring start into the day and end into the 24 hours after it."""
    start %= DAY
    return _Range(start, start + (end - start - 1) % DAY + 1, marked)


def _end_after(start: int, end: Clock) -> int:
    """Return the end as fixed, or the first time after start at which a clock face shows it."""
    return end.fixed if end.fixed is not None else _face_from(start + 1, end.face)


def _face_from(earliest: int, face: int) -> int:
    """Return the first minute not before `earliest` at which a twelve-hour clock face shows `face`."""
    return earliest + (face - earliest) % NOON


def _one_of_two_times(cursor: Cursor, start: Clock, place: int) -> LineRefused:
    choices = (_time(start.face % NOON), _time(start.face % NOON + NOON))
    return cursor.ambiguous(place, choices, tuple(f"{each:%H:%M}" for each in choices))


def _time(minutes: int) -> time:
    return time(*divmod(minutes % DAY, 60))
