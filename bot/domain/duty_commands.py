"""What people ask of the bot by button on the day of a shift (see `bot.domain.commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CheckpointId, CommunityId, HandoverId, PersonId, ShiftId


@dataclass(frozen=True, slots=True)
class ConfirmComing(Command):
    """I am coming to my shift."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class CheckIn(Command):
    """I am there; with `person_id`, a lead says so of somebody else."""

    shift_id: ShiftId
    person_id: PersonId | str = ""


@dataclass(frozen=True, slots=True)
class CheckOut(Command):
    """I am going; `sure` once the question was answered."""

    shift_id: ShiftId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class StayOn(Command):
    """I stay until somebody relieves me."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class OnDuty(Command):
    """Who is there now, everywhere."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OnTheSpot(Command):
    """Who of a shift is there, for leads, who can check people in."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class CheckpointPage(Command):
    """What is set for a checkpoint, for coordinators."""

    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True)
class WriteForCheckpoint(Command):
    """Begin to write what is shown at check-in: `what` is instructions or contacts."""

    checkpoint_id: CheckpointId
    what: str


@dataclass(frozen=True, slots=True)
class MyHours(Command):
    """What I served in a month, so many months back."""

    back: int = 0


@dataclass(frozen=True, slots=True)
class HoursOfAll(Command):
    """What everybody in a community served in a month, for coordinators."""

    community_id: CommunityId
    back: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class HoursFile(Command):
    """A month of hours as a file: a community's, or mine."""

    community_id: CommunityId | str = ""
    back: int = 0


@dataclass(frozen=True, slots=True)
class PastShifts(Command):
    """A checkpoint's shifts that have begun, for coordinators."""

    checkpoint_id: CheckpointId
    page: int = 0


@dataclass(frozen=True, slots=True)
class AttendanceSheet(Command):
    """How everybody served on a shift, for coordinators."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class PersonAttendance(Command):
    """How one person served on a shift, with every correction, for coordinators."""

    shift_id: ShiftId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class CorrectAttendance(Command):
    """Begin to set right how somebody served: `to` is completed, no_show or excused."""

    shift_id: ShiftId
    person_id: PersonId
    to: str


@dataclass(frozen=True, slots=True)
class LeaveNote(Command):
    """Begin to hand over."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class AcceptHandover(Command):
    """I take over."""

    handover_id: HandoverId


@dataclass(frozen=True, slots=True)
class HandoverChain(Command):
    """What was handed over at a checkpoint, newest first."""

    checkpoint_id: CheckpointId
    page: int = 0


@dataclass(frozen=True, slots=True)
class HandoverPhoto(Command):
    """The photo of a handover."""

    handover_id: HandoverId


@dataclass(frozen=True, slots=True)
class SendStatements(Command):
    """Send me what I served, every month, or (`on` False) do not."""

    on: bool


DUTY_COMMANDS: tuple[type[Command], ...] = (
    ConfirmComing, CheckIn, CheckOut, StayOn, OnDuty, OnTheSpot, CheckpointPage, WriteForCheckpoint,
    MyHours, HoursOfAll, HoursFile, PastShifts, AttendanceSheet, PersonAttendance, CorrectAttendance,
    LeaveNote, AcceptHandover, HandoverChain, HandoverPhoto, SendStatements,
)  # fmt: skip
