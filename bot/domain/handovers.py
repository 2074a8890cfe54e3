"""Handovers: what the next people at a checkpoint must know, left by those who go and accepted by those who come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import duty_events as happened
from bot.domain.attendance import Attendance, Presence
from bot.domain.events import Event
from bot.domain.ids import CheckpointId, CommunityId, HandoverId, PersonId, ShiftId
from bot.domain.life_errors import HandoverOver, NotCheckedIn, NoteInvalid, OwnPlace
from bot.domain.lifecycle import step
from bot.domain.shifts import Shift, on_person

LONGEST_NOTE = 1000  # characters
MOST_KIT = 9999


class HandoverState(StrEnum):
    """The life of a handover."""

    LEFT = "left"
    ACCEPTED = "accepted"


MOVES: dict[HandoverState | None, frozenset[HandoverState]] = {
    None: frozenset({HandoverState.LEFT}),
    HandoverState.LEFT: frozenset({HandoverState.ACCEPTED}),
    HandoverState.ACCEPTED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One link of a checkpoint's chain. `previous` is the link before it, None for the first.

    `kit` counts what is handed over, None if nobody counted; `photo` is a file id of Telegram's, empty for none.
    """

    id: HandoverId
    community_id: CommunityId
    checkpoint_id: CheckpointId
    shift_id: ShiftId
    from_id: PersonId
    note: str
    kit: int | None = None
    photo: str = ""
    state: HandoverState = HandoverState.LEFT
    left_at: datetime
    accepted_by: PersonId | None = None
    accepted_at: datetime | None = None
    previous: HandoverId | None = None
    version: int = 0


def leave(
    id_: HandoverId,
    attendance: Attendance,
    shift: Shift,
    *,
    note: str,
    kit: int | None = None,
    photo: str = "",
    last: Handover | None,
    now: datetime,
) -> tuple[Handover, list[Event]]:
    """Leave a note; `last` is the checkpoint's newest handover. Raises NotCheckedIn, NoteInvalid.

    Whoever has gone home already may still leave one, for who was never there cannot.
    """
    if attendance.state not in (Presence.CHECKED_IN, Presence.COMPLETED):
        raise NotCheckedIn
    note = note.strip()
    said = bool(note) or kit is not None or bool(photo)
    if not said or len(note) > LONGEST_NOTE or (kit is not None and not 0 <= kit <= MOST_KIT):
        raise NoteInvalid(LONGEST_NOTE, MOST_KIT)
    left = Handover(
        id=id_,
        community_id=shift.community_id,
        checkpoint_id=shift.checkpoint_id,
        shift_id=shift.id,
        from_id=attendance.person_id,
        note=note,
        kit=kit,
        photo=photo,
        left_at=now,
        previous=last.id if last else None,
    )
    told = on_person(happened.HandoverLeft, shift, attendance.person_id, actor=attendance.person_id, handover_id=id_)
    return left, [told]


def accept(handover: Handover, attendance: Attendance, shift: Shift, *, now: datetime) -> tuple[Handover, list[Event]]:
    """Take over; `attendance` is that of whoever comes, `shift` the one that was handed over.

    Raises HandoverOver, OwnPlace, and NotCheckedIn unless they are there, at the same checkpoint.
    """
    if handover.state is HandoverState.ACCEPTED:
        raise HandoverOver
    if attendance.person_id == handover.from_id:
        raise OwnPlace
    if not attendance.present or attendance.checkpoint_id != handover.checkpoint_id:
        raise NotCheckedIn
    accepted = replace(
        handover,
        state=step(MOVES, handover.state, HandoverState.ACCEPTED),
        accepted_by=attendance.person_id,
        accepted_at=now,
    )
    told = on_person(
        happened.HandoverAccepted, shift, handover.from_id, actor=attendance.person_id, handover_id=handover.id
    )
    return accepted, [told]
