"""A day that is called off, and why: the whole line of /calloff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.when.errors import LineRefused
from bot.domain.when.parse import parse_day, tidy_source
from bot.domain.when.source import find_name_at_start


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """What the line says: one of the given names or None, the day, and whatever was typed behind it."""

    checkpoint: str | None
    day: date
    reason: str


def parse_day_off(text: str, *, now: datetime, zone: ZoneInfo, checkpoints: Sequence[str]) -> DayOff:
    """Read `North Gate 12-25 Storm warning`: a checkpoint or none, a day, and freely why.

    Raises what `bot.domain.when.parse_day` raises, about the words that should be a day.
    """
    source = tidy_source(text)
    found = find_name_at_start(source, checkpoints)
    words = source.part(found.end if found else 0, len(source.folded)).split()
    first_error: LineRefused | None = None
    for length in range(min(len(words), 6), 0, -1):
        try:
            day = parse_day(" ".join(words[:length]), now=now, zone=zone)
        except LineRefused as error:
            first_error = error
        else:
            return DayOff(checkpoint=found.name if found else None, day=day, reason=" ".join(words[length:]))
    if first_error is not None:
        raise first_error
    return DayOff(checkpoint=found.name if found else None, day=parse_day("", now=now, zone=zone), reason="")
