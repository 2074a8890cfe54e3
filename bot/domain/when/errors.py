"""Why a typed line was not accepted.

The fields are facts for the views to put into words: which part of the text, what was expected there, what was read.
Like all domain errors they are not frozen (contextlib writes `__traceback__`), but nothing changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from bot.domain.errors import DomainError

Expected = Literal["day", "hours", "clock", "end", "until", "places", "roles", "team", "nothing"]
"""What would have fitted: a day; a range of hours; a clock time; the end of a range; the last day of a repetition;
a number of people; roles with their numbers; a team's name; or nothing more, because all had been said already."""

Choice = date | time | tuple[time, time]
"""One reading of an ambiguous part: a day, a clock time, or a range (end <= start: past midnight)."""


class LineRefused(DomainError):
    """Base of everything that can be wrong with a typed line."""


@dataclass(unsafe_hash=True)
class NotUnderstood(LineRefused):
    """`part` (as typed, possibly empty at the end of the text) is not what was `expected` there."""

    part: str
    expected: Expected


@dataclass(unsafe_hash=True)
class Ambiguous(LineRefused):
    """`part` has several readings, and none is guessed.

    `rewrites` holds, for each choice, the whole text with the part spelled out: parse that text when it is chosen.
    """

    part: str
    choices: tuple[Choice, ...]
    rewrites: tuple[str, ...]


@dataclass(unsafe_hash=True)
class Contradictory(LineRefused):
    """`part` contradicts itself or what was said before: a wrong weekday, 14 in the morning, the same shift twice."""

    part: str


@dataclass(unsafe_hash=True)
class InThePast(LineRefused):
    """The shift would have started already on that day, or the day itself is over."""

    day: date


@dataclass(unsafe_hash=True)
class TooFarAhead(LineRefused):
    """The day is later than `last`, the furthest day that can be planned."""

    day: date
    last: date


@dataclass(unsafe_hash=True)
class EndsBeforeItStarts(LineRefused):
    """A range of days runs backwards, or a clock change leaves nothing of a range of hours."""

    part: str


@dataclass(unsafe_hash=True)
class TooLong(LineRefused):
    """A shift would really last longer than `longest` (elapsed time; clock changes count)."""

    duration: timedelta
    longest: timedelta


@dataclass(unsafe_hash=True)
class TooManyDays(LineRefused):
    """A range or repetition covers more days than `most`."""

    days: int
    most: int


@dataclass(unsafe_hash=True)
class TooManyShifts(LineRefused):
    """One line would make more shifts than `most`."""

    shifts: int
    most: int


@dataclass(unsafe_hash=True)
class LineTooLong(LineRefused):
    """The text is longer than `longest` characters."""

    length: int
    longest: int
