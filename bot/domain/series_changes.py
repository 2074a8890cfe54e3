"""What somebody wants to be different about a series from a day on, as the pattern that is valid from then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.day_rules import days_said
from bot.domain.ids import CheckpointId
from bot.domain.life_errors import RolesDecide
from bot.domain.series import DAILY, Pattern, Series, slots_of, weekly
from bot.domain.shifts import checked_places
from bot.domain.when import Hours, Repetition


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWish:
    """What shall be different from a local day on; None or empty leaves a thing as it is."""

    from_day: date
    repetition: Repetition | None = None
    hours: tuple[Hours, ...] = ()
    checkpoint_id: CheckpointId | None = None
    needed: int | None = None
    capacity: int | None = None


def pattern_from(series: Series, wish: SeriesWish) -> Pattern:
    """Return the pattern that a wish makes of the one that was valid that day.

    Hours that stay keep their shifts, those that change keep them in order; every second week goes on from where it was
    counted, unless the days are others. Raises TimeInvalid, PlacesInvalid, and RolesDecide where roles say how many.
    """
    base = _base(series, wish.from_day)
    needed, capacity = _places(base, wish)
    rule, anchor = _days(base, wish)
    return replace(
        base,
        from_day=max(wish.from_day, series.first),
        rule=rule,
        anchor=anchor,
        slots=slots_of(wish.hours, base.slots, last_key=series.last_key) if wish.hours else base.slots,
        checkpoint_id=wish.checkpoint_id or base.checkpoint_id,
        needed=needed,
        capacity=capacity,
    )


def differs(series: Series, wish: SeriesWish) -> bool:
    """Say whether the wish changes anything. Raises what `pattern_from` raises."""
    base = _base(series, wish.from_day)
    return replace(pattern_from(series, wish), from_day=base.from_day) != base


def _base(series: Series, day: date) -> Pattern:
    before = series.patterns[0] if day < series.first else series.patterns[-1]
    return series.pattern_of(day) or before


def _places(base: Pattern, wish: SeriesWish) -> tuple[int, int]:
    if wish.needed is None and wish.capacity is None:
        return base.needed, base.capacity
    if base.roles:
        raise RolesDecide
    return checked_places(wish.needed, wish.capacity)


def _days(base: Pattern, wish: SeriesWish) -> tuple[str, date]:
    said = wish.repetition
    if said is None or (tuple(sorted(said.weekdays)), said.every) == days_said(base.rule):
        return base.rule, base.anchor
    weekdays = sorted(said.weekdays)
    first = (wish.from_day + timedelta(days=n) for n in range(7))
    anchor = next(day for day in first if day.weekday() in weekdays)
    daily = len(weekdays) == 7 and said.every == 1
    return (DAILY if daily else weekly(weekdays, every=said.every)), anchor
