"""What happens on the day: who came, who handed over, what was credited; and what people are able to do. Facts only."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.events import Event, OnPerson, OnShift
from bot.domain.ids import CheckpointId, CodeId, HandoverId, PersonId


# On the day
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(OnPerson):
    """The person is there; `how` is button, code or lead, `late` says whether they came late."""

    how: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StayedOn(OnPerson):
    """The person stays past the end until somebody relieves them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedOut(OnPerson):
    """The person has gone; `early` before the end, `assumed` because nobody said when."""

    early: bool
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowRecorded(OnPerson):
    """The person was on the shift and did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcusedRecorded(OnPerson):
    """The person did not come, and had said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCorrected(OnPerson):
    """A coordinator corrected what is recorded, for a reason."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMissing(OnPerson):
    """The shift has begun, and the person is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEmpty(OnShift):
    """The shift has begun with nobody there at all: neither those who should be, nor anybody who stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointDescribed(Event):
    """What is shown at check-in was written anew: `what` is instructions, contacts or place."""

    checkpoint_id: CheckpointId
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMade(Event):
    """A checkpoint has a new code to check in with."""

    code_id: CodeId
    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRevoked(Event):
    """A checkpoint's code is no longer taken."""

    code_id: CodeId
    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLeft(OnPerson):
    """The person left a note for whoever comes next."""

    handover_id: HandoverId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAccepted(OnPerson):
    """Somebody took over; `person_id` left the note, the actor accepted it."""

    handover_id: HandoverId


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursCredited(OnPerson):
    """So many minutes stand in the person's hours log for this shift; 0 takes them out again."""

    minutes: int


# Skills and teams
@dataclass(frozen=True, slots=True, kw_only=True)
class SkillGranted(Event):
    """Somebody is known to have a skill."""

    person_id: PersonId
    skill_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWithdrawn(Event):
    """Somebody is no longer taken to have a skill."""

    person_id: PersonId
    skill_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMade(Event):
    """A team or partner unit was named."""

    team_id: str
    partner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged(Event):
    """A team has another name, is (no longer) a partner unit, or was closed: `what` says which, `value` what it is."""

    team_id: str
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamJoined(Event):
    """Somebody belongs to a team."""

    person_id: PersonId
    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLeft(Event):
    """Somebody belongs to a team no longer."""

    person_id: PersonId
    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDeparted(Event):
    """Somebody left the group and still holds places: a coordinator decides whether they are freed."""

    person_id: PersonId
    places: int
