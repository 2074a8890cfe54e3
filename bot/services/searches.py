"""Searches for cover: whom they ask next, and when they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain import asking, cover
from bot.domain.asking import Candidate
from bot.domain.assignments import Roster, overlap
from bot.domain.communities import Community
from bot.domain.cover import Search
from bot.domain.days import local_day
from bot.domain.deadlines import search_timer
from bot.domain.ids import PersonId, SearchId
from bot.domain.people import Membership, Reach, membership_id
from bot.domain.permissions import Action, may
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, ShiftState
from bot.domain.standby import StandbyState
from bot.domain.timers import Timer, TimerState, again, ended
from bot.services.desk import Work
from bot.services.eligibility import verdict_on
from bot.services.slots import held_around


async def go_on(work: Work, search: Search, shift: Shift, roster: Roster) -> Search:
    """Ask the next people, save the search, and plan when more are asked; returns it as it is then."""
    more = await _ask_more(work, search, shift, roster)
    await work.plan(search_timer(more, shift))
    return more


async def _ask_more(work: Work, search: Search, shift: Shift, roster: Roster) -> Search:
    community = await work.tx.communities.one(shift.community_id)
    members = await work.tx.memberships.of_community(shift.community_id)
    candidates = [await _candidate(work, community, m, search, shift=shift, roster=roster) for m in members]
    fit = {c.person_id for c in candidates if c.free and c.eligible}
    people = _waiting_first(asking.order(candidates, search), roster)
    standby = [p for p in await _on_standby(work, community, shift) if p in fit]
    more, told = asking.ask_more(search, shift, people, standby, now=work.now)
    await _note_asked(work, shift, more.asked[len(search.asked) :])
    await work.tx.searches.save(more)
    work.happened(*told)
    work.touch(shift, community.tz)
    return more


async def close_searches(work: Work, shift: Shift, people: Iterable[PersonId], by: PersonId | None) -> None:
    """Close the searches for places that are no longer their holders'."""
    gone = set(people)
    for search in await work.tx.searches.of_shift(shift.id):
        if search.person_id not in gone or not search.running:
            continue
        if shift.state is ShiftState.CANCELLED:
            closed, told = cover.fail(search, shift, now=work.now)
        else:
            closed, told = cover.withdraw(search, shift, by=by or search.person_id)
        await work.tx.searches.save(closed)
        work.happened(*told)


async def search_on(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Ask more people, or close a search whose shift has begun."""
    return [await _search_on(work, timer) for timer in timers]


async def _search_on(work: Work, timer: Timer) -> Timer:
    search = await work.tx.searches.get(SearchId(timer.subject))
    shift = await work.tx.shifts.get(search.shift_id) if search else None
    if search is None or shift is None or not search.running:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    if work.now >= shift.start:
        return await _failed(work, timer, search, shift)
    if not search.open:
        return again(timer, shift.start, at=shift.start.isoformat())
    more = await _ask_more(work, search, shift, await work.tx.assignments.roster(shift.id))
    following = search_timer(more, shift)
    return again(timer, following.due, **following.facts)


async def _failed(work: Work, timer: Timer, search: Search, shift: Shift) -> Timer:
    community = await work.tx.communities.one(shift.community_id)
    closed, told = cover.fail(search, shift, now=work.now)
    await work.tx.searches.save(closed)
    work.happened(*told)
    work.touch(shift, community.tz)
    return ended(timer, TimerState.DONE, work.now)


async def _candidate(
    work: Work, community: Community, membership: Membership, search: Search, *, shift: Shift, roster: Roster
) -> Candidate:
    """Return how a member stands; whoever cannot be written to is not asked."""
    person_id = membership.person_id
    on = any(a.person_id == person_id for a in roster.taken)
    person = await work.tx.people.get(person_id)
    if on or not may(membership, Action.CLAIM) or person is None or person.reach is not Reach.OPEN:
        return Candidate(person_id=person_id, free=False, eligible=False, willing=False)
    held = await held_around(work, person_id, shift)
    left = roster.find(search.person_id)
    role = left.role if left else UNNAMED
    verdict = await verdict_on(work, community, membership, shift, roster, role=role, leaving=search.person_id)
    return Candidate(
        person_id=person_id,
        free=overlap(held, shift.start, shift.end, but=shift.id) is None,
        eligible=not verdict.refusals and not verdict.warnings,
        willing=membership.willing,
        last_asked=membership.last_asked,
    )


def _waiting_first(people: Sequence[PersonId], roster: Roster) -> list[PersonId]:
    """Return the same people, those who wait for a place on the shift first, in line."""
    line = [a.person_id for a in roster.waiting if a.person_id in people]
    return [*line, *(p for p in people if p not in line)]


async def _on_standby(work: Work, community: Community, shift: Shift) -> list[PersonId]:
    day = await work.tx.standbys.of_day(community.id, local_day(shift.start, community.tz))
    return [s.person_id for s in day if s.state is StandbyState.READY]


async def _note_asked(work: Work, shift: Shift, asked: Sequence[PersonId]) -> None:
    for person_id in asked:
        membership = await work.tx.memberships.one(membership_id(shift.community_id, person_id))
        await work.tx.memberships.save(replace(membership, last_asked=work.now))
