"""Notices about incidents and cases: their kinds, and who hears of what happened."""

from __future__ import annotations

from bot.domain import incident_events as happened
from bot.domain.events import Event, Fact
from bot.domain.ids import PersonId
from bot.domain.incidents import CALLING, Incident, IncidentState
from bot.domain.notices import Lane, Owed
from bot.domain.severity import Severity

CALLED = "incident_called"  # come, or say that you have it
GIVEN = "incident_given"  # it was given to the reader
TAKEN = "incident_taken"  # stand down: somebody has it
CARD = "incident_card"  # the reporter's card is shown anew
SOLVED = "incident_solved"  # solved?
REOPENED = "incident_reopened"
WITHDRAWN = "incident_withdrawn"
ADDED = "incident_added"
STILL = "incident_still"  # still on it?
UNANSWERED = "incident_unanswered"  # everybody was called in vain
INCIDENT_KINDS = frozenset({CALLED, GIVEN, TAKEN, CARD, SOLVED, REOPENED, WITHDRAWN, ADDED, STILL, UNANSWERED})

# In which states a notice is still true when it is sent; the others are true whatever came after.
STILL_TRUE: dict[str, frozenset[IncidentState]] = {
    CALLED: CALLING,
    UNANSWERED: CALLING,
    GIVEN: frozenset({IncidentState.ASSIGNED}),
    TAKEN: frozenset({IncidentState.ACKNOWLEDGED, IncidentState.WORKING, IncidentState.WAITING}),
    SOLVED: frozenset({IncidentState.RESOLVED}),
    REOPENED: frozenset({IncidentState.REOPENED}),
    WITHDRAWN: frozenset({IncidentState.WITHDRAWN}),
    STILL: frozenset({IncidentState.ACKNOWLEDGED, IncidentState.WORKING}),
}


TO_THE_OWNER = frozenset({GIVEN, REOPENED, STILL})  # pointless for whoever is not the owner any more


def owed_of(event: Event, incident: Incident) -> list[Owed]:
    """Return who is told of a step, whoever is called aside; nobody of what they did themselves."""
    owner = [incident.owner_id] if incident.owner_id else []
    told: dict[type[Event], tuple[str, list[PersonId]]] = {
        happened.IncidentAssigned: (GIVEN, owner),
        happened.IncidentTaken: (TAKEN, list(incident.alerted)),
        happened.IncidentResolved: (SOLVED, [incident.reporter_id] if incident.reporter_id else []),
        happened.IncidentReopened: (REOPENED, owner),
        happened.IncidentWithdrawn: (WITHDRAWN, list(incident.alerted)),
        happened.IncidentAdded: (ADDED, owner or list(incident.alerted)),
        happened.IncidentStillAsked: (STILL, owner),
    }
    kind, people = told.get(type(event), ("", []))
    urgent = incident.severity <= Severity.URGENT and kind not in (TAKEN, SOLVED)
    lane = Lane.URGENT if urgent else Lane.REPLY
    others = [
        person for person in people if person != event.actor or kind == SOLVED
    ]  # who handles their own is asked, too
    return [owed(kind, person, incident, lane, actor=event.actor) for person in others]


def owed(kind: str, person_id: PersonId, incident: Incident, lane: Lane, *, actor: PersonId | None) -> Owed:
    """Return a notice about a report, for a person; what it says is looked up when it is sent."""
    return Owed(person_id, lane, kind, {"incident_id": incident.id, "actor": actor, "entry": incident.entries})


def card_of(incident: Incident) -> list[Owed]:
    """Return what keeps the reporter's card in step, unless they handle what they reported themselves."""
    if incident.card is None or incident.reporter_id is None or incident.reporter_id == incident.owner_id:
        return []
    facts: dict[str, Fact] = {"incident_id": incident.id, "edits": incident.card}
    return [Owed(incident.reporter_id, Lane.REPLY, CARD, facts)]
