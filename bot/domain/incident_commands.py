"""What people ask by button about incidents and cases (see `bot.domain.commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import IncidentId, PersonId


@dataclass(frozen=True, slots=True)
class Report(Command):
    """Begin to report something."""


@dataclass(frozen=True, slots=True)
class MyReport(Command):
    """Show me what I reported."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class AddToReport(Command):
    """I have more to say about it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class WithdrawReport(Command):
    """Take it back; `sure` once the question was answered."""

    incident_id: IncidentId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSolved(Command):
    """It is solved, or it is not."""

    incident_id: IncidentId
    yes: bool


@dataclass(frozen=True, slots=True)
class OneIncident(Command):
    """Show it to those who handle it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class IncidentPhoto(Command):
    """Show the newest photo of it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class TakeIncident(Command):
    """I have it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class GiveBackIncident(Command):
    """I cannot go on with it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class StillOnIt(Command):
    """I am still on it."""

    incident_id: IncidentId


@dataclass(frozen=True, slots=True)
class AssignIncident(Command):
    """To whom can it be given?"""

    incident_id: IncidentId
    page: int = 0


@dataclass(frozen=True, slots=True)
class GiveIncident(Command):
    """Give it to this person."""

    incident_id: IncidentId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class ResolveIncident(Command):
    """Begin to say that it is solved."""

    incident_id: IncidentId


INCIDENT_COMMANDS: tuple[type[Command], ...] = (
    Report, MyReport, AddToReport, WithdrawReport, AnswerSolved, OneIncident, IncidentPhoto, TakeIncident,
    GiveBackIncident, StillOnIt, AssignIncident, GiveIncident, ResolveIncident,
)  # fmt: skip
