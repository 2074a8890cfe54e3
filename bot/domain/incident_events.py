"""What happens to incidents and cases: past tense, ids and states only; what people wrote stays with the report."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.events import Event
from bot.domain.ids import IncidentId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OnIncident(Event):
    """Something happened to an incident or a case; `owner_id` is who has it afterwards."""

    incident_id: IncidentId
    reporter_id: PersonId | None
    owner_id: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReported(OnIncident):
    """Somebody reported it."""

    category: str
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAdded(OnIncident):
    """The reporter added something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTaken(OnIncident):
    """Somebody has it: they took it, or said so when it was given to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAssigned(OnIncident):
    """It was given to somebody, who has not yet said that they have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGivenBack(OnIncident):
    """Whoever had it cannot go on with it; nobody has it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStillAsked(OnIncident):
    """Whoever has it is asked whether they are still on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentConfirmed(OnIncident):
    """Whoever has it is still on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRated(OnIncident):
    """The reporter said how satisfied they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWentStale(OnIncident):
    """Whoever has it did not say that they are still on it: people are called anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMovedOn(OnIncident):
    """It is being worked on, waits for something, or was referred to others; `state` says which."""

    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMerged(OnIncident):
    """It is the same as another, in which its reporter hears on."""

    master_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSplit(OnIncident):
    """It is not the same as the other after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(OnIncident):
    """Whoever had it says that it is solved; the reporter is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed(OnIncident):
    """It is over; `silent`: the reporter did not answer."""

    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReopened(OnIncident):
    """The reporter says that it is not solved."""

    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWithdrawn(OnIncident):
    """The reporter took it back; `slip`: within the time for undoing."""

    slip: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRejected(OnIncident):
    """A coordinator says that nothing can be done about it here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(OnIncident):
    """A coordinator says that it is more or less grave, with a reason."""

    was: int
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnonymised(OnIncident):
    """People, words and pictures were taken out; what is left is counted."""
