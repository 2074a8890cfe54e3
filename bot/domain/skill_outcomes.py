"""What the use cases of skills answer, and what people are told of them (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CommunityId, SkillId
from bot.domain.outcomes import Somebody, Standing
from bot.domain.people import Person

ENDS, LEADS_ENDS = "skill_ends", "leads_skill_ends"
SKILL_KINDS = frozenset({ENDS, LEADS_ENDS})
"""The kinds of notices that say that a certificate ends: to its holder, and to those who lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """A skill on the list: how many `have` it; `mine`: the reader has it, `until` a last day or for ever."""

    skill_id: SkillId
    name: str
    community: str = ""
    have: int = 0
    mine: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPage:
    """A page of the skills of the reader's communities. `leads`: the communities in which they may add one."""

    skills: tuple[SkillRow, ...]
    leads: tuple[Standing, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who has a skill, until a last day or for ever; `over`: that day is past."""

    person: Somebody
    until: date | None
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillShown:
    """A skill with a page of those who have it, as coordinators see it."""

    skill_id: SkillId
    community_id: CommunityId
    name: str
    holders: tuple[Holder, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """A page of people who are not known to have a skill."""

    skill_id: SkillId
    name: str
    people: tuple[Somebody, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTold:
    """A notice about a certificate: its reader, its name and last day; `about` names its holder if another reads it."""

    kind: str
    reader: Person
    language: str
    skill: str
    skill_id: SkillId
    until: date
    about: str = ""
    repeat: bool = False
