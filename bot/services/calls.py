"""Calling people to a report until somebody has it; and what falls due around a report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import escalation, handling, reporting
from bot.domain.escalation import Tier
from bot.domain.ids import CommunityId, PersonId
from bot.domain.incident_notices import CALLED, TO_THE_OWNER, UNANSWERED, card_of, owed, owed_of
from bot.domain.incidents import Done, Incident, IncidentState
from bot.domain.notices import Lane
from bot.domain.people import Reach, Role
from bot.domain.policies import INCIDENT_SILENT, INCIDENT_STEP, INCIDENT_STILL
from bot.domain.severity import CATEGORIES, Access, Severity
from bot.domain.timers import Timer, TimerState, ended, new_timer
from bot.services.desk import Work

_ORDER = (Tier.HERE, Tier.LEADS, Tier.COORDINATORS)


async def keep(work: Work, done: Done, *, card: bool = True) -> Incident:
    """Save a step with its history, notices and timers, all in this commit; return the report as it is then.

    `card`: the reporter's card is to be shown anew; not so where it is shown by the answer itself.
    """
    incident = done.incident
    await work.tx.entries.add(done.entry)
    work.happened(*done.events)
    told = [notice for event in done.events for notice in owed_of(event, incident)]
    for notice in told:
        await work.owe(incident.community_id, notice)
    incident = await _call(work, incident, {n.person_id for n in told if n.kind in TO_THE_OWNER})
    await work.tx.incidents.save(incident)
    for notice in card_of(incident) if card else ():
        await work.owe(incident.community_id, notice)
    await work.plan(*_timers(incident))
    return incident


async def _call(work: Work, incident: Incident, asked: Collection[PersonId] = ()) -> Incident:
    """Do every step of the calling that is due; whoever is `asked` by a notice of their own now is not called, too."""
    run = incident.run
    while run is not None and (tiers := escalation.due(run, run.id, run.done, work.now)):
        people = await _called(work, incident, tiers)
        for person_id in (p for p in people if p not in asked):
            lane = Lane.URGENT if incident.severity <= Severity.URGENT else Lane.REPLY
            await work.owe(incident.community_id, owed(CALLED, person_id, incident, lane, actor=incident.reporter_id))
        run = escalation.stepped(run, work.now)
        alerted = tuple(dict.fromkeys((*incident.alerted, *people)))
        incident = replace(incident, run=run, alerted=alerted)
        if run.exhausted and incident.severity <= Severity.URGENT:
            await _alarm(work, incident)
    return incident


async def _alarm(work: Work, incident: Incident) -> None:
    for person_id in await _with_role(work, incident.community_id, Role.COORDINATOR):
        await work.owe(incident.community_id, owed(UNANSWERED, person_id, incident, Lane.URGENT, actor=None))


async def _called(work: Work, incident: Incident, tiers: tuple[Tier, ...]) -> list[PersonId]:
    """Return whom a step calls, but not the reporter; where nobody can be reached, those of the next tiers."""
    found: list[PersonId] = []
    for tier in tiers:
        found += await _tier(work, incident, tier)
    for tier in _ORDER[_ORDER.index(tiers[-1]) + 1 :]:
        found = [p for p in found if p != incident.reporter_id] or await _tier(work, incident, tier)
    return [p for p in dict.fromkeys(found) if p != incident.reporter_id]


async def _tier(work: Work, incident: Incident, tier: Tier) -> list[PersonId]:
    if tier is Tier.COORDINATORS:
        return await _with_role(work, incident.community_id, Role.COORDINATOR)
    known = CATEGORIES.get(incident.category)
    if known is None or (known.access is Access.RESTRICTED and tier is Tier.LEADS):
        return []
    if tier is Tier.LEADS:
        return await _with_role(work, incident.community_id, Role.SHIFT_LEAD)
    present = await work.tx.attendances.present(incident.community_id)
    return await _reachable(work, [a.person_id for a in present if a.checkpoint_id == incident.checkpoint_id])


async def _with_role(work: Work, community_id: CommunityId, role: Role) -> list[PersonId]:
    members = await work.tx.memberships.of_community(community_id)
    return await _reachable(work, [m.person_id for m in members if m.has(role)])


async def _reachable(work: Work, people: Sequence[PersonId]) -> list[PersonId]:
    rows = [await work.tx.people.one(person_id) for person_id in people]
    return [p.id for p in rows if p.account is not None and p.reach is Reach.OPEN]


def _timers(incident: Incident) -> list[Timer]:
    """Return what falls due about a report as it is now; each looks at the report again when it does."""
    found: list[Timer] = []
    run, resolution = incident.run, incident.resolution
    at = escalation.next_at(run) if run is not None else None
    if run is not None and at is not None:
        found.append(_timer(incident, INCIDENT_STEP, at, step=f"{run.id}-{run.done}"))
    asked = handling.stale_at(incident) or handling.asked_next(incident)
    if asked is not None:
        found.append(_timer(incident, INCIDENT_STILL, asked, step=f"{incident.entries}"))
    if incident.state is IncidentState.RESOLVED and resolution is not None:
        at = resolution.at + reporting.SILENT_AFTER
        found.append(_timer(incident, INCIDENT_SILENT, at, step=f"{incident.entries}"))
    return found


def _timer(incident: Incident, kind: str, due: datetime, *, step: str) -> Timer:
    return new_timer(kind, incident.community_id, incident.id, due, step=step)


async def call_on(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """The next people are called, unless somebody has it by now."""
    for timer in timers:
        before = await work.tx.incidents.get(timer.subject)
        incident = await _call(work, before) if before is not None else None
        if incident is not None and incident is not before:
            await work.tx.incidents.save(incident)
            for notice in card_of(incident) if incident.run and incident.run.exhausted else ():
                await work.owe(incident.community_id, notice)
            await work.plan(*_timers(incident))
    return [ended(timer, TimerState.DONE, work.now) for timer in timers]


async def ask_whether_still(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Whoever has it is asked whether they are still on it; without an answer people are called anew."""
    for timer in timers:
        incident = await work.tx.incidents.get(timer.subject)
        if incident is None:
            continue
        stale = handling.go_stale(incident, work.ids.fresh(8), work.now)
        done = stale or handling.ask_whether_still(incident, work.now)
        if done is not None:
            await keep(work, done, card=stale is not None)
    return [ended(timer, TimerState.DONE, work.now) for timer in timers]


async def close_silent(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """What was solved and nobody said anything about is closed, and marked as such."""
    for timer in timers:
        incident = await work.tx.incidents.get(timer.subject)
        done = reporting.silent(incident, work.now) if incident is not None else None
        if done is not None:
            await keep(work, done)
    return [ended(timer, TimerState.DONE, work.now) for timer in timers]
