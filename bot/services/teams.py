"""Teams and partner units: which there are, who is in them."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain import skills, teams
from bot.domain.errors import NotFound, NotSetUp
from bot.domain.events import Event
from bot.domain.ids import CommunityId, PersonId, TeamId
from bot.domain.outcomes import Somebody
from bot.domain.people import Membership, membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.skills import Team
from bot.domain.team_commands import CloseTeam, JoinList, JoinTeam, LeaveTeam, MarkPartner, OneTeam, TeamList
from bot.domain.team_outcomes import Joiners, TeamPage, TeamRow, TeamShown
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, as_somebody, standing, standings, standings_to


class Teams:
    """Use cases of teams. Those on one team raise NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, actor: Actor, query: TeamList) -> TeamPage:
        """Return a page of the open teams of the actor's communities, their own first. Raises NotSetUp."""
        async with self._desk.reading() as view:
            where = await standings(view, actor, Action.SEE_SHIFTS)
            if not where:
                raise NotSetUp
            rows = [
                await _row(view, actor, team, s.community if len(where) > 1 else "")
                for s in where
                for team in await view.tx.teams.of_community(s.community_id)
                if team.open
            ]
            rows.sort(key=lambda r: (not r.mine, r.community, r.name.casefold(), r.team_id))
            chosen, page, pages = paged(rows, query.page)
            leads = await standings(view, actor, Action.MAKE_TEAMS)
            return TeamPage(teams=tuple(chosen), leads=tuple(leads), page=page, pages=pages)

    async def make_typed(self, actor: Actor, name: str, cause: str) -> TeamShown | None:
        """Name a team in the actor's only community; None where there are several. Raises NotAllowed, TeamTaken."""
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.MAKE_TEAMS)
        return None if len(where) > 1 else await self.make(actor, where[0].community_id, name, cause)

    async def make(self, actor: Actor, community_id: CommunityId, name: str, cause: str) -> TeamShown:
        """Name a team. Raises NameInvalid, TeamTaken."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            require(await standing(work, actor, community_id), Action.MAKE_TEAMS)
            id_ = TeamId(f"{community_id}-{work.ids.fresh()}")
            team, happened = skills.new_team(id_, community_id, name, partner=False, by=actor.person_id)
            teams.check_free(team.name, await work.tx.teams.of_community(community_id))
            return await _kept(work, actor, team, happened)

    async def one(self, actor: Actor, query: OneTeam) -> TeamShown:
        """Return a team with those who are in it, for everybody in the community."""
        async with self._desk.reading() as view:
            team = await view.tx.teams.one(query.team_id)
            require(await standing(view, actor, team.community_id), Action.SEE_SHIFTS)
            return await _shown(view, actor, team, query.page)

    async def rename(self, actor: Actor, team_id: TeamId, name: str, cause: str) -> TeamShown:
        """Give a team another name. Raises NameInvalid, TeamTaken."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            team = await _load(work, actor, team_id)
            renamed, happened = teams.rename(team, name, by=actor.person_id)
            teams.check_free(renamed.name, await work.tx.teams.of_community(team.community_id), but=team)
            return await _kept(work, actor, renamed, happened)

    async def mark_partner(self, actor: Actor, command: MarkPartner, cause: str) -> TeamShown:
        """Say whether a team is a partner unit."""
        return await self._changed(
            actor, command.team_id, cause, lambda t: teams.mark_partner(t, partner=command.partner, by=actor.person_id)
        )

    async def close(self, actor: Actor, command: CloseTeam, cause: str) -> TeamShown:
        """End a team; its shifts are everybody's from now on."""
        return await self._changed(actor, command.team_id, cause, lambda t: teams.close(t, by=actor.person_id))

    async def joiners(self, actor: Actor, query: JoinList) -> Joiners:
        """Return a page of the members who are not in the team."""
        async with self._desk.reading() as view:
            team = await _load(view, actor, query.team_id)
            people, page, pages = paged(await _outside(view, team), query.page)
            return Joiners(team_id=team.id, name=team.name, people=tuple(people), page=page, pages=pages)

    async def join(self, actor: Actor, command: JoinTeam, cause: str) -> TeamShown:
        """Add a member to a team."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            return await _joined(work, actor, await _load(work, actor, command.team_id), command.person_id)

    async def join_named(self, actor: Actor, team_id: TeamId, name: str, cause: str) -> TeamShown:
        """Add the member whom a typed name means. Raises MemberUnknown."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            team = await _load(work, actor, team_id)
            outside = [(p.person_id, p.name) for p in await _outside(work, team)]
            return await _joined(work, actor, team, teams.meant_by(name, outside))

    async def leave(self, actor: Actor, command: LeaveTeam, cause: str) -> TeamShown:
        """Take somebody out of a team; places they hold stay theirs."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            team = await _load(work, actor, command.team_id)
            theirs = await work.tx.memberships.one(membership_id(team.community_id, command.person_id))
            outside, happened = skills.leave_team(theirs, team, by=actor.person_id)
            return await _moved(work, actor, team, outside, happened)

    async def _changed(
        self, actor: Actor, team_id: TeamId, cause: str, how: Callable[[Team], tuple[Team, list[Event]]]
    ) -> TeamShown:
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(TeamShown):
                return done
            return await _kept(work, actor, *how(await _load(work, actor, team_id)))


async def members_of(work: Work, team: Team) -> list[Membership]:
    """Return the present members of a team."""
    there = await work.tx.memberships.of_community(team.community_id)
    return [m for m in there if m.left_at is None and team.id in m.teams]


async def _load(work: Work, actor: Actor, team_id: TeamId) -> Team:
    team = await work.tx.teams.one(team_id)
    require(await standing(work, actor, team.community_id), Action.MAKE_TEAMS)
    if not team.open:
        raise NotFound("teams")
    return team


async def _kept(work: Work, actor: Actor, team: Team, happened: list[Event]) -> TeamShown:
    await work.tx.teams.save(team)
    work.happened(*happened)
    return work.done(await _shown(work, actor, team, 0))


async def _joined(work: Work, actor: Actor, team: Team, person_id: PersonId) -> TeamShown:
    theirs = await work.tx.memberships.get(membership_id(team.community_id, person_id))
    if theirs is None or not may(theirs, Action.CLAIM):
        raise NotFound("people")
    inside, happened = skills.join_team(theirs, team, by=actor.person_id)
    return await _moved(work, actor, team, inside, happened)


async def _moved(work: Work, actor: Actor, team: Team, after: Membership, happened: list[Event]) -> TeamShown:
    if happened:
        await work.tx.memberships.save(after)
        work.happened(*happened)
    return work.done(await _shown(work, actor, team, 0))


async def _row(view: Work, actor: Actor, team: Team, community: str) -> TeamRow:
    inside = [m.person_id for m in await members_of(view, team)]
    return TeamRow(
        team_id=team.id,
        name=team.name,
        community=community,
        partner=team.partner,
        people=len(inside),
        mine=actor.person_id in inside,
    )


async def _shown(work: Work, actor: Actor, team: Team, page: int) -> TeamShown:
    people = await _named(work, await members_of(work, team))
    chosen, page, pages = paged(people, page)
    return TeamShown(
        team_id=team.id,
        community_id=team.community_id,
        name=team.name,
        partner=team.partner,
        closed=not team.open,
        people=tuple(chosen),
        count=len(people),
        leads=team.open and may(await standing(work, actor, team.community_id), Action.MAKE_TEAMS),
        page=page,
        pages=pages,
    )


async def _outside(view: Work, team: Team) -> list[Somebody]:
    there = await view.tx.memberships.of_community(team.community_id)
    return await _named(view, [m for m in there if team.id not in m.teams and may(m, Action.CLAIM)])


async def _named(view: Work, members: list[Membership]) -> list[Somebody]:
    people = [as_somebody(await view.tx.people.one(m.person_id)) for m in members]
    return sorted(people, key=lambda p: (p.name.casefold(), p.person_id))
