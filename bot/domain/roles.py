"""Roles: the kinds of work on one shift, each with its own places.

A shift without roles has one unnamed role with the shift's own numbers. A shift with roles has the sums of theirs, so
that everybody who only counts people need not know of roles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.errors import PlacesInvalid
from bot.domain.ids import SkillId
from bot.domain.life_errors import RolesInvalid

UNNAMED = ""
MOST_ROLES = 6
LONGEST_ROLE_NAME = 30  # characters; it stands on buttons and cards


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRole:
    """A kind of work on a shift: `needed` people at least, room for `capacity`, perhaps only with a skill.

    `key` is short ASCII, unique in the shift, and stays when the name or the numbers change.
    """

    key: str
    name: str
    needed: int
    capacity: int
    skill_id: SkillId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFill:
    """How a role of a shift is filled: so many are `on`, so many places are `offered` in line.

    `skill` names what the role requires, empty for nothing.
    """

    key: str
    name: str
    needed: int
    capacity: int
    on: int = 0
    offered: int = 0
    skill: str = ""

    @property
    def free(self) -> int:
        """How many places can be claimed."""
        return max(0, self.capacity - self.on - self.offered)

    @property
    def missing(self) -> int:
        """How many people it is short of."""
        return max(0, self.needed - self.on)


def filled(
    roles: Sequence[ShiftRole], on: Sequence[str], offered: Sequence[str], skills: Mapping[SkillId, str]
) -> tuple[RoleFill, ...]:
    """Return how each role is filled, given the roles of those on and of those offered, and the skills' names."""
    return tuple(
        RoleFill(
            key=r.key,
            name=r.name,
            needed=r.needed,
            capacity=r.capacity,
            on=on.count(r.key),
            offered=offered.count(r.key),
            skill=skills.get(r.skill_id, "") if r.skill_id else "",
        )
        for r in roles
    )


def sums(roles: Sequence[ShiftRole]) -> tuple[int, int]:
    """Return what all roles need together, and have room for."""
    return sum(r.needed for r in roles), sum(r.capacity for r in roles)


def checked_roles(roles: Sequence[ShiftRole], *, most_places: int) -> tuple[ShiftRole, ...]:
    """Return the roles if they can stand on one shift. Raises RolesInvalid, PlacesInvalid."""
    keys, names = {r.key for r in roles}, {r.name.casefold() for r in roles}
    if not len(keys) == len(names) == len(roles) <= MOST_ROLES or not all(map(_is_named, roles)):
        raise RolesInvalid(MOST_ROLES)
    needed, capacity = sums(roles)
    if roles and not (all(map(_is_sound, roles)) and 1 <= needed <= capacity <= most_places):
        raise PlacesInvalid(1, most_places)
    return tuple(roles)


def _is_sound(role: ShiftRole) -> bool:
    return 0 <= role.needed <= role.capacity and role.capacity >= 1


def _is_named(role: ShiftRole) -> bool:
    return role.key != UNNAMED and 0 < len(role.name) <= LONGEST_ROLE_NAME


def role_of(roles: Sequence[ShiftRole], key: str) -> ShiftRole | None:
    """Return the role with that key, or None."""
    return next((r for r in roles if r.key == key), None)


def room(roles: Sequence[ShiftRole], taken: Sequence[str]) -> dict[str, int]:
    """Return how many places each role has left, given the roles of those who hold one; never less than 0."""
    return {r.key: max(0, r.capacity - taken.count(r.key)) for r in roles}


def with_room(roles: Sequence[ShiftRole], taken: Sequence[str]) -> list[ShiftRole]:
    """Return the roles that have a place left."""
    left = room(roles, taken)
    return [r for r in roles if left[r.key]]


def role_name(roles: Sequence[ShiftRole], key: str) -> str:
    """Return what the role with that key is called, empty for none."""
    role = role_of(roles, key)
    return role.name if role else UNNAMED


def short(roles: Sequence[ShiftRole], taken: Sequence[str]) -> dict[str, int]:
    """Return how many people each role is short of what it needs, those that are not short left out."""
    gaps = {r.key: r.needed - taken.count(r.key) for r in roles}
    return {key: gap for key, gap in gaps.items() if gap > 0}
