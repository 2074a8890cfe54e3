"""Times as people type them, in English and Chinese: a bounded grammar that looks ahead and never guesses.

What is understood stands in docs/reference/times-you-can-type.md. Only what the grammar consumes entirely is
accepted; the clock and the zone are passed in.
"""

from bot.domain.when.changing import ChangeSaid, parse_change, split_change
from bot.domain.when.errors import (
    Ambiguous,
    Choice,
    Contradictory,
    EndsBeforeItStarts,
    Expected,
    InThePast,
    LineRefused,
    LineTooLong,
    NotUnderstood,
    TooFarAhead,
    TooLong,
    TooManyDays,
    TooManyShifts,
)
from bot.domain.when.line import Repetition
from bot.domain.when.local import Hours, Span, instant, shift_spans
from bot.domain.when.naming_roles import RoleSaid, apart_from_roles, parse_people, parse_roles, role_line, roles_of
from bot.domain.when.naming_teams import apart_from_team
from bot.domain.when.parse import (
    ShiftDraft,
    parse_day,
    parse_days,
    parse_hours,
    parse_places,
    parse_shift_line,
)
from bot.domain.when.places import Places
from bot.domain.when.repeating import SeriesDraft, parse_repetition, parse_series_line
from bot.domain.when.said import DayOff, parse_day_off

__all__ = [
    "Ambiguous",
    "ChangeSaid",
    "Choice",
    "Contradictory",
    "DayOff",
    "EndsBeforeItStarts",
    "Expected",
    "Hours",
    "InThePast",
    "LineRefused",
    "LineTooLong",
    "NotUnderstood",
    "Places",
    "Repetition",
    "RoleSaid",
    "SeriesDraft",
    "ShiftDraft",
    "Span",
    "TooFarAhead",
    "TooLong",
    "TooManyDays",
    "TooManyShifts",
    "apart_from_roles",
    "apart_from_team",
    "instant",
    "parse_change",
    "parse_day",
    "parse_day_off",
    "parse_days",
    "parse_hours",
    "parse_people",
    "parse_places",
    "parse_repetition",
    "parse_roles",
    "parse_series_line",
    "parse_shift_line",
    "role_line",
    "roles_of",
    "shift_spans",
    "split_change",
]
