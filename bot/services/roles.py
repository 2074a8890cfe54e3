"""Roles as somebody typed them, and as they are shown before anybody has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.events import Fact
from bot.domain.ids import CommunityId, SkillId
from bot.domain.roles import RoleFill, ShiftRole, filled
from bot.domain.skill_errors import SkillUnknown
from bot.domain.when import RoleSaid, parse_people, parse_roles, role_line, roles_of
from bot.services.desk import Work


async def roles_typed(work: Work, community_id: CommunityId, line: str) -> tuple[ShiftRole, ...]:
    """Return the roles that a line names, with the skills they require. Raises SkillUnknown, RolesInvalid."""
    said = parse_roles(line)
    return tuple([await _with_skill(work, community_id, r, s) for r, s in zip(roles_of(said), said, strict=True)])


async def role_plan(work: Work, roles: Sequence[ShiftRole]) -> tuple[RoleFill, ...]:
    """Return roles that nobody has yet, with the names of the skills they require."""
    wanted: dict[SkillId, str] = {}
    for role in roles:
        skill = await work.tx.skills.get(role.skill_id) if role.skill_id else None
        wanted |= {skill.id: skill.name} if skill else {}
    return filled(roles, (), (), wanted)


def people_typed(text: str) -> dict[str, Fact]:
    """Return how many people, or which roles, as fields of a draft. Raises what the grammar raises."""
    said, roles = parse_people(text)
    return {"needed": said.needed, "capacity": said.capacity, "roles": role_line(roles)}


async def _with_skill(work: Work, community_id: CommunityId, role: ShiftRole, said: RoleSaid) -> ShiftRole:
    if not said.skill:
        return role
    skills = await work.tx.skills.of_community(community_id)
    found = next((s for s in skills if s.open and s.name.casefold() == said.skill.casefold()), None)
    if found is None:
        raise SkillUnknown(said.skill)
    return replace(role, skill_id=found.id)
