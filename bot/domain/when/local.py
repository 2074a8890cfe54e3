"""From a local day and time to the instant, and the spans of shifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.shifts import LONGEST_SHIFT
from bot.domain.when.errors import (
    Contradictory,
    EndsBeforeItStarts,
    InThePast,
    TooFarAhead,
    TooLong,
    TooManyShifts,
)

FURTHEST_DAYS = 366  # how far ahead a day may lie
MOST_SHIFTS = 100  # made by one line

Hours = tuple[time, time]
"""Local start and end; end <= start means past midnight, so equal times mean a whole day."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a shift begins and ends: aware instants in UTC, start < end."""

    start: datetime
    end: datetime


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local time.

    In a clock-change gap it is the first instant after the gap, in an overlap the first of the two (PEP 495, fold=0).
    """
    local = datetime.combine(day, clock.replace(fold=0, tzinfo=None), tzinfo=zone)
    later = local.astimezone(UTC)
    if later.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return later
    # In a gap fold=1 gives an instant before the change and fold=0 one after it; the change lies between.
    before, after = local.replace(fold=1).astimezone(UTC), later
    offset_before = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset_before:
            before = middle
        else:
            after = middle
    return after


def span_of(day: date, hours: Hours, zone: ZoneInfo) -> Span:
    """Return the shift of these hours on this local day.

    Raises EndsBeforeItStarts when a clock change leaves nothing of it, TooLong when more than 24 hours really pass.
    """
    start_time, end_time = hours
    last_day = day if end_time > start_time else day + timedelta(days=1)
    span = Span(instant(day, start_time, zone), instant(last_day, end_time, zone))
    if span.end <= span.start:
        raise EndsBeforeItStarts(f"{start_time:%H:%M}-{end_time:%H:%M}")
    if span.end - span.start > LONGEST_SHIFT:
        raise TooLong(span.end - span.start, LONGEST_SHIFT)
    return span


def shift_spans(
    days: Sequence[date], hours: Sequence[Hours], *, now: datetime, zone: ZoneInfo, leave_out_past: bool = False
) -> tuple[Span, ...]:
    """Return one span per day and hours, in the order of their start.

    Raises InThePast for a span that has started already (or leaves it out if told to), Contradictory for the same span
    twice, TooManyShifts, and what `check_day` and `span_of` raise.
    """
    if len(days) * len(hours) > MOST_SHIFTS:
        raise TooManyShifts(len(days) * len(hours), MOST_SHIFTS)
    spans: list[Span] = []
    for day in days:
        check_day(day, now=now, zone=zone)
        for each in hours:
            span = span_of(day, each, zone)
            if span.start >= now:
                spans.append(span)
            elif not leave_out_past:
                raise InThePast(day)
    spans.sort(key=lambda span: (span.start, span.end))
    for one, following in pairwise(spans):
        if one == following:
            start = one.start.astimezone(zone)
            raise Contradictory(f"{start:%Y-%m-%d %H:%M}")
    return tuple(spans)


def check_day(day: date, *, now: datetime, zone: ZoneInfo) -> None:
    """Raise InThePast or TooFarAhead unless the local day lies between today and FURTHEST_DAYS ahead."""
    today = now.astimezone(zone).date()
    last = today + timedelta(days=FURTHEST_DAYS)
    if day < today:
        raise InThePast(day)
    if day > last:
        raise TooFarAhead(day, last)
