"""What the community's rules say about a person and a shift, as things stand in the store."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import opening
from bot.domain.assignments import Hold, Roster
from bot.domain.communities import Community
from bot.domain.ids import CommunityId, PersonId, ShiftId, TeamId
from bot.domain.life_errors import SkillMissing
from bot.domain.opening import Taker, Verdict, Wanted
from bot.domain.people import Membership, membership_id
from bot.domain.permissions import Action, may
from bot.domain.roles import UNNAMED, role_of
from bot.domain.shifts import Shift
from bot.domain.skills import Team, skill_held_id
from bot.domain.teams import team_named
from bot.services.desk import Work

AROUND = timedelta(days=8)  # a week, and a day for the zone


async def verdict_on(
    work: Work,
    community: Community,
    membership: Membership,
    shift: Shift,
    roster: Roster,
    *,
    role: str = UNNAMED,
    leaving: PersonId | None = None,
    given: bool = False,
    instead: ShiftId | None = None,
) -> Verdict:
    """Return what speaks against the person's taking a place.

    `leaving` makes room for them; `given`: a coordinator gives it. Either way opening days do not count.
    `instead` is the shift whose place they give up for this one.
    """
    wanted = role_of(shift.roles, role)
    skill_id = wanted.skill_id if wanted else None
    taker = Taker(
        membership=membership,
        held=[
            a
            for a in await work.tx.assignments.of_person(
                membership.person_id, Hold.ON, shift.start - AROUND, shift.end + AROUND
            )
            if a.shift_id != instead
        ],
        skill_held=await work.tx.skills_held.get(skill_held_id(skill_id, membership.person_id)) if skill_id else None,
        served=await _served(work, community, membership.person_id),
    )
    asked = Wanted(
        shift=shift,
        skill=await work.tx.skills.get(skill_id) if skill_id else None,
        team=await team_of(work, shift),
        experienced=await _experienced(work, community, roster, leaving),
        given=given or leaving is not None,
    )
    return opening.check(taker, asked, rules=community.rules, zone=community.tz, now=work.now)


async def require_fit(
    work: Work,
    person_id: PersonId,
    shift: Shift,
    roster: Roster,
    *,
    role: str = UNNAMED,
    leaving: PersonId | None = None,
    instead: ShiftId | None = None,
    sure: bool,
) -> None:
    """Raise what keeps a member from taking a place by themselves; unless `sure`, also that they would rest too little.

    Raises NotFound for somebody who is no member.
    """
    community = await work.tx.communities.one(shift.community_id)
    membership = await work.tx.memberships.one(membership_id(community.id, person_id))
    verdict = await verdict_on(work, community, membership, shift, roster, role=role, leaving=leaving, instead=instead)
    try:
        opening.require_fit(verdict, sure=sure)
    except SkillMissing as missing:
        raise SkillMissing(missing.skill, await _who_grants(work, community)) from None


async def team_of(work: Work, shift: Shift) -> Team | None:
    """Return the team to which a shift belongs; None without one, or when it was closed."""
    team = await work.tx.teams.get(shift.team_id) if shift.team_id else None
    return team if team is not None and team.open else None


async def team_name(work: Work, team_id: TeamId | None) -> str:
    """Return what a team is called; empty without one, or when it was closed."""
    team = await work.tx.teams.get(team_id) if team_id else None
    return team.name if team is not None and team.open else ""


async def team_typed(work: Work, community_id: CommunityId, name: str) -> TeamId | None:
    """Return the team of that name; None for no name. Raises TeamUnknown."""
    return team_named(name, await work.tx.teams.of_community(community_id)).id if name else None


async def teams_open(work: Work, community_id: CommunityId) -> tuple[tuple[TeamId, str], ...]:
    """Return a community's open teams with their names, by name."""
    there = await work.tx.teams.of_community(community_id)
    return tuple(sorted(((t.id, t.name) for t in there if t.open), key=lambda pair: pair[1].casefold()))


async def _who_grants(work: Work, community: Community) -> tuple[str, ...]:
    members = await work.tx.memberships.of_community(community.id)
    return tuple([(await work.tx.people.one(m.person_id)).name for m in members if may(m, Action.GRANT_SKILLS)])


async def _served(work: Work, community: Community, person_id: PersonId) -> int:
    return await work.tx.hours.served(person_id) if community.rules.newcomer_shifts else 0


async def _experienced(work: Work, community: Community, roster: Roster, leaving: PersonId | None) -> bool:
    needed = community.rules.newcomer_shifts
    staying = [a.person_id for a in roster.on if a.person_id != leaving]
    return not needed or any([await work.tx.hours.served(person) >= needed for person in staying])
