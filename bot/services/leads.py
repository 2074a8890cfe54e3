"""Shift leads: who is one, made and unmade by coordinators."""

from __future__ import annotations

from bot.domain import events
from bot.domain.errors import NotFound
from bot.domain.ids import CommunityId, PersonId
from bot.domain.lead_commands import LeadList, MakeLead
from bot.domain.lead_outcomes import Member, Members
from bot.domain.people import Membership, Role, membership_id, with_role, without_role
from bot.domain.permissions import Action, require
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings_to


class Leads:
    """Use cases about shift leads, for coordinators."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def members(self, actor: Actor, query: LeadList, *, named: str = "") -> Members:
        """Return a page of the people, or of those whose name holds `named`. Raises NotAllowed, NotSetUp."""
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.MAKE_LEADS)
            if not query.community_id and len(where) > 1:
                return Members(choices=tuple(where))
            community_id = CommunityId(query.community_id) or where[0].community_id
            require(await standing(view, actor, community_id), Action.MAKE_LEADS)
            return await _page(view, community_id, query.page, named=named)

    async def make(self, actor: Actor, command: MakeLead, cause: str) -> Members:
        """Make somebody a lead, or one no longer; what is so already changes nothing. Raises NotFound, NotAllowed."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Members):
                return done
            require(await standing(work, actor, command.community_id), Action.MAKE_LEADS)
            theirs = await work.tx.memberships.get(membership_id(command.community_id, command.person_id))
            if theirs is None or theirs.left_at is not None:
                raise NotFound("people")
            if theirs.has(Role.SHIFT_LEAD) is not command.lead:
                theirs = (with_role if command.lead else without_role)(theirs, Role.SHIFT_LEAD)
                await work.tx.memberships.save(theirs)
                kind = events.RoleGranted if command.lead else events.RoleWithdrawn
                where, who = command.community_id, command.person_id
                work.happened(kind(community_id=where, actor=actor.person_id, person_id=who, role=Role.SHIFT_LEAD))
            changed = await _member(work, theirs)
            return work.done(await _page(work, command.community_id, command.page, changed=changed))


async def _page(
    view: Work, community_id: CommunityId, page: int, *, named: str = "", changed: Member | None = None
) -> Members:
    community = await view.tx.communities.one(community_id)
    present = [m for m in await view.tx.memberships.of_community(community_id) if m.left_at is None]
    people = [await _member(view, m) for m in present]
    found = [p for p in people if named.casefold() in p.name.casefold()]
    found.sort(key=lambda p: (not p.leads, p.name.casefold(), p.person_id))
    shown, page, pages = paged(found, page)
    return Members(
        community_id=community_id,
        community=community.name,
        people=tuple(shown),
        changed=changed,
        page=page,
        pages=pages,
    )


async def _member(view: Work, membership: Membership) -> Member:
    person = await view.tx.people.get(PersonId(membership.person_id))
    return Member(
        person_id=membership.person_id,
        name=person.name if person else "",
        leads=membership.has(Role.SHIFT_LEAD),
        coordinates=membership.has(Role.COORDINATOR),
    )
