"""One clock time as typed: `8`, `08:30`, `8.30pm`, `noon`, `8点半`, `晚上8点`, `下午2时30分`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.when.cursor import Cursor
from bot.domain.when.errors import Contradictory
from bot.domain.when.tokens import Token
from bot.domain.when.vocabulary import Kind, Part

DAY = 24 * 60  # minutes
NOON = 12 * 60
_BARE_PARTS = {Part.NOON: NOON, Part.MIDNIGHT: DAY}  # a time of their own when no number follows
_SUFFIX_PARTS = frozenset({Part.MORNING, Part.AFTERNOON, Part.EVENING, Part.NIGHT})  # "8 in the morning"
# After these a number is no clock time but a day, a number of people, or a length.
_OTHER_UNITS = frozenset(
    {
        Kind.PEOPLE,
        Kind.YEAR_UNIT,
        Kind.MONTH_UNIT,
        Kind.DAY_UNIT,
        Kind.DAYS_LATER,
        Kind.DURATION,
        Kind.ORDINAL,
        Kind.MONTH,
    }
)
# Hours 1 to 12 (12 counts as 0) that a part of the day names, and the hour that 0 of it stands for. From 24 on: after
# midnight. A part may also stand before the same hours in 24-hour writing.
_HOURS: dict[Part, dict[int, int]] = {
    Part.AM: {h: h for h in range(12)},
    Part.PM: {h: h + 12 for h in range(12)},
    Part.EARLY: {h: h for h in range(7)},
    Part.MORNING: {h: h for h in range(1, 12)} | {0: 12},
    Part.NOON: {0: 12, 1: 13, 2: 14, 10: 10, 11: 11},
    Part.AFTERNOON: {h: h + 12 for h in range(9)},
    Part.EVENING: {h: h + 12 for h in range(4, 12)} | {0: 24},
    Part.NIGHT: {h: h + 12 for h in range(5, 12)} | {h: h + 24 for h in range(5)},
    Part.MIDNIGHT: {0: 24, 10: 22, 11: 23, 1: 25, 2: 26},
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. `fixed`: minutes from midnight (from 1440 on: after midnight) if only one reading is possible.

    Otherwise `hour` (1 to 12) and `minute` may be before or after noon. `marked`: a part of the day was named;
    `suffix`: the part that stood behind; `full`: written with `:` or four digits, or with 点;
    `wide`: as 10:00, which is 24-hour writing where no part of the day is named.
    """

    hour: int
    minute: int
    fixed: int | None = None
    marked: bool = False
    suffix: Part | None = None
    full: bool = False
    wide: bool = False

    @property
    def face(self) -> int:
        """Minutes as read in 24 hours: 8 is 08:00."""
        return self.hour * 60 + self.minute

    @property
    def open(self) -> bool:
        """Whether, alone, it may be before or after noon."""
        return self.fixed is None and not self.wide

    @property
    def value(self) -> int:
        """Minutes by the only reading, or as read in 24 hours."""
        return self.face if self.fixed is None else self.fixed


@dataclass(frozen=True, slots=True)
class _Digits:
    hour: int
    minute: int
    exact: bool  # a leading zero, zero, or more than 12: 24-hour writing
    full: bool
    wide: bool


def clock_ahead(cursor: Cursor, ahead: int = 0) -> bool:
    """Whether a clock time stands `ahead` of the next token."""
    token, following = cursor.peek(ahead), cursor.peek(ahead + 1)
    if token.kind is Kind.PART:
        return True
    if token.kind is Kind.CLOCK:
        return _hour_and_minute(token) is not None
    return token.kind is Kind.NUM and following.kind not in _OTHER_UNITS and _hour_and_minute(token) is not None


def read_clock(cursor: Cursor) -> Clock | None:
    """Read one clock time, or return None and stay. Raises Contradictory for 14 in the morning and its like."""
    place = cursor.place
    prefix = cursor.take(Kind.PART)
    if prefix is not None and prefix.part in _BARE_PARTS and not _number_ahead(cursor):
        return Clock(0, 0, fixed=_BARE_PARTS[prefix.part], marked=True)
    digits = _read_digits(cursor) if _number_ahead(cursor) else None
    if digits is None:
        cursor.place = place
        return None
    suffix = _read_suffix(cursor, prefix=prefix)
    parts = tuple(token.part for token in (prefix, suffix) if token is not None and token.part is not None)
    return Clock(
        digits.hour,
        digits.minute,
        fixed=_fixed(digits, parts, cursor.text_since(place)),
        marked=bool(parts),
        suffix=parts[-1] if suffix is not None else None,
        full=digits.full,
        wide=digits.wide,
    )


def _fixed(digits: _Digits, parts: tuple[Part, ...], text: str) -> int | None:
    """Return the minutes if 24-hour writing or the parts of the day leave one reading."""
    fixed = digits.hour * 60 + digits.minute if digits.exact else None
    for part in parts:
        fixed = _of_part(part, digits, fixed, text)
    return fixed


def _number_ahead(cursor: Cursor) -> bool:
    return cursor.peek().kind is not Kind.PART and clock_ahead(cursor)


def _hour_and_minute(token: Token) -> tuple[int, int] | None:
    """Split 830 of a CLOCK, 0830 of four digits, or a plain hour; None if the day has no such time."""
    if token.kind is Kind.CLOCK or len(token.word) == 4:
        hour, minute = divmod(token.number, 100)
    else:
        hour, minute = token.number, 0
    return (hour, minute) if minute < 60 and (hour < 24 or (hour, minute) == (24, 0)) else None


def _read_digits(cursor: Cursor) -> _Digits | None:
    token = cursor.take(Kind.NUM, Kind.CLOCK)
    read = _hour_and_minute(token) if token is not None else None
    if token is None or read is None:
        return None
    hour, minute = read
    full = token.kind is Kind.CLOCK or len(token.word) == 4
    exact = _is_exact(token, hour)
    if token.kind is Kind.NUM and cursor.take(Kind.HOUR_UNIT):
        full = True
        minute = minute or _read_minutes(cursor)
    sharp = cursor.take(Kind.SHARP) is not None
    return _Digits(hour, minute, exact, full or sharp, wide=len(token.word) == 5)


def _is_exact(token: Token, hour: int) -> bool:
    """Whether it is 24-hour writing: 0830, 08, 0 or 13."""
    four_digits = token.kind is Kind.NUM and len(token.word) == 4
    return four_digits or token.word.startswith("0") or not 1 <= hour <= 12


def _read_minutes(cursor: Cursor) -> int:
    """Read what follows 点: 半, 一刻, 30, 零五分; 0 if nothing does."""
    fraction = cursor.take(Kind.HALF, Kind.QUARTER)
    if fraction is not None:
        return fraction.number
    before, token, following = cursor.peek(-1), cursor.peek(), cursor.peek(1)
    written_out = len(token.word) == 2 or token.number >= 10 or following.kind is Kind.MINUTE_UNIT
    joined = before.touches(token) and following.kind not in _OTHER_UNITS and following.kind is not Kind.HOUR_UNIT
    if token.kind is Kind.NUM and written_out and joined and token.number < 60:
        cursor.place += 1
        cursor.take(Kind.MINUTE_UNIT)
        return token.number
    return 0


def _read_suffix(cursor: Cursor, *, prefix: Token | None) -> Token | None:
    """Read `pm` or `in the evening` behind the number."""
    place = cursor.place
    if cursor.peek().part in {Part.AM, Part.PM}:
        return cursor.take(Kind.PART)
    if prefix is None and cursor.take(Kind.FILLER):
        cursor.skip_fillers()
        if cursor.peek().part in _SUFFIX_PARTS and not clock_ahead(cursor, 1):
            return cursor.take(Kind.PART)
    cursor.place = place
    return None


def _of_part(part: Part, digits: _Digits, known: int | None, text: str) -> int:
    """Return the minutes that the digits stand for in a part of the day; they must agree with what is known."""
    hours = _HOURS[part]
    if known is None:
        hour = hours.get(digits.hour % 12)
        if hour is not None:
            return hour * 60 + digits.minute
    elif known // 60 in hours.values():
        return known
    elif known < 60 and 24 in hours.values():
        return known + DAY  # 晚上0点 is the midnight at the end of the day
    raise Contradictory(text)
