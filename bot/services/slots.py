"""Reading shifts as somebody sees them; shared by the use cases that show or change shifts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.assignments import Assignment, Hold, Roster, assignment_id
from bot.domain.attendance import duty_of
from bot.domain.communities import Community
from bot.domain.cover import Search
from bot.domain.ids import CommunityId, PersonId, ShiftId, community_of
from bot.domain.ladder import on_duty
from bot.domain.outcomes import Slot
from bot.domain.roles import RoleFill, filled, role_name
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.services.desk import Work
from bot.services.eligibility import team_name

_FAR = timedelta(days=400)  # no shift is made farther ahead


async def held_around(work: Work, person_id: PersonId, shift: Shift) -> list[Assignment]:
    """Return the person's places that could share time with the shift, and their row for it in whatever state."""
    held = await work.tx.assignments.of_person(
        person_id, Hold.ON, shift.start - LONGEST_SHIFT, shift.end + timedelta(seconds=1)
    )
    own = await work.tx.assignments.get(assignment_id(shift.id, person_id))
    return [*held, own] if own is not None and own not in held else held


async def places_of(work: Work, person_id: PersonId, community_id: CommunityId) -> list[ShiftId]:
    """Return the shifts in a community that a person is on and that are not over, by start."""
    far = work.now + _FAR
    held = await work.tx.assignments.of_person(person_id, Hold.ON, work.now - LONGEST_SHIFT, far)
    return [a.shift_id for a in held if a.end > work.now and community_of(a.shift_id) == community_id]


async def slot_of(
    work: Work, shift: Shift, roster: Roster, person_id: PersonId | None, *, community: Community | None = None
) -> Slot:
    """Return the shift as that person sees it."""
    community = community or await work.tx.communities.one(shift.community_id)
    checkpoint = await work.tx.checkpoints.one(shift.checkpoint_id)
    mine = roster.find(person_id) if person_id else None
    attendances = {a.id: a for a in await work.tx.attendances.of_shift(shift.id)}
    return Slot(
        shift_id=shift.id,
        community_id=shift.community_id,
        checkpoint_id=shift.checkpoint_id,
        place=checkpoint.name,
        zone=community.zone,
        start=shift.start,
        end=shift.end,
        needed=shift.needed,
        capacity=shift.capacity,
        on=len(roster.on),
        waiting=len(roster.waiting),
        offered=len(roster.offered),
        cancelled=shift.state is ShiftState.CANCELLED,
        mine=mine.hold if mine else None,
        position=roster.waiting.index(mine) + 1 if mine and mine.hold is Hold.WAITING else 0,
        here=len(on_duty(attendances.values())),
        duty=duty_of(shift, mine, attendances.get(mine.id), community.rules, work.now) if mine else "",
        answer_by=mine.answer_by if mine else None,
        asked=await _asked(work, mine),
        note=shift.note,
        again=shift.series_id is not None,
        roles=await fills(work, shift, roster),
        role=role_name(shift.roles, mine.role) if mine else "",
        team=await team_name(work, shift.team_id),
    )


async def fills(work: Work, shift: Shift, roster: Roster) -> tuple[RoleFill, ...]:
    """Return how each role of a shift is filled."""
    if not shift.roles:
        return ()
    skills = {r.skill_id: await work.tx.skills.one(r.skill_id) for r in shift.roles if r.skill_id}
    names = {id_: skill.name for id_, skill in skills.items()}
    return filled(shift.roles, [a.role for a in roster.on], [a.role for a in roster.offered], names)


async def _asked(work: Work, mine: Assignment | None) -> int | None:
    """Return how many were asked to cover for a place; None if nobody is looked for."""
    if mine is None or mine.hold is not Hold.ON:
        return None
    search = await running_search(work, mine.shift_id, mine.person_id)
    return len(search.asked) if search else None


async def running_search(work: Work, shift_id: ShiftId, person_id: PersonId) -> Search | None:
    """Return the search for cover for this person's place that is not closed, or None."""
    searches = await work.tx.searches.of_shift(shift_id)
    return next((s for s in searches if s.person_id == person_id and s.running), None)


async def slots_of(work: Work, shifts: Iterable[Shift], person_id: PersonId) -> list[Slot]:
    """Return several shifts as that person sees them."""
    return [await slot_of(work, s, await work.tx.assignments.roster(s.id), person_id) for s in shifts]
