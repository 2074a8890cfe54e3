"""Who is there now: everywhere, and at one shift for its lead."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.assignments import Assignment, Roster
from bot.domain.attendance import Attendance, Presence
from bot.domain.communities import Community
from bot.domain.duty_commands import OnDuty
from bot.domain.duty_outcomes import Post, Posted, Posts
from bot.domain.ids import ShiftId
from bot.domain.people import Membership
from bot.domain.permissions import Action, may, require
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings
from bot.services.slots import slot_of


class Duties:
    """Queries about what is going on now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def on_duty(self, actor: Actor, query: OnDuty) -> Posts:
        """Return a page of the shifts under way or about to begin, in all the actor's communities."""
        async with self._desk.reading() as view:
            found: list[Shift] = []
            for place in await standings(view, actor, Action.SEE_ON_DUTY):
                community = await view.tx.communities.one(place.community_id)
                found += await _now(view, community)
            found.sort(key=lambda s: (s.start, s.checkpoint_id, s.id))
            shown, page, pages = paged(found, query.page)
            posts = [await _post(view, s, await standing(view, actor, s.community_id)) for s in shown]
            return Posts(posts=tuple(posts), page=page, pages=pages)

    async def on_the_spot(self, actor: Actor, shift_id: ShiftId) -> Post:
        """Return one shift's people for somebody who can check them in. Raises NotFound, NotAllowed."""
        async with self._desk.reading() as view:
            shift = await view.tx.shifts.one(shift_id)
            membership = await standing(view, actor, shift.community_id)
            require(membership, Action.CHECK_IN_OTHERS)
            return await _post(view, shift, membership)


async def _now(view: Work, community: Community) -> list[Shift]:
    """Return what is under way, what opens for checking in, and what is over while somebody is still there."""
    soon = view.now + community.rules.checkin_opens + timedelta(seconds=1)
    shifts = await view.tx.shifts.of_community(community.id, view.now - LONGEST_SHIFT, soon)
    staying = {a.shift_id for a in await view.tx.attendances.present(community.id)}
    return [s for s in shifts if s.state is ShiftState.OPEN and (s.end > view.now or s.id in staying)]


async def _post(view: Work, shift: Shift, membership: Membership | None) -> Post:
    roster = await view.tx.assignments.roster(shift.id)
    attendances = {a.id: a for a in await view.tx.attendances.of_shift(shift.id)}
    leads = may(membership, Action.CHECK_IN_OTHERS)
    people = [await _posted(view, a, attendances.get(a.id), leads=leads) for a in _awaited(roster, attendances)]
    return Post(slot=await slot_of(view, shift, roster, None), people=tuple(people), leads=leads)


def _awaited(roster: Roster, attendances: dict[str, Attendance]) -> list[Assignment]:
    """Return who is there, in the order of coming, and then who is still expected."""
    there = [a for a in roster.on if a.id in attendances and attendances[a.id].present]
    there.sort(key=lambda a: (attendances[a.id].checked_in_at or a.start, a.turn))
    return there + [a for a in roster.on if a.id not in attendances or attendances[a.id].state is Presence.EXPECTED]


async def _posted(view: Work, place: Assignment, attendance: Attendance | None, *, leads: bool) -> Posted:
    person = await view.tx.people.one(place.person_id)
    there = attendance if attendance is not None and attendance.present else None
    return Posted(
        person_id=person.id,
        name=person.name,
        since=there.checked_in_at if there else None,
        stays=bool(there and there.stays),
        account=person.account is not None,
        host=(await view.tx.people.one(place.host)).name if place.host else "",
        phone=(person.phone or "") if leads else "",
    )
