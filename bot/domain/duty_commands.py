"""What people ask of the bot by button on the day of a shift (see `bot.domain.commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CheckpointId, PersonId, ShiftId


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


DUTY_COMMANDS: tuple[type[Command], ...] = (
    ConfirmComing, CheckIn, CheckOut, StayOn, OnDuty, OnTheSpot, CheckpointPage, WriteForCheckpoint,
)  # fmt: skip
