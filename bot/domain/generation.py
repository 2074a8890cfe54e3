"""From a series to its shifts: what is to be made, changed, called off or reopened, so that both agree.

Pure and repeatable: applied once, a second look finds nothing to do. Only what has not started is touched. A shift that
was edited by itself is passed by, until its day is skipped or the series ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain import events
from bot.domain.changes import Change
from bot.domain.ids import SeriesId, ShiftId
from bot.domain.series import Pattern, Series, SeriesSlot
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.domain.when.local import instant

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # as in the ids that `bot.ports.ids` makes
_FIRST_DAY = date(2020, 1, 1)  # days are counted from here in ids; three letters last until 2109

DaysOf = Callable[[str, date, date, date], Sequence[date]]
"""`bot.ports.recurrence.Recurrence.days`."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One shift as its series wants it."""

    id: ShiftId
    day: date
    slot: SeriesSlot
    pattern: Pattern
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Differences:
    """What to do so that the shifts agree with their series, through `bot.domain.changes`.

    First `reopen`, then `change`: a shift may need both.
    """

    make: tuple[Shift, ...] = ()
    change: tuple[tuple[Shift, Change], ...] = ()
    call_off: tuple[Shift, ...] = ()
    reopen: tuple[Shift, ...] = ()

    @property
    def none(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.make or self.change or self.call_off or self.reopen)


def shift_id(series_id: SeriesId, day: date, key: int) -> ShiftId:
    """Return the id of a series' shift on a local day: the series', three letters for the day, one for the slot."""
    number = (day - _FIRST_DAY).days
    letters = "".join(_LETTERS[(number >> bits) & 31] for bits in (10, 5, 0))
    return ShiftId(f"{series_id}{letters}{_LETTERS[key]}")


def planned(series: Series, begin: date, end: date, days_of: DaysOf, zone: ZoneInfo) -> list[Planned]:
    """Return every shift that the series wants on the local days [begin, end), by start.

    In a clock-change gap a time is the first instant after it, in an overlap the first of the two; a slot of which
    nothing is left is left out, one that would last longer than a shift can is cut.
    """
    found: list[Planned] = []
    for number, pattern in enumerate(series.patterns):
        following = series.patterns[number + 1].from_day if number + 1 < len(series.patterns) else end
        last = end if series.until is None else min(end, series.until + timedelta(days=1))
        first, last = max(begin, pattern.from_day), min(last, following)
        if first < last:
            for day in days_of(pattern.rule, pattern.anchor, first, last):
                if not series.skips(day):
                    found += _planned(series.id, day, pattern, zone)
    return sorted(found, key=lambda p: (p.start, p.id))


def horizon(series: Series, days: int, zone: ZoneInfo, now: datetime) -> tuple[date, date]:
    """Return the local days [today, today + days) that are to be generated, from the series' first on."""
    today = now.astimezone(zone).date()
    return max(today, series.first), today + timedelta(days=days)


def differences(series: Series, wanted: Iterable[Planned], there: Sequence[Shift], *, now: datetime) -> Differences:
    """Compare what a series wants with what there is.

    `there` are the shifts of the series for the days looked at, and all others that begin then at its checkpoint: where
    somebody made an open shift of the same checkpoint and time by hand, the series makes none beside it.
    """
    mine, by_id = {s.id: s for s in there if s.series_id == series.id}, {p.id: p for p in wanted}
    ahead = [s for s in mine.values() if s.start > now]
    pairs = [(s, p) for s in ahead if not s.edited and (p := by_id.get(s.id)) is not None and p.start > now]
    changes = ((s, _change(s, p)) for s, p in pairs)
    return Differences(
        make=_missing(series, by_id.values(), mine, there, now),
        change=tuple((s, change) for s, change in changes if change is not None),
        call_off=tuple(filter(partial(_unwanted, series), (s for s in ahead if s.id not in by_id))),
        reopen=tuple(s for s, _ in pairs if not _open(s)),
    )


def made_events(shifts: Iterable[Shift]) -> list[events.Event]:
    """Return what is to be logged of generated shifts."""
    return [
        events.ShiftMade(
            community_id=s.community_id,
            actor=None,
            shift_id=s.id,
            checkpoint_id=s.checkpoint_id,
            batch_id=s.batch_id,
        )
        for s in shifts
    ]


def _planned(series_id: SeriesId, day: date, pattern: Pattern, zone: ZoneInfo) -> list[Planned]:
    found: list[Planned] = []
    for slot in pattern.slots:
        last_day = day if slot.end > slot.start else day + timedelta(days=1)
        start, end = instant(day, slot.start, zone), instant(last_day, slot.end, zone)
        if start < end:
            end = min(end, start + LONGEST_SHIFT)
            found.append(Planned(shift_id(series_id, day, slot.key), day, slot, pattern, start, end))
    return found


def _missing(
    series: Series, wanted: Iterable[Planned], mine: Mapping[ShiftId, Shift], there: Sequence[Shift], now: datetime
) -> tuple[Shift, ...]:
    others = {(s.checkpoint_id, s.start, s.end) for s in there if s.series_id != series.id and _open(s)}
    fresh = [p for p in wanted if p.start > now and p.id not in mine]
    return tuple(_made(series, p, now) for p in fresh if (p.pattern.checkpoint_id, p.start, p.end) not in others)


def _made(series: Series, plan: Planned, now: datetime) -> Shift:
    return Shift(
        id=plan.id,
        community_id=series.community_id,
        checkpoint_id=plan.pattern.checkpoint_id,
        start=plan.start,
        end=plan.end,
        needed=plan.pattern.needed,
        capacity=plan.pattern.capacity,
        batch_id=series.batch_id,
        made_by=series.made_by,
        made_at=now,
        roles=plan.pattern.roles,
        team_id=plan.pattern.team_id,
        series_id=series.id,
        day=plan.day,
        slot=plan.slot.key,
    )


def _change(shift: Shift, plan: Planned) -> Change | None:
    pattern = plan.pattern
    change = Change(
        start=plan.start if plan.start != shift.start else None,
        end=plan.end if plan.end != shift.end else None,
        checkpoint_id=pattern.checkpoint_id if pattern.checkpoint_id != shift.checkpoint_id else None,
        needed=pattern.needed if pattern.needed != shift.needed else None,
        capacity=pattern.capacity if pattern.capacity != shift.capacity else None,
        roles=pattern.roles if pattern.roles != shift.roles else None,
    )
    return None if change == Change() else change


def _open(shift: Shift) -> bool:
    return shift.state is ShiftState.OPEN


def _unwanted(series: Series, shift: Shift) -> bool:
    """Say whether an open shift without a plan is to be called off: not if edited, while its day is served."""
    day = shift.day
    served = day is not None and not series.skips(day) and series.pattern_of(day) is not None
    return _open(shift) and not (shift.edited and served)
