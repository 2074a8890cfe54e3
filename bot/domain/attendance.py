"""Attendance: who was there. Hours are credited for what is confirmed here, and for nothing else.

A person checks in by a button, by the code at the checkpoint, or by the word of the lead, from some time before the
start. Where they were is asked at most as yes or no; nothing else of it is kept. A coordinator may correct what is
recorded, with a reason that stays in the history. Nobody is named in public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import duty_events as happened
from bot.domain.assignments import Assignment, Hold, Roster, moved, overlap
from bot.domain.errors import NotYours, ShiftCancelled, ShiftOverlaps
from bot.domain.events import Event
from bot.domain.ids import CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.life_errors import (
    AlreadyCheckedIn,
    CheckInOver,
    NobodyRelieves,
    NotCheckedIn,
    NothingCorrected,
    TooEarlyToCheckIn,
)
from bot.domain.lifecycle import step
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift, ShiftState, on_person, roomy_role

ASKED_AHEAD = timedelta(hours=36)  # from so long before the start one can say that one is coming
CLOSED_AFTER = timedelta(hours=2)  # so long after the end what nobody said is settled


class Presence(StrEnum):
    """How a place that was held is served; late and left early are marks on it."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    EXCUSED = "excused"


SETTLED = frozenset({Presence.COMPLETED, Presence.NO_SHOW, Presence.EXCUSED})
# Between the settled ones only a coordinator moves; from no-show to checked in, whoever comes after all.
MOVES: dict[Presence | None, frozenset[Presence]] = {
    None: frozenset({Presence.EXPECTED}),
    Presence.EXPECTED: frozenset({Presence.CHECKED_IN, *SETTLED}),
    Presence.CHECKED_IN: SETTLED,
    Presence.COMPLETED: SETTLED - {Presence.COMPLETED},
    Presence.NO_SHOW: (SETTLED | {Presence.CHECKED_IN}) - {Presence.NO_SHOW},
    Presence.EXCUSED: (SETTLED | {Presence.CHECKED_IN}) - {Presence.EXCUSED},
}


class How(StrEnum):
    """By what somebody checked in."""

    BUTTON = "button"
    CODE = "code"
    LEAD = "lead"


class Ending(StrEnum):
    """How an assignment ends: each in exactly one of these."""

    COMPLETED = "completed"
    NO_SHOW = "no_show"
    EXCUSED = "excused"
    RELEASED = "released"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a coordinator changed, and why."""

    at: datetime
    by: PersonId
    before: Presence
    after: Presence
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How one assignment was served; `id` is the assignment's. No row yet means expected.

    `start` and `end` are the shift's. `near` is whether the person was at the checkpoint, None if not asked. `stays`:
    they stay, or stayed, past the end for their relief. `assumed`: nobody told when they went, the end
    stands for it.
    """

    id: str
    community_id: CommunityId
    checkpoint_id: CheckpointId
    shift_id: ShiftId
    person_id: PersonId
    start: datetime
    end: datetime
    state: Presence = Presence.EXPECTED
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    how: How | None = None
    by: PersonId | None = None
    near: bool | None = None
    late: bool = False
    early: bool = False
    stays: bool = False
    assumed: bool = False
    corrections: tuple[Correction, ...] = ()
    version: int = 0

    @property
    def present(self) -> bool:
        """Whether the person is there now, as far as is known."""
        return self.state is Presence.CHECKED_IN


@dataclass(frozen=True, slots=True)
class Served:
    """What became of an attendance, of the place behind it (None: unchanged), and what happened."""

    attendance: Attendance
    assignment: Assignment | None
    events: tuple[Event, ...]


def expected(shift: Shift, assignment: Assignment) -> Attendance:
    """Return the attendance of a place nobody has said anything about."""
    return Attendance(
        id=assignment.id,
        community_id=shift.community_id,
        checkpoint_id=shift.checkpoint_id,
        shift_id=shift.id,
        person_id=assignment.person_id,
        start=shift.start,
        end=shift.end,
    )


def ending(assignment: Assignment, attendance: Attendance | None) -> Ending | None:
    """Return how an assignment ended, or None while it has not: waiting, held, or under way."""
    if assignment.hold in (Hold.ON, Hold.MISSED):
        settled = attendance is not None and attendance.state in SETTLED
        return Ending(attendance.state) if settled and attendance is not None else None
    ends = {Hold.RELEASED: Ending.RELEASED, Hold.REMOVED: Ending.RELEASED, Hold.CANCELLED: Ending.CANCELLED}
    return ends.get(assignment.hold)


def duty_of(shift: Shift, mine: Assignment, attendance: Attendance | None, rules: ShiftRules, now: datetime) -> str:
    """Return what a person can do, or has done, about the place that they hold: see `bot.domain.outcomes.Slot`."""
    if attendance is not None and attendance.state is not Presence.EXPECTED:
        return "there" if attendance.present else "done"
    if mine.hold is not Hold.ON or shift.state is ShiftState.CANCELLED or now >= shift.end:
        return ""
    if now >= shift.start - rules.checkin_opens:
        return "open"
    if mine.confirmed_at is not None and not mine.unanswered:
        return "coming"
    return "soon" if shift.start - now <= ASKED_AHEAD else ""


def check_in(
    attendance: Attendance,
    assignment: Assignment,
    shift: Shift,
    roster: Roster,
    *,
    held: Sequence[Assignment],
    how: How,
    by: PersonId,
    near: bool | None = None,
    rules: ShiftRules,
    now: datetime,
) -> Served:
    """Note that the person is there. Whoever was given up already may still come, while there is room.

    `held` are the person's places around that time. Raises ShiftCancelled, NotYours, TooEarlyToCheckIn, CheckInOver,
    AlreadyCheckedIn; for those who were given up also ShiftFull, RoleFull, ShiftOverlaps.
    """
    if shift.state is ShiftState.CANCELLED:
        raise ShiftCancelled(shift.start, shift.end)
    if assignment.hold not in (Hold.ON, Hold.MISSED):
        raise NotYours
    if now < shift.start - rules.checkin_opens:
        raise TooEarlyToCheckIn(shift.start - rules.checkin_opens)
    if attendance.present:
        raise AlreadyCheckedIn(attendance.checked_in_at or now)
    if now >= shift.end or attendance.state is Presence.COMPLETED:
        raise CheckInOver
    back = _back(assignment, shift, roster, held) if assignment.hold is Hold.MISSED else None
    late = now >= shift.start + rules.late_after
    there = replace(
        _moved(attendance, shift, Presence.CHECKED_IN), checked_in_at=now, how=how, by=by, near=near, late=late
    )
    told = on_person(happened.CheckedIn, shift, attendance.person_id, actor=by, how=how.value, late=late)
    return Served(there, back, (told,))


def _back(assignment: Assignment, shift: Shift, roster: Roster, held: Sequence[Assignment]) -> Assignment:
    roomy_role(shift, roster.taken, assignment.role)
    clash = overlap(held, shift.start, shift.end, but=shift.id)
    if clash is not None:
        raise ShiftOverlaps(clash.shift_id, clash.start, clash.end)
    return moved(assignment, Hold.ON)


def stay_on(attendance: Attendance, shift: Shift) -> Served:
    """The person stays past the end until somebody relieves them. Raises NotCheckedIn."""
    if not attendance.present:
        raise NotCheckedIn
    told = on_person(happened.StayedOn, shift, attendance.person_id, actor=attendance.person_id)
    return Served(replace(attendance, stays=True), None, (told,))


def check_out(
    attendance: Attendance, shift: Shift, *, by: PersonId, relieved: bool, sure: bool, rules: ShiftRules, now: datetime
) -> Served:
    """Note that the person goes. `relieved`: somebody else is there, or nobody has to be.

    Raises NotCheckedIn, and NobodyRelieves when the post would stand empty, unless `sure`.
    """
    if not attendance.present:
        raise NotCheckedIn
    if not relieved and not sure:
        raise NobodyRelieves
    early = now < shift.end - rules.late_after
    gone = replace(_moved(attendance, shift, Presence.COMPLETED), checked_out_at=now, early=early)
    told = on_person(happened.CheckedOut, shift, attendance.person_id, actor=by, early=early, assumed=False)
    return Served(gone, None, (told,))


def give_up(attendance: Attendance, assignment: Assignment, shift: Shift, *, excused: bool, now: datetime) -> Served:
    """Wait no longer for somebody whose shift has begun: the place is free for another, they are a no-show or excused.

    Raises CheckInOver unless they are expected, and NothingCorrected before the start.
    """
    if attendance.state is not Presence.EXPECTED or assignment.hold is not Hold.ON:
        raise CheckInOver
    if now < shift.start:
        raise NothingCorrected
    state = Presence.EXCUSED if excused else Presence.NO_SHOW
    kind = happened.ExcusedRecorded if excused else happened.NoShowRecorded
    told = on_person(kind, shift, attendance.person_id, actor=None)
    return Served(_moved(attendance, shift, state), moved(assignment, Hold.MISSED), (told,))


def close(attendance: Attendance, assignment: Assignment, shift: Shift, *, excused: bool, now: datetime) -> Served:
    """Settle what nobody said, two hours after the end. What is settled, or not over yet, stays as it is."""
    if attendance.state in SETTLED or now < shift.end + CLOSED_AFTER:
        return Served(attendance, None, ())
    if attendance.state is Presence.EXPECTED:
        return give_up(attendance, assignment, shift, excused=excused, now=now)
    gone = replace(_moved(attendance, shift, Presence.COMPLETED), checked_out_at=shift.end, assumed=True)
    told = on_person(happened.CheckedOut, shift, attendance.person_id, actor=None, early=False, assumed=True)
    return Served(gone, None, (told,))


def _moved(attendance: Attendance, shift: Shift, state: Presence) -> Attendance:
    """Return the attendance in another state; its times are the shift's, should that have been changed meanwhile."""
    return replace(attendance, state=step(MOVES, attendance.state, state), start=shift.start, end=shift.end)
