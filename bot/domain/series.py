"""Series: shifts that come again by a rule, in the community's local time, made some weeks ahead.

A series is a list of patterns, each valid from its first day until the next one's. To change "this and following" is to
add a pattern, to change "all" is to replace them. Every generated shift has an id that follows from series, day and
slot; so making them twice changes nothing, and a changed shift is the same shift with the same people on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import life_events
from bot.domain.events import Event, Fact
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, SeriesId, TeamId
from bot.domain.life_errors import NotInSeries, PeriodInvalid, RuleInvalid, SeriesOver, TimeInvalid
from bot.domain.lifecycle import step
from bot.domain.roles import ShiftRole, checked_roles, sums
from bot.domain.shifts import LONGEST_SHIFT, MOST_PLACES, checked_places

MOST_SLOTS = 12  # in one day
MOST_SLOT_KEYS = 31  # in the life of a series: a slot's key is one letter of its shifts' ids
LONGEST_SKIP_REASON = 100  # characters

DAILY = "FREQ=DAILY"
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = r"(?:-?[1-9]|-?[12]\d|-?3[01])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY",
    "INTERVAL": r"[1-9]|[1-4]\d|5[0-3]",
    "WKST": "MO|SU",
    "BYDAY": rf"{_DAY}(?:,{_DAY}){{0,6}}",
    "BYMONTHDAY": rf"{_MONTHDAY}(?:,{_MONTHDAY}){{0,30}}",
}


_ALLOWED = {
    "DAILY": frozenset({"FREQ", "INTERVAL"}),
    "WEEKLY": frozenset({"FREQ", "INTERVAL", "WKST", "BYDAY"}),
    "MONTHLY": frozenset(_PARTS),
}


class SeriesState(StrEnum):
    """The life of a series."""

    RUNNING = "running"
    ENDED = "ended"


MOVES: dict[SeriesState | None, frozenset[SeriesState]] = {
    None: frozenset({SeriesState.RUNNING}),
    SeriesState.RUNNING: frozenset({SeriesState.ENDED}),
    SeriesState.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSlot:
    """One shift of a day: local hours, end <= start meaning past midnight. `key` stays when the hours change."""

    key: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a series makes from a local day on.

    `rule` is an RFC 5545 RRULE of days, counted from `anchor` (which tells one second Saturday from the other).
    """

    from_day: date
    anchor: date
    rule: str
    slots: tuple[SeriesSlot, ...]
    checkpoint_id: CheckpointId
    needed: int
    capacity: int
    roles: tuple[ShiftRole, ...] = ()
    team_id: TeamId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A local day that a series leaves out: a holiday, a storm."""

    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of shifts at one checkpoint.

    `patterns` are in order of their first day. `until` is the last day, None for open-ended; `made_until` the first
    day for which no shifts were generated yet. `last_key` is the highest key that any slot ever had.
    """

    id: SeriesId
    community_id: CommunityId
    checkpoint_id: CheckpointId
    batch_id: BatchId
    patterns: tuple[Pattern, ...]
    until: date | None = None
    skipped: tuple[Skip, ...] = ()
    last_key: int = -1
    state: SeriesState = SeriesState.RUNNING
    made_until: date | None = None
    made_by: PersonId
    made_at: datetime
    version: int = 0

    @property
    def first(self) -> date:
        """The first local day of the series."""
        return self.patterns[0].from_day

    def pattern_of(self, day: date) -> Pattern | None:
        """Return the pattern that is valid on a local day, or None before the first and after the last."""
        if self.until is not None and day > self.until:
            return None
        return next((p for p in reversed(self.patterns) if p.from_day <= day), None)

    def skips(self, day: date) -> bool:
        """Say whether the day is left out."""
        return any(s.day == day for s in self.skipped)


def weekly(days: Sequence[int], *, every: int = 1) -> str:
    """Return the rule for weekdays (0 is Monday), every so many weeks."""
    by_day = ",".join(_DAYS[d] for d in sorted(set(days)))
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={by_day}" if every > 1 else f"FREQ=WEEKLY;BYDAY={by_day}"


def slots_of(
    hours: Sequence[tuple[time, time]], earlier: Sequence[SeriesSlot] = (), *, last_key: int = -1
) -> tuple[SeriesSlot, ...]:
    """Return slots for these local hours. Hours that were there before keep their key; so do, in order, those changed.

    `last_key` is the highest that the series ever used: a key is never given to other hours later on. Raises
    TimeInvalid when there are none, too many, or one twice.
    """
    wanted = sorted(set(hours))
    last = max([last_key, *(s.key for s in earlier)])
    by_hours = {(s.start, s.end): s.key for s in earlier}
    kept = {each: by_hours[each] for each in wanted if each in by_hours}
    free = [s.key for s in sorted(earlier, key=lambda s: (s.start, s.end)) if s.key not in kept.values()]
    slots: list[SeriesSlot] = []
    for start, end in wanted:
        if (start, end) in kept:
            key = kept[start, end]
        elif free:
            key = free.pop(0)
        else:
            last += 1
            key = last
        slots.append(SeriesSlot(key=key, start=start, end=end))
    if not 0 < len(wanted) == len(hours) <= MOST_SLOTS or last > MOST_SLOT_KEYS:
        raise TimeInvalid(int(LONGEST_SHIFT.total_seconds()) // 3600)
    return tuple(slots)


def checked_rule(rule: str) -> str:
    """Return the rule in one spelling. Only rules of days are taken: how often, which days, counted from when.

    Raises RuleInvalid. When a series ends is its own matter (`until`), and hours are its slots'.
    """
    parts: dict[str, str] = {}
    for part in rule.upper().replace(" ", "").removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name in parts or not re.fullmatch(_PARTS.get(name, r"(?!)"), value):
            raise RuleInvalid
        parts[name] = value
    allowed = _ALLOWED.get(parts.get("FREQ", ""), frozenset())
    numbered = parts.get("FREQ") == "WEEKLY" and re.search(r"\d", parts.get("BYDAY", ""))
    if not parts.keys() <= allowed or numbered:
        raise RuleInvalid
    return ";".join(f"{name}={parts[name]}" for name in _PARTS if name in parts)


def new_series(
    id_: SeriesId,
    batch_id: BatchId,
    community_id: CommunityId,
    pattern: Pattern,
    *,
    until: date | None,
    by: PersonId,
    now: datetime,
) -> tuple[Series, list[Event]]:
    """Begin a series. Raises RuleInvalid, PlacesInvalid, RolesInvalid, PeriodInvalid."""
    pattern = checked_pattern(pattern)
    if until is not None and until < pattern.from_day:
        raise PeriodInvalid
    series = Series(
        id=id_,
        community_id=community_id,
        checkpoint_id=pattern.checkpoint_id,
        batch_id=batch_id,
        patterns=(pattern,),
        until=until,
        last_key=_last_key(pattern),
        made_by=by,
        made_at=now,
    )
    return series, [_event(life_events.SeriesMade, series, by)]


def checked_pattern(pattern: Pattern) -> Pattern:
    """Return the pattern with its rule in one spelling and its numbers agreed. Raises what `new_series` does."""
    roles = checked_roles(pattern.roles, most_places=MOST_PLACES)
    needed, capacity = sums(roles) if roles else checked_places(pattern.needed, pattern.capacity)
    return replace(pattern, rule=checked_rule(pattern.rule), roles=roles, needed=needed, capacity=capacity)


def change_from(series: Series, pattern: Pattern, *, by: PersonId) -> tuple[Series, list[Event]]:
    """Change this and all following: the pattern is valid from its first day on, whatever was to come later is dropped.

    A first day before the series' own changes all of it. Raises SeriesOver and what `new_series` raises.
    """
    _check_running(series)
    pattern = checked_pattern(pattern)
    if series.until is not None and pattern.from_day > series.until:
        raise SeriesOver
    before = tuple(p for p in series.patterns if p.from_day < pattern.from_day)
    first = min(pattern.from_day, series.first) if not before else pattern.from_day
    changed = replace(
        series,
        patterns=(*before, replace(pattern, from_day=first)),
        checkpoint_id=pattern.checkpoint_id,
        last_key=max(series.last_key, _last_key(pattern)),
    )
    return changed, [_event(life_events.SeriesChanged, changed, by, from_day=first.isoformat())]


def end_after(series: Series, last: date, *, by: PersonId) -> tuple[Series, list[Event]]:
    """Let a local day be the last; shifts after it are to be called off. Raises SeriesOver."""
    _check_running(series)
    ended = replace(series, until=last, state=step(MOVES, series.state, SeriesState.ENDED))
    return ended, [_event(life_events.SeriesEnded, ended, by, from_day=(last + timedelta(days=1)).isoformat())]


def skip_day(series: Series, day: date, *, reason: str, by: PersonId) -> tuple[Series, list[Event]]:
    """Leave a local day out; its shifts are to be called off, and their people told. Raises SeriesOver, NotInSeries."""
    if series.pattern_of(day) is None:
        raise NotInSeries(day)
    _check_running(series)
    if series.skips(day):
        return series, []
    skip = Skip(day=day, reason=" ".join(reason.split())[:LONGEST_SKIP_REASON])
    skipped = replace(series, skipped=tuple(sorted((*series.skipped, skip), key=lambda s: s.day)))
    return skipped, [_event(life_events.DaySkipped, skipped, by, day=day.isoformat(), reason=skip.reason)]


def restore_day(series: Series, day: date, *, by: PersonId) -> tuple[Series, list[Event]]:
    """Leave a day out no longer; its shifts are to be reopened, with nobody on them. Raises SeriesOver, NotInSeries."""
    _check_running(series)
    if not series.skips(day):
        raise NotInSeries(day)
    restored = replace(series, skipped=tuple(s for s in series.skipped if s.day != day))
    return restored, [_event(life_events.DayRestored, restored, by, day=day.isoformat())]


def _last_key(pattern: Pattern) -> int:
    return max((s.key for s in pattern.slots), default=-1)


def _check_running(series: Series) -> None:
    if series.state is SeriesState.ENDED:
        raise SeriesOver


E = TypeVar("E", bound=life_events.OnSeries)


def _event(kind: type[E], series: Series, by: PersonId | None, **more: Fact) -> E:
    return kind(
        community_id=series.community_id,
        actor=by,
        series_id=series.id,
        checkpoint_id=series.checkpoint_id,
        **more,
    )
