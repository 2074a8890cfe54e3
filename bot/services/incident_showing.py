"""A report as somebody sees it who may read it, and what a notice about one says when it is sent."""

from __future__ import annotations

from bot.domain.communities import nearest_language
from bot.domain.errors import NotFound
from bot.domain.events import Fact
from bot.domain.ids import PersonId
from bot.domain.incident_access import may_handle, may_read
from bot.domain.incident_events import IncidentAdded
from bot.domain.incident_notices import STILL_TRUE, TO_THE_OWNER
from bot.domain.incident_outcomes import IncidentShown, IncidentTold
from bot.domain.incidents import CALLING, Entry, Incident, Visibility
from bot.domain.notices import Notice
from bot.domain.people import membership_id
from bot.domain.permissions import Action, may
from bot.domain.reporting import UNDO_WITHIN
from bot.services.desk import Work


async def readable_by(work: Work, incident_id: str, person_id: PersonId) -> Incident:
    """Return a report that somebody may read. Raises NotFound, also where they may not: numbers tell nothing."""
    incident = await work.tx.incidents.get(incident_id)
    if incident is None:
        raise NotFound("incidents")
    membership = await work.tx.memberships.get(membership_id(incident.community_id, person_id))
    if not may_read(incident, person_id, membership):
        raise NotFound("incidents")
    return incident


async def shown(work: Work, incident: Incident, reader: PersonId, *, what: str = "") -> IncidentShown:
    """Return the report as that person sees it, who may read it."""
    community = await work.tx.communities.one(incident.community_id)
    membership = await work.tx.memberships.get(membership_id(incident.community_id, reader))
    checkpoint = await work.tx.checkpoints.get(incident.checkpoint_id) if incident.checkpoint_id else None
    handles = may_handle(incident, reader, membership)
    entries = await work.tx.entries.of_incident(incident.id)
    return IncidentShown(
        incident_id=incident.id,
        number=incident.number,
        category=incident.category,
        severity=incident.severity,
        facts=incident.facts,
        state=incident.state,
        place=checkpoint.name if checkpoint else "",
        zone=community.zone,
        at=incident.made_at,
        text=incident.text,
        added=tuple(e.text for e in entries if _is_word(e)),
        photos=len(incident.photos),
        reporter=await _name(work, incident.reporter_id),
        owner=await _name(work, incident.owner_id),
        reply_by=incident.promise.reply_by,
        resolve_by=incident.promise.resolve_by,
        note=incident.resolution.note if incident.resolution else "",
        numbers=incident.numbers,
        mine=reader == incident.owner_id,
        reported=reader == incident.reporter_id,
        handles=handles,
        assigns=handles and may(membership, Action.ASSIGN_INCIDENT),
        asked=incident.asked_at is not None,
        unanswered=incident.state in CALLING
        and (not incident.alerted or bool(incident.run and incident.run.exhausted)),
        slip=work.now - incident.made_at <= UNDO_WITHIN,
        what=what,
    )


async def look_up_incident(work: Work, notice: Notice) -> IncidentTold | None:
    """Return what a notice about a report says; None when it is no longer true, or its reader may not read it now."""
    reader = await work.tx.people.get(notice.person_id)
    incident = await work.tx.incidents.get(str(notice.facts["incident_id"]))
    if reader is None or reader.account is None or incident is None:
        return None
    membership = await work.tx.memberships.get(membership_id(incident.community_id, reader.id))
    if not may_read(incident, reader.id, membership) or not _still_true(notice, incident):
        return None
    return IncidentTold(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        shown=await shown(work, incident, reader.id),
        by=await _name(work, PersonId(str(notice.facts.get("actor") or ""))),
        words=await _words(work, incident, notice.facts.get("entry")),
        repeat=notice.repeat,
    )


def _still_true(notice: Notice, incident: Incident) -> bool:
    if notice.kind in TO_THE_OWNER and notice.person_id != incident.owner_id:
        return False
    return notice.kind not in STILL_TRUE or incident.state in STILL_TRUE[notice.kind]


async def _words(work: Work, incident: Incident, seq: Fact) -> str:
    """Return what the reporter added at that place of the history, perhaps nothing."""
    entries = await work.tx.entries.of_incident(incident.id)
    return next((e.text for e in entries if e.seq == seq and _is_word(e)), "")


def _is_word(entry: Entry) -> bool:
    said = entry.what == IncidentAdded.__name__ and entry.visibility is not Visibility.INTERNAL
    return said and bool(entry.text)


async def _name(work: Work, person_id: PersonId | None) -> str:
    person = await work.tx.people.get(person_id) if person_id else None
    return person.name if person else ""
