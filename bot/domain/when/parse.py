"""The four ways in: a whole line of /newshift, and the answers to "which day", "which hours", "how many"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.when.cursor import Cursor
from bot.domain.when.days import read_days, weekday_today
from bot.domain.when.errors import Ambiguous, LineRefused, LineTooLong, NotUnderstood
from bot.domain.when.hours import read_hours
from bot.domain.when.line import Request, read_request
from bot.domain.when.local import Hours, Span, check_day
from bot.domain.when.places import NOTHING_SAID, Places, read_places
from bot.domain.when.source import LONGEST_TEXT, NameFound, Source, find_name_at_start, find_name_inside, read_source
from bot.domain.when.tokens import Token, read_tokens
from bot.domain.when.vocabulary import Kind

R = TypeVar("R")

_PAIR = re.compile(r"(?<![0-9:])[0-9]{2}-[0-9]{2}(?![0-9:])")
_OF_NAMES = frozenset(
    {Kind.WORD, Kind.NUM, Kind.TO, Kind.AND, Kind.DASH, Kind.FILLER, Kind.ORDINAL, Kind.DAY_UNIT, Kind.COMMA}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftDraft:
    """What a line says. `spans` is empty until both day and hours are known; `missing` names what was not said.

    `checkpoint` is one of the names given, `unknown_checkpoint` leading words that are none of them (else empty).
    `days` and `hours` are what was read of either alone. `capacity` None: not said.
    """

    checkpoint: str | None
    unknown_checkpoint: str
    spans: tuple[Span, ...]
    needed: int | None
    capacity: int | None
    days: tuple[date, ...]
    hours: tuple[Hours, ...]
    missing: tuple[str, ...]


def parse_shift_line(text: str, *, now: datetime, zone: ZoneInfo, checkpoints: Sequence[str]) -> ShiftDraft:
    """Read the text after /newshift. `now` is aware; `zone` is the community's; `checkpoints` its checkpoints' names.

    Everything must be understood. Raises a LineRefused (NotUnderstood, Ambiguous, Contradictory, InThePast,
    TooFarAhead, EndsBeforeItStarts, TooLong, TooManyDays, TooManyShifts, LineTooLong) or PlacesInvalid. Grammar and
    meaning: docs/reference/times-you-can-type.md.
    """
    source = tidy_source(text)
    request, checkpoint, unknown = apart_from_name(
        source, checkpoints, lambda folded: _read(source, folded, now=now, zone=zone)
    )
    return _draft(request, checkpoint, unknown)


def apart_from_name(source: Source, checkpoints: Sequence[str], read: Callable[[str], R]) -> tuple[R, str | None, str]:
    """Read what stands beside a checkpoint's name; return that, the known name, and leading words that are none.

    `read` gets the folded text with the name blanked out. Raises what it raises.
    """
    found = find_name_at_start(source, checkpoints) or _name_inside(source, checkpoints)
    if found is not None:
        blank = " " * (found.end - found.start)
        return read(source.folded[: found.start] + blank + source.folded[found.end :]), found.name, ""
    first_error: LineRefused | None = None
    for end in _ends_of_unknown_name(source):
        try:
            said = read(" " * end + source.folded[end:])
        except LineRefused as error:
            first_error = first_error or error
        else:
            return said, None, source.part(0, end)
    if first_error is None:
        return read(source.folded), None, ""
    raise first_error


def parse_days(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """Read a day, a range or a list of days. Raises as `parse_shift_line`."""
    cursor = Cursor(tidy_source(text), pair_is_day=True)
    days = read_days(cursor, today=now.astimezone(zone).date())
    if days is None or cursor.peek().kind is not Kind.END:
        raise cursor.not_understood("day" if days is None else "nothing")
    for day in days:
        if day.later is not None:
            raise weekday_today(cursor, day)
        check_day(day.day, now=now, zone=zone)
    return tuple(day.day for day in days)


def parse_day(text: str, *, now: datetime, zone: ZoneInfo) -> date:
    """Read exactly one day. Raises as `parse_shift_line`; NotUnderstood for several."""
    days = parse_days(text, now=now, zone=zone)
    if len(days) > 1:
        raise NotUnderstood(text.strip(), "day")
    return days[0]


def parse_hours(text: str) -> tuple[Hours, ...]:
    """Read one or more ranges of local clock times; end <= start means past midnight.

    Raises NotUnderstood, Ambiguous (a clock time with two readings), Contradictory, TooLong, LineTooLong.
    """
    cursor = Cursor(tidy_source(text))
    hours = read_hours(cursor, alone=True)
    if hours is None or cursor.peek().kind is not Kind.END:
        raise cursor.not_understood("hours" if hours is None else "nothing")
    return hours


def parse_places(text: str) -> Places:
    """Read how many people: `3`, `x3`, `2-4`, `needs 2 max 4`, `3人`.

    Raises NotUnderstood, Contradictory, PlacesInvalid, LineTooLong.
    """
    cursor = Cursor(tidy_source(text))
    places = NOTHING_SAID
    while cursor.peek().kind is not Kind.END:
        read = read_places(cursor, places, bare=places == NOTHING_SAID)
        if read is None and not cursor.take(Kind.COMMA, Kind.AND, Kind.FILLER):
            raise cursor.not_understood("places")
        places = read or places
    if places == NOTHING_SAID:
        raise cursor.not_understood("places")
    return places


def tidy_source(text: str) -> Source:
    """Return the text made comparable. Raises LineTooLong."""
    if len(text) > LONGEST_TEXT:
        raise LineTooLong(len(text), LONGEST_TEXT)
    return read_source(text)


def _name_inside(source: Source, checkpoints: Sequence[str]) -> NameFound | None:
    """Find a name behind the day or at the end, unless the text begins with an unknown one or it reads as grammar."""
    if read_tokens(source.folded)[0].kind is Kind.WORD:
        return None
    found = find_name_inside(source, checkpoints)
    if found is None or read_tokens(source.folded[found.start : found.end])[0].kind is not Kind.WORD:
        return None
    return found


def _ends_of_unknown_name(source: Source) -> list[int]:
    """Return where leading words that are no grammar may end: behind the last word, and behind a number after it."""
    tokens = read_tokens(source.folded)
    words = [n for n, token in enumerate(tokens) if token.kind is Kind.WORD]
    if not words or not _begins_a_name(tokens):
        return []
    last = words[-1]
    if any(token.kind not in _OF_NAMES for token in tokens[:last]):
        last = max(0, next(n for n, token in enumerate(tokens) if token.kind is not Kind.WORD) - 1)
    if not any(character.isalpha() for character in source.folded[: tokens[last].end]):
        return []
    numbered = tokens[last + 1].kind is Kind.NUM
    return [tokens[last].end, tokens[last + 1].end] if numbered else [tokens[last].end]


def _begins_a_name(tokens: Sequence[Token]) -> bool:
    """Whether the text begins with a word that is no grammar, or a number joined to one: 3号门."""
    first, second = tokens[0], tokens[min(1, len(tokens) - 1)]
    numbered = first.kind is Kind.NUM and second.kind in {Kind.WORD, Kind.DAY_UNIT} and first.touches(second)
    return first.kind is Kind.WORD or numbered


def _read(source: Source, folded: str, *, now: datetime, zone: ZoneInfo) -> Request:
    """Read the rest of a line. Where `12-01` may be a day or a range of hours, both readings are tried."""
    pair = _PAIR.search(folded)
    if pair is None:
        return read_request(Cursor(source, folded=folded), now=now, zone=zone)
    try:
        as_hours = read_request(Cursor(source, folded=folded), now=now, zone=zone)
    except NotUnderstood:
        return read_request(Cursor(source, folded=folded, pair_is_day=True), now=now, zone=zone)
    try:
        as_day = read_request(Cursor(source, folded=folded, pair_is_day=True), now=now, zone=zone)
    except LineRefused:
        return as_hours
    if as_day == as_hours:
        return as_hours
    raise _day_or_hours(source, pair, as_day, as_hours)


def _day_or_hours(source: Source, pair: re.Match[str], as_day: Request, as_hours: Request) -> Ambiguous:
    """Return the error for a line in which nothing but the pair itself says whether it is a day or hours."""
    day, hours = as_day.days[0], as_hours.hours[0]
    spelled = (day.isoformat(), f"{hours[0]:%H:%M}-{hours[1]:%H:%M}")
    rewrites = tuple(source.rewritten(pair.start(), pair.end(), words) for words in spelled)
    return Ambiguous(source.part(pair.start(), pair.end()), (day, hours), rewrites)


def _draft(request: Request, checkpoint: str | None, unknown: str) -> ShiftDraft:
    given = {
        "checkpoint": checkpoint is not None,
        "day": bool(request.days),
        "time": bool(request.hours),
        "places": request.places.needed is not None,
    }
    return ShiftDraft(
        checkpoint=checkpoint,
        unknown_checkpoint=unknown,
        spans=request.spans,
        needed=request.places.needed,
        capacity=request.places.capacity,
        days=request.days,
        hours=request.hours,
        missing=tuple(name for name, is_given in given.items() if not is_given),
    )
