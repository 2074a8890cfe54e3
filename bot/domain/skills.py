"""Skills, which roles may require, and who has them; and teams, to which shifts may belong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import duty_events as happened
from bot.domain.events import Event
from bot.domain.ids import CommunityId, PersonId, SkillId, TeamId
from bot.domain.life_errors import SkillExpired, SkillMissing, TeamOnly
from bot.domain.people import Membership, clean_name

WARN_BEFORE = timedelta(days=30)
LONGEST_SKILL_NAME = 40  # characters
LONGEST_TEAM_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Something a community asks for by name: first aid, taking temperatures. `certificate`: it has a last day."""

    id: SkillId
    community_id: CommunityId
    name: str
    certificate: bool = False
    open: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillHeld:
    """That somebody has a skill. `id` is '<skill>:<person>'; `until` is a certificate's last day, None for ever.

    `warned_of` is the last day that its holder and those who lead were told of.
    """

    id: str
    community_id: CommunityId
    skill_id: SkillId
    person_id: PersonId
    until: date | None = None
    granted_by: PersonId
    granted_at: datetime
    warned_of: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who serve together. A `partner` unit (a firm) staffs shifts of its own; its liaison sees to them."""

    id: TeamId
    community_id: CommunityId
    name: str
    partner: bool = False
    open: bool = True
    version: int = 0


def skill_held_id(skill_id: SkillId, person_id: PersonId) -> str:
    """Return the key of one person's skill."""
    return f"{skill_id}:{person_id}"


def new_skill(id_: SkillId, community_id: CommunityId, name: str, *, certificate: bool) -> Skill:
    """Name a skill that roles may require. Raises NameInvalid."""
    name = clean_name(name, longest=LONGEST_SKILL_NAME)
    return Skill(id=id_, community_id=community_id, name=name, certificate=certificate)


def grant(
    skill: Skill, person_id: PersonId, *, until: date | None, by: PersonId, now: datetime, earlier: SkillHeld | None
) -> tuple[SkillHeld, list[Event]]:
    """Note that somebody has a skill, or has it anew; `until` is kept for certificates only."""
    held = SkillHeld(
        id=skill_held_id(skill.id, person_id),
        community_id=skill.community_id,
        skill_id=skill.id,
        person_id=person_id,
        until=until if skill.certificate else None,
        granted_by=by,
        granted_at=now,
        version=earlier.version if earlier else 0,
    )
    told = happened.SkillGranted(community_id=skill.community_id, actor=by, person_id=person_id, skill_id=skill.id)
    return held, [told]


def withdraw(held: SkillHeld, *, by: PersonId) -> list[Event]:
    """Return what is to be logged when somebody's row is removed: they no longer count as having the skill."""
    return [
        happened.SkillWithdrawn(
            community_id=held.community_id, actor=by, person_id=held.person_id, skill_id=held.skill_id
        )
    ]


def check_skill(skill: Skill | None, held: SkillHeld | None, day: date) -> None:
    """Raise SkillMissing, or SkillExpired, unless the skill (None: none is required) is had on that local day."""
    if skill is None:
        return
    if held is None:
        raise SkillMissing(skill.name)
    if held.until is not None and held.until < day:
        raise SkillExpired(skill.name, held.until)


def new_team(
    id_: TeamId, community_id: CommunityId, name: str, *, partner: bool, by: PersonId
) -> tuple[Team, list[Event]]:
    """Name a team, or a partner unit. Raises NameInvalid."""
    team = Team(id=id_, community_id=community_id, name=clean_name(name, longest=LONGEST_TEAM_NAME), partner=partner)
    return team, [happened.TeamMade(community_id=community_id, actor=by, team_id=id_, partner=partner)]


def check_team(team: Team | None, membership: Membership, until: datetime | None = None) -> None:
    """Raise TeamOnly unless the shift belongs to no team (None) or to one of the person's; it is kept `until` then."""
    if team is not None and team.id not in membership.teams:
        raise TeamOnly(team.name, until)


def join_team(membership: Membership, team: Team, *, by: PersonId) -> tuple[Membership, list[Event]]:
    """Return the membership in one more team; nothing happens to somebody who is in it."""
    if team.id in membership.teams:
        return membership, []
    told = happened.TeamJoined(
        community_id=team.community_id, actor=by, person_id=membership.person_id, team_id=team.id
    )
    return replace(membership, teams=(*membership.teams, team.id)), [told]


def leave_team(membership: Membership, team: Team, *, by: PersonId) -> tuple[Membership, list[Event]]:
    """Return the membership without that team; nothing happens to somebody who is not in it."""
    if team.id not in membership.teams:
        return membership, []
    told = happened.TeamLeft(community_id=team.community_id, actor=by, person_id=membership.person_id, team_id=team.id)
    return replace(membership, teams=tuple(t for t in membership.teams if t != team.id)), [told]
