"""Standing commitments: "every Tuesday 8 to 12 is mine". Generated shifts are claimed ahead, and released singly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain import life_events
from bot.domain.assignments import Assignment, Roster
from bot.domain.commitment_events import CommitmentTouched
from bot.domain.errors import DomainError
from bot.domain.events import Event, Fact
from bot.domain.ids import CommitmentId, CommunityId, PersonId, SeriesId
from bot.domain.life_errors import AlreadyCommitted, CommitmentOver, NotInSeries, PeriodInvalid, SeriesOver
from bot.domain.lifecycle import step
from bot.domain.roles import UNNAMED
from bot.domain.series import Pattern, Series, SeriesState
from bot.domain.shifts import Shift, check_open, on_person, place

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class CommitmentState(StrEnum):
    """The life of a commitment; a pause is a stretch of days in it, not a state."""

    ACTIVE = "active"
    ENDED = "ended"


MOVES: dict[CommitmentState | None, frozenset[CommitmentState]] = {
    None: frozenset({CommitmentState.ACTIVE}),
    CommitmentState.ACTIVE: frozenset({CommitmentState.ENDED}),
    CommitmentState.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Local days, both included, on which somebody does not come."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One person's place in one slot of a series, on some weekdays (0 is Monday), from a local day on.

    `until` is the last day, None for until further notice.
    """

    id: CommitmentId
    community_id: CommunityId
    series_id: SeriesId
    person_id: PersonId
    slot: int
    weekdays: tuple[int, ...] = EVERY_DAY
    role: str = UNNAMED
    from_day: date
    until: date | None = None
    pauses: tuple[Pause, ...] = ()
    state: CommitmentState = CommitmentState.ACTIVE
    made_at: datetime
    version: int = 0

    def wants(self, shift: Shift) -> bool:
        """Say whether the shift is one of those that the person has committed to."""
        day = shift.day
        if day is None or shift.series_id != self.series_id or shift.slot != self.slot:
            return False
        inside = self.from_day <= day and (self.until is None or day <= self.until)
        return inside and day.weekday() in self.weekdays and not any(p.first <= day <= p.last for p in self.pauses)


def commit(
    id_: CommitmentId,
    series: Series,
    person_id: PersonId,
    *,
    slot: int,
    weekdays: Sequence[int] = EVERY_DAY,
    role: str = UNNAMED,
    from_day: date,
    existing: Iterable[Commitment],
    by: PersonId,
    now: datetime,
) -> tuple[Commitment, list[Event]]:
    """Take a place in every shift of a slot. `existing` are the person's commitments.

    Raises SeriesOver, NotInSeries when the series has no such slot then, AlreadyCommitted.
    """
    if series.state is SeriesState.ENDED:
        raise SeriesOver
    pattern = series.pattern_of(max(from_day, series.first))
    if pattern is None or slot not in [s.key for s in pattern.slots] or not weekdays:
        raise NotInSeries(from_day)
    if any(_same(c, series.id, slot, weekdays, from_day) for c in existing):
        raise AlreadyCommitted
    commitment = Commitment(
        id=id_,
        community_id=series.community_id,
        series_id=series.id,
        person_id=person_id,
        slot=slot,
        weekdays=tuple(sorted(set(weekdays))),
        role=role,
        from_day=from_day,
        made_at=now,
    )
    return commitment, [_event(life_events.CommitmentMade, commitment, series, by)]


def pause(
    commitment: Commitment, series: Series, first: date, last: date, *, today: date, by: PersonId
) -> tuple[Commitment, list[Event]]:
    """Do not come from one local day to another; places claimed ahead in between are to be released.

    Raises CommitmentOver, PeriodInvalid.
    """
    if commitment.state is CommitmentState.ENDED:
        raise CommitmentOver
    if last < first or last < today:
        raise PeriodInvalid
    paused = replace(commitment, pauses=(*commitment.pauses, Pause(first=first, last=last)))
    facts = {"first": first.isoformat(), "last": last.isoformat()}
    return paused, [_event(life_events.CommitmentPaused, paused, series, by, **facts)]


def end(commitment: Commitment, series: Series, last: date, *, by: PersonId) -> tuple[Commitment, list[Event]]:
    """Let a local day be the last; places claimed ahead after it are to be released. Raises CommitmentOver."""
    if commitment.state is CommitmentState.ENDED:
        raise CommitmentOver
    ended = replace(commitment, until=last, state=step(MOVES, commitment.state, CommitmentState.ENDED))
    return ended, [_event(life_events.CommitmentEnded, ended, series, by)]


def touched(commitments: Iterable[Commitment], before: Series, after: Series) -> list[Commitment]:
    """Return the active commitments whose hours a change of their series moves or drops: their people are asked."""
    last = after.patterns[-1]
    old = before.pattern_of(max(last.from_day, before.first)) or before.patterns[-1]
    hours = {s.key: (s.start, s.end) for s in old.slots}
    fresh = {s.key: (s.start, s.end) for s in last.slots}
    active = (c for c in commitments if c.state is CommitmentState.ACTIVE)
    return [c for c in active if hours.get(c.slot) != fresh.get(c.slot)]


def told_of_change(commitments: Iterable[Commitment], before: Series, after: Series, *, by: PersonId) -> list[Event]:
    """Return whose hours a change of their series moves or drops, with the hours as they were and as they are."""
    last = after.patterns[-1]
    old = before.pattern_of(max(last.from_day, before.first)) or before.patterns[-1]
    return [
        _event(
            CommitmentTouched,
            c,
            after,
            by,
            day=last.from_day.isoformat(),
            before=_hours(old, c.slot),
            after=_hours(last, c.slot),
        )
        for c in touched(commitments, before, after)
    ]


def hours_of(series: Series, slot: int) -> str:
    """Return the local hours that a slot has from now on, such as '08:00-12:00'; empty when there are none any more."""
    return _hours(series.patterns[-1], slot)


def _hours(pattern: Pattern, slot: int) -> str:
    return next((f"{s.start:%H:%M}-{s.end:%H:%M}" for s in pattern.slots if s.key == slot), "")


def preclaim(
    shift: Shift,
    roster: Roster,
    commitments: Iterable[Commitment],
    held: Mapping[PersonId, Sequence[Assignment]],
    *,
    first_turn: int,
    now: datetime,
) -> tuple[list[Assignment], list[Event]]:
    """Claim a shift for those committed to it, in the order in which they committed.

    `held` has, for each, what they hold around that time, and their row for this shift in whatever state: whoever has
    one was here before (and perhaps gave it back), and is not claimed for again. Who cannot have the place is told.
    `first_turn` is a fresh turn; as many as there are commitments may be used from it on.
    """
    check_open(shift, now)
    claimed: list[Assignment] = []
    told: list[Event] = []
    wanting = sorted((c for c in commitments if c.wants(shift)), key=lambda c: (c.made_at, c.id))
    for number, commitment in enumerate(wanting):
        person = commitment.person_id
        theirs = held.get(person, ())
        if roster.find(person) is not None or any(a.shift_id == shift.id for a in theirs):
            continue
        try:
            mine = place(shift, roster, person, theirs, role=commitment.role, turn=first_turn + number, now=now)
        except DomainError as refusal:
            told.append(failed(shift, commitment, refusal))
            continue
        claimed.append(replace(mine, commitment_id=commitment.id))
        roster = roster.after(claimed[-1])
        told.append(on_person(life_events.PlacePreclaimed, shift, person, actor=None, commitment_id=commitment.id))
    return claimed, told


def failed(shift: Shift, commitment: Commitment, refusal: DomainError) -> Event:
    """Return that a shift could not be claimed for somebody, and what was in the way."""
    return on_person(
        life_events.PreclaimFailed,
        shift,
        commitment.person_id,
        actor=None,
        commitment_id=commitment.id,
        why=type(refusal).__name__,
    )


def _same(commitment: Commitment, series_id: SeriesId, slot: int, weekdays: Sequence[int], from_day: date) -> bool:
    """Say whether a commitment is to the same slot, on some of the same days."""
    if commitment.state is CommitmentState.ENDED or (commitment.series_id, commitment.slot) != (series_id, slot):
        return False
    lasts = commitment.until is None or commitment.until >= from_day
    return lasts and not set(commitment.weekdays).isdisjoint(weekdays)


def _event(
    kind: type[life_events.OnCommitment], commitment: Commitment, series: Series, by: PersonId, **more: Fact
) -> Event:
    return kind(
        community_id=commitment.community_id,
        actor=by,
        series_id=commitment.series_id,
        checkpoint_id=series.checkpoint_id,
        commitment_id=commitment.id,
        person_id=commitment.person_id,
        **more,
    )
