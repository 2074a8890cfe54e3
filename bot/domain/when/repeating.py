"""What comes again: the whole line of /newseries, and the answer to "on which days"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.when.cursor import Cursor
from bot.domain.when.line import Repetition, read_repeats, read_repetition
from bot.domain.when.local import Hours
from bot.domain.when.parse import apart_from_name, tidy_source
from bot.domain.when.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDraft:
    """What a line says of a series. None or empty where it does not say; `first` and `until` are local days.

    `checkpoint` is one of the names given, `unknown_checkpoint` leading words that are none of them (else empty).
    """

    checkpoint: str | None
    unknown_checkpoint: str
    repetition: Repetition | None
    first: date | None
    until: date | None
    hours: tuple[Hours, ...]
    needed: int | None
    capacity: int | None


def parse_series_line(text: str, *, now: datetime, zone: ZoneInfo, checkpoints: Sequence[str]) -> SeriesDraft:
    """Read the text after /newseries: `North Gate every second Sat 8-12, 12-16 from 12-05 until 03-01 x3`.

    Everything must be understood. Raises what `bot.domain.when.parse_shift_line` raises.
    """
    source = tidy_source(text)
    repeats, checkpoint, unknown = apart_from_name(
        source, checkpoints, lambda folded: read_repeats(Cursor(source, folded=folded), now=now, zone=zone)
    )
    return SeriesDraft(
        checkpoint=checkpoint,
        unknown_checkpoint=unknown,
        repetition=repeats.repetition,
        first=repeats.first,
        until=repeats.until,
        hours=repeats.hours,
        needed=repeats.places.needed,
        capacity=repeats.places.capacity,
    )


def parse_repetition(text: str) -> Repetition:
    """Read on which days something comes again: `daily`, `weekdays`, `every second Saturday`, `周二、四`.

    Raises NotUnderstood, LineTooLong.
    """
    cursor = Cursor(tidy_source(text))
    repetition = read_repetition(cursor)
    if repetition is None or cursor.peek().kind is not Kind.END:
        raise cursor.not_understood("day" if repetition is None else "nothing")
    return repetition
