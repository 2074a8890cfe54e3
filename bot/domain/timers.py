"""Timers: what falls due, when, and for how long it is of use.

The row is the truth; whatever rings only looks at the rows. A timer's id follows from what it is about, so planning
the same thing twice plans it once. Before a timer does anything, the world is looked at again
(`bot.services.timers`). From an event follow, purely, the timers that are planned and those that are ended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import events, life_events
from bot.domain.assignments import assignment_id
from bot.domain.days import local_day
from bot.domain.events import Fact
from bot.domain.ids import CommunityId, PersonId
from bot.domain.policies import (
    ASK_COMING,
    CLOSE_LINE,
    GENERATE,
    POLICIES,
    REPLAN,
    SHIFT_REMINDER,
    SKILLS_END,
    STATEMENT,
    UPKEEP,
)
from bot.domain.shifts import Shift
from bot.domain.when.local import instant
from bot.domain.when.recurring import next_daily
from bot.domain.wishes import Terms

STATED_AT, STATED_WITHIN = time(9, 0), timedelta(days=3)  # local, on the 1st
PLACE_KINDS = (SHIFT_REMINDER, ASK_COMING)  # what falls due for one person's place on a shift


class TimerState(StrEnum):
    """The life of a timer; one that is finished is planned again only when what it is about has changed."""

    PENDING = "pending"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    FAILED = "failed"


MOVES: dict[TimerState | None, frozenset[TimerState]] = {
    None: frozenset({TimerState.PENDING}),
    TimerState.PENDING: frozenset({TimerState.DONE, TimerState.MISSED, TimerState.CANCELLED, TimerState.FAILED}),
    TimerState.DONE: frozenset({TimerState.PENDING}),
    TimerState.MISSED: frozenset({TimerState.PENDING}),
    TimerState.CANCELLED: frozenset({TimerState.PENDING}),
    TimerState.FAILED: frozenset({TimerState.PENDING}),
}


NIGHTLY: dict[str, time] = {
    UPKEEP: time(3, 0),
    REPLAN: time(3, 10),
    GENERATE: time(3, 20),
    SKILLS_END: time(10, 0),
}  # by each community's own clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something that falls due. `id` is '<subject>/<kind>', with '/<step>' where a subject has several of a kind.

    `subject` is what it is about: a key that begins with the community's id. `person_id` is whom it concerns, if
    anybody. After `useful_until` it is recorded as missed and does nothing. `reason` says why it ended without effect.
    """

    id: str
    community_id: CommunityId
    kind: str
    subject: str
    person_id: PersonId | None = None
    due: datetime
    useful_until: datetime | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    state: TimerState = TimerState.PENDING
    ended_at: datetime | None = None
    reason: str = ""
    version: int = 0


def new_timer(
    kind: str,
    community_id: CommunityId,
    subject: str,
    due: datetime,
    *,
    step: str = "",
    person_id: PersonId | None = None,
    useful_until: datetime | None = None,
    **facts: Fact,
) -> Timer:
    """Return the timer of that kind for that subject; `step` tells several of one kind apart."""
    return Timer(
        id=f"{subject}/{kind}/{step}" if step else f"{subject}/{kind}",
        community_id=community_id,
        kind=kind,
        subject=subject,
        person_id=person_id,
        due=due,
        useful_until=useful_until,
        facts=facts,
    )


def planned(wanted: Timer, there: Timer | None, now: datetime) -> Timer | None:
    """Return the row to save so that `wanted` is planned, or None if what is `there` may stay as it is.

    One that is pending takes over the new time. One that ended is planned again only if it was cancelled, or if it was
    about something else (other facts). Nothing is planned that falls due sooner than its kind's `ahead`.
    """
    if there is not None and there.state is TimerState.PENDING:
        return None if stands(wanted, there) else replace(wanted, version=there.version)
    if wanted.due < now + POLICIES[wanted.kind].ahead:
        return None
    if there is None:
        return wanted
    if there.state is TimerState.CANCELLED or there.facts != wanted.facts:
        return replace(wanted, version=there.version)
    return None


def stands(wanted: Timer, there: Timer | None) -> bool:
    """Say whether what is `there` waits, and for exactly what is `wanted`."""
    if there is None or there.state is not TimerState.PENDING:
        return False
    return (there.due, there.useful_until, there.facts) == (wanted.due, wanted.useful_until, wanted.facts)


def ended(timer: Timer, state: TimerState, now: datetime, reason: str = "") -> Timer:
    """Return the timer as it ended at that instant."""
    if state not in MOVES[timer.state]:
        message = f"no move from {timer.state} to {state}"
        raise ValueError(message)
    return replace(timer, state=state, ended_at=now, reason=reason)


def again(timer: Timer, due: datetime, **facts: Fact) -> Timer:
    """Return the timer as it goes on at a later instant, with its facts brought up to date."""
    return replace(timer, due=due, facts={**timer.facts, **facts})


def is_due(timer: Timer, now: datetime) -> bool:
    """Say whether the timer waits and its time has come."""
    return timer.state is TimerState.PENDING and timer.due <= now


def too_late(timer: Timer, now: datetime) -> bool:
    """Say whether the timer is of no use any more."""
    return timer.useful_until is not None and now >= timer.useful_until


def place_timers(shift: Shift, person_id: PersonId, terms: Terms) -> list[Timer]:
    """Return everything that shall fall due for a person who has a place on the shift."""
    reminders = terms.reminders(shift.start)
    questions = terms.questions_after(reminders, shift.start)
    return [
        *(_of_place(SHIFT_REMINDER, shift, person_id, *each) for each in reminders),
        *(_of_place(ASK_COMING, shift, person_id, *each) for each in questions),
    ]


def _of_place(kind: str, shift: Shift, person_id: PersonId, step: str, due: datetime) -> Timer:
    return new_timer(
        kind,
        shift.community_id,
        assignment_id(shift.id, person_id),
        due,
        step=step,
        person_id=person_id,
        useful_until=shift.start,
        shift_id=shift.id,
        start=shift.start.isoformat(),
    )


def line_timer(shift: Shift) -> Timer:
    """Return what falls due when a shift begins for which somebody waits."""
    return new_timer(CLOSE_LINE, shift.community_id, shift.id, shift.start, start=shift.start.isoformat())


def nightly_timers(community_id: CommunityId, zone: ZoneInfo, now: datetime) -> list[Timer]:
    """Return the next night's work of a community: one timer for each kind and local day."""
    found = []
    for kind, at in NIGHTLY.items():
        day, due = next_daily(at, zone, after=now)
        found.append(_nightly(kind, community_id, day, due))
    return [*found, _statement(community_id, zone, now)]


def _statement(community_id: CommunityId, zone: ZoneInfo, now: datetime) -> Timer:
    """Return when the month's hours are sent next: on the 1st, by day, when nobody sleeps."""
    first = local_day(now, zone).replace(day=1)
    due = instant(first, STATED_AT, zone)
    if due <= now:
        first = (first + timedelta(days=31)).replace(day=1)
        due = instant(first, STATED_AT, zone)
    month = first - timedelta(days=1)
    return new_timer(
        STATEMENT,
        community_id,
        community_id,
        due,
        step=f"{month:%Y-%m}",
        useful_until=due + STATED_WITHIN,
        month=f"{month:%Y-%m}",
    )


def _nightly(kind: str, community_id: CommunityId, day: date, due: datetime) -> Timer:
    return new_timer(kind, community_id, community_id, due, step=day.isoformat())


# Events after which a person has a place, and those after which a subject has lost its timers.
GIVES_PLACE = (
    events.ShiftClaimed,
    events.PersonAssigned,
    life_events.OfferAccepted,
    life_events.PlacePreclaimed,
    life_events.CoverTaken,
    life_events.CoverUndone,
)
_ENDS: dict[type[events.Event], Callable[..., str]] = {
    events.ShiftReleased: lambda event: assignment_id(event.shift_id, event.person_id),
    events.PersonRemoved: lambda event: assignment_id(event.shift_id, event.person_id),
    life_events.CoverTaken: lambda event: assignment_id(event.shift_id, event.person_id),
    life_events.CoverUndone: lambda event: assignment_id(event.shift_id, event.cover_id),
    life_events.OfferAccepted: lambda event: assignment_id(event.shift_id, event.person_id),
    life_events.OfferPassed: lambda event: assignment_id(event.shift_id, event.person_id),
    life_events.OfferWithdrawn: lambda event: assignment_id(event.shift_id, event.person_id),
    events.AssignmentCancelled: lambda event: assignment_id(event.shift_id, event.person_id),
    events.ShiftCalledOff: lambda event: str(event.shift_id),
    events.ShiftUnmade: lambda event: str(event.shift_id),
}


def holder_of(event: events.Event) -> PersonId | None:
    """Return who has a place because of the event, or None."""
    if isinstance(event, life_events.CoverTaken):
        return event.cover_id
    return event.person_id if isinstance(event, GIVES_PLACE) else None


def timers_for(event: events.Event, shift: Shift | None, terms: Terms, now: datetime) -> list[Timer]:
    """Return what an event lets fall due.

    `shift` is the event's own, None where it is about none or that is gone; `terms` are those of its `holder_of`.
    """
    holder = holder_of(event)
    if holder is not None and shift is not None:
        return place_timers(shift, holder, terms)
    if isinstance(event, events.WaitlistJoined) and shift is not None:
        return [line_timer(shift)]
    if (isinstance(event, events.CommunitySetUp) and event.ready) or (
        isinstance(event, events.RuleAgreed) and event.timed
    ):
        return [new_timer(REPLAN, event.community_id, event.community_id, now, after=now.isoformat())]
    return []


def ended_by(event: events.Event) -> str | None:
    """Return the subject whose timers an event ends, or None."""
    find = _ENDS.get(type(event))
    return None if find is None else find(event)


def plans(event: events.Event) -> bool:
    """Say whether the event may let anything fall due, and so whether its shift is worth looking up."""
    return isinstance(event, (*GIVES_PLACE, events.WaitlistJoined, events.CommunitySetUp, events.RuleAgreed))
