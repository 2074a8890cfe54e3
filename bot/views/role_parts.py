"""Pieces about roles that many messages share: how they are filled, and how many each needs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.outcomes import Slot
from bot.domain.roles import RoleFill
from bot.domain.when import parse_roles
from bot.i18n import Html, Translator
from bot.views.parts import listed, name


def fill(t: Translator, role: RoleFill, names: Html | None = None) -> Html:
    """Return one role and how it is filled, with the names of those who have it if they are given."""
    filled = t.say("{role} {filled}", role=name(role.name), filled=f"{role.on}/{role.capacity}")
    if role.skill and names is None:
        filled = t.say("{role} (needs {skill})", role=filled, skill=name(role.skill))
    if names:
        filled = t.say("{role}: {names}", role=filled, names=names)
    if role.offered:
        offered = t.count("offered to {n} person in line", "offered to {n} people in line", role.offered)
        filled = Html(f"{filled} · {offered}")
    if role.missing:
        filled = Html(f"{filled} · " + t.count("<b>{n} missing</b>", "<b>{n} missing</b>", role.missing))
    return filled


def by_role(t: Translator, slot: Slot) -> list[str]:
    """Return a line for each role of a shift; nothing for one without roles, or that was called off."""
    return [] if slot.cancelled else [f"– {fill(t, role)}" for role in slot.roles]


def planned(t: Translator, roles: Sequence[RoleFill]) -> str:
    """Return roles that nobody has yet, each with how many people it needs and the skill it requires."""
    return t.plain("Roles: {roles}", roles=listed(t, [_planned(t, r) for r in roles]))


def typed(t: Translator, line: str) -> str:
    """Return roles as they were typed into a form."""
    said = [
        RoleFill(key="", name=r.name, needed=r.needed, capacity=r.capacity, skill=r.skill) for r in parse_roles(line)
    ]
    return planned(t, said)


def _planned(t: Translator, role: RoleFill) -> str:
    number = str(role.needed) if role.needed == role.capacity else f"{role.needed}–{role.capacity}"
    shown = t.plain("{role} {number}", role=name(role.name), number=number)
    return t.plain("{role} (needs {skill})", role=shown, skill=name(role.skill)) if role.skill else shown
