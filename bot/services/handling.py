"""Those who handle a report: look at it, take it, give it to somebody, say that it is solved."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain import handling
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import IncidentId
from bot.domain.incident_access import may_handle
from bot.domain.incident_commands import AssignIncident, GiveIncident
from bot.domain.incident_outcomes import IncidentShown, Takers
from bot.domain.incidents import Done, Incident
from bot.domain.outcomes import Somebody
from bot.domain.people import Membership, Reach
from bot.domain.permissions import Action, may, require
from bot.services.calls import keep
from bot.services.desk import Desk, Work
from bot.services.incident_showing import readable_by, shown
from bot.services.lists import paged
from bot.services.people import Actor, as_somebody, standing

Step = Callable[[Work, Incident, bool, str], Done]
"""A step on a report; says whether the actor leads, and the name of who has it."""


class Handling:
    """Use cases of those who handle reports. Every one raises NotFound and NotAllowed, and what the rules raise."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, incident_id: IncidentId) -> IncidentShown:
        """Return a report for those who may handle it."""
        async with self._desk.reading() as view:
            incident, _ = await _handled(view, actor, incident_id)
            return await shown(view, incident, actor.person_id)

    async def photo(self, actor: Actor, incident_id: IncidentId) -> tuple[IncidentShown, str]:
        """Return a report with its newest photo, to whoever may read it."""
        async with self._desk.reading() as view:
            incident = await readable_by(view, incident_id, actor.person_id)
            if not incident.photos:
                raise NotFound("incidents")
            return await shown(view, incident, actor.person_id), incident.photos[-1]

    async def take(self, actor: Actor, incident_id: IncidentId, cause: str) -> IncidentShown:
        """Say that the actor has it. Raises SomebodyHasIt with the name of who was quicker, IncidentMoved."""

        def step(work: Work, incident: Incident, leads: bool, owner: str) -> Done:  # noqa: ARG001 (one shape for all)
            return handling.take(incident, by=actor.person_id, owner=owner, now=work.now)

        return await self._do(actor, incident_id, step, cause, what="taken")

    async def give_back(self, actor: Actor, incident_id: IncidentId, cause: str) -> IncidentShown:
        """The actor cannot go on with it: people are called anew. Raises NotTheOwner, IncidentMoved."""

        def step(work: Work, incident: Incident, leads: bool, owner: str) -> Done:  # noqa: ARG001 (one shape for all)
            fresh = work.ids.fresh(8)
            return handling.give_back(incident, by=actor.person_id, leads=leads, run_id=fresh, now=work.now)

        return await self._do(actor, incident_id, step, cause, what="given_back")

    async def still(self, actor: Actor, incident_id: IncidentId, cause: str) -> IncidentShown:
        """The actor is still on it. Raises NotTheOwner, IncidentMoved."""

        def step(work: Work, incident: Incident, leads: bool, owner: str) -> Done:  # noqa: ARG001 (one shape for all)
            return handling.still(incident, by=actor.person_id, now=work.now)

        return await self._do(actor, incident_id, step, cause, what="still")

    async def resolve(self, actor: Actor, incident_id: IncidentId, note: str, photo: str, cause: str) -> IncidentShown:
        """Say what was done; the reporter is asked. Raises NotTheOwner, ReasonNeeded, TextTooLong, IncidentMoved."""

        def step(work: Work, incident: Incident, leads: bool, owner: str) -> Done:  # noqa: ARG001 (one shape for all)
            return handling.resolve(incident, by=actor.person_id, leads=leads, note=note, photo=photo, now=work.now)

        return await self._do(actor, incident_id, step, cause, what="resolved")

    async def takers(self, actor: Actor, query: AssignIncident) -> Takers:
        """Return to whom it can be given: who is there now first, then everybody by name."""
        async with self._desk.reading() as view:
            incident, membership = await _handled(view, actor, query.incident_id)
            require(membership, Action.ASSIGN_INCIDENT)
            present = await view.tx.attendances.present(incident.community_id)
            here = {a.person_id for a in present if a.checkpoint_id == incident.checkpoint_id}
            found = await _members(view, incident)
            found.sort(key=lambda p: (p.person_id not in here, p.name, p.person_id))
            people, page, pages = paged(found, query.page)
            return Takers(
                shown=await shown(view, incident, actor.person_id),
                people=tuple(people),
                here=tuple(p.person_id for p in people if p.person_id in here),
                page=page,
                pages=pages,
            )

    async def give(self, actor: Actor, command: GiveIncident, cause: str) -> IncidentShown:
        """Give it to somebody, who is asked to say that they have it. Raises IncidentMoved."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            incident, membership = await _handled(work, actor, command.incident_id)
            require(membership, Action.ASSIGN_INCIDENT)
            if command.person_id not in {p.person_id for p in await _members(work, incident)}:
                raise NotFound("people")
            fresh = work.ids.fresh(8)
            given = handling.assign(incident, command.person_id, by=actor.person_id, run_id=fresh, now=work.now)
            return work.done(await shown(work, await keep(work, given), actor.person_id, what="given"))

    async def _do(self, actor: Actor, incident_id: IncidentId, step: Step, cause: str, *, what: str) -> IncidentShown:
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            incident, membership = await _handled(work, actor, incident_id)
            owner = await work.tx.people.get(incident.owner_id) if incident.owner_id else None
            taken = step(work, incident, may(membership, Action.SEE_INCIDENTS), owner.name if owner else "")
            return work.done(await shown(work, await keep(work, taken), actor.person_id, what=what))


async def _handled(work: Work, actor: Actor, incident_id: IncidentId) -> tuple[Incident, Membership | None]:
    incident = await readable_by(work, incident_id, actor.person_id)
    membership = await standing(work, actor, incident.community_id)
    if not may_handle(incident, actor.person_id, membership):
        raise NotAllowed(Action.TAKE_INCIDENT)
    return incident, membership


async def _members(work: Work, incident: Incident) -> list[Somebody]:
    members = await work.tx.memberships.of_community(incident.community_id)
    serving = [m.person_id for m in members if may(m, Action.TAKE_INCIDENT)]
    people = [await work.tx.people.one(person_id) for person_id in serving]
    return [as_somebody(p) for p in people if p.account is not None and p.reach is Reach.OPEN]
