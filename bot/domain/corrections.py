"""Corrections of attendance: a coordinator settles it otherwise, with a reason that stays in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import duty_events as happened
from bot.domain.attendance import MOVES, SETTLED, Attendance, Correction, Presence, Served
from bot.domain.ids import PersonId
from bot.domain.life_errors import NothingCorrected, ReasonNeeded
from bot.domain.lifecycle import step
from bot.domain.shifts import Shift, on_person

LONGEST_REASON = 200  # characters


def correct(
    attendance: Attendance,
    shift: Shift,
    after: Presence,
    *,
    came: datetime | None = None,
    went: datetime | None = None,
    by: PersonId,
    reason: str,
    now: datetime,
) -> Served:
    """Settle an attendance otherwise than it is, on a coordinator's word; `came` and `went` default to the shift's.

    Raises ReasonNeeded, and NothingCorrected when it says this already, is not to be settled so, or is too early.
    """
    note = Correction(at=now, by=by, before=attendance.state, after=after, reason=_reason(reason))
    times = attendance.checked_in_at, attendance.checked_out_at
    if after is Presence.COMPLETED:
        times = _times(attendance, shift, came, went, now)
    same = attendance.state is after and times == (attendance.checked_in_at, attendance.checked_out_at)
    if after not in SETTLED or same or now < shift.start:
        raise NothingCorrected
    state = after if attendance.state is after else step(MOVES, attendance.state, after)
    right = replace(
        attendance,
        state=state,
        checked_in_at=times[0],
        checked_out_at=times[1],
        stays=times[1] is not None and times[1] > shift.end,
        assumed=False,
        corrections=(*attendance.corrections, note),
    )
    told = on_person(
        happened.AttendanceCorrected,
        shift,
        attendance.person_id,
        actor=by,
        before=note.before.value,
        after=after.value,
        reason=note.reason,
    )
    return Served(right, None, (told,))


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonNeeded(LONGEST_REASON)
    return reason


def _times(
    attendance: Attendance, shift: Shift, came: datetime | None, went: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    came, went = (came or attendance.checked_in_at or shift.start), (went or attendance.checked_out_at or shift.end)
    if not came < went <= now:
        raise NothingCorrected
    return came, went
