"""Who may read a report, and who may act on it: deny by default, looked at again at every press."""

from __future__ import annotations

from bot.domain.ids import PersonId
from bot.domain.incidents import Incident
from bot.domain.people import Membership
from bot.domain.permissions import Action, may
from bot.domain.severity import CATEGORIES, Access

_READS = {
    Access.RESTRICTED: Action.DECIDE_INCIDENT,
    Access.COORDINATORS: Action.SEE_INCIDENTS,
    Access.TEAM: Action.TAKE_INCIDENT,
    Access.PUBLIC: Action.REPORT,
}


def may_read(incident: Incident, person_id: PersonId, membership: Membership | None) -> bool:
    """Say whether somebody may read what a report says: its reporter, who was called, and who leads.

    A category that is not known any more is for coordinators only.
    """
    if membership is None or membership.left_at is not None:
        return False
    if person_id in (incident.reporter_id, incident.owner_id) or person_id in incident.alerted:
        return True
    known = CATEGORIES.get(incident.category)
    return may(membership, _READS[known.access if known else Access.RESTRICTED])


def may_handle(incident: Incident, person_id: PersonId, membership: Membership | None) -> bool:
    """Say whether somebody may take a report and work on it: who was called or leads, but not whoever only reported."""
    called = person_id == incident.owner_id or person_id in incident.alerted
    return (
        may(membership, Action.TAKE_INCIDENT)
        and (called or may(membership, Action.SEE_INCIDENTS))
        and may_read(incident, person_id, membership)
    )
