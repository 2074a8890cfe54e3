"""What the rules can refuse about skills and teams, beyond taking a place (`bot.domain.life_errors`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class SkillUnknown(DomainError):
    """The community knows no skill of that name."""

    skill: str


@dataclass(unsafe_hash=True)
class SkillTaken(DomainError):
    """The community has a skill of that name already."""

    skill: str
