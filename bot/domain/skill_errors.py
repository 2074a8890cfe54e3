"""What the rules can refuse about skills and teams, beyond taking a place (`bot.domain.life_errors`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class SkillUnknown(DomainError):
    """The community knows no skill of that name."""

    skill: str


@dataclass(unsafe_hash=True)
class TeamUnknown(DomainError):
    """The community knows no open team of that name."""

    team: str


@dataclass(unsafe_hash=True)
class TeamTaken(DomainError):
    """The community has an open team of that name already."""

    team: str


@dataclass(unsafe_hash=True)
class MemberUnknown(DomainError):
    """Nobody who could be added has that name, or more than one: `several`."""

    said: str
    several: bool


@dataclass(unsafe_hash=True)
class SkillTaken(DomainError):
    """The community has a skill of that name already."""

    skill: str
