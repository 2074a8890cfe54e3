"""What buttons ask about who does what: roles, skills, teams, standing commitments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CommitmentId, CommunityId, PersonId, ShiftId, SkillId


@dataclass(frozen=True, slots=True)
class ChangeRole(Command):
    """Give somebody on the shift another role (its key); without one, ask which."""

    shift_id: ShiftId
    person_id: PersonId
    role: str = ""


@dataclass(frozen=True, slots=True)
class SkillList(Command):
    """The skills of my communities, and which I have."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OneSkill(Command):
    """A skill with those who have it, for coordinators."""

    skill_id: SkillId
    page: int = 0


@dataclass(frozen=True, slots=True)
class NewSkill(Command):
    """Begin to name a skill."""

    community_id: CommunityId | str


@dataclass(frozen=True, slots=True)
class GrantList(Command):
    """Who could be known to have a skill?"""

    skill_id: SkillId
    page: int = 0


@dataclass(frozen=True, slots=True)
class GrantSkill(Command):
    """Begin to note that this person has a skill, or has it until another day."""

    skill_id: SkillId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class WithdrawSkill(Command):
    """This person no longer has the skill; `sure` once the question was answered."""

    skill_id: SkillId
    person_id: PersonId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CommitTo(Command):
    """Let shifts like this one be mine until further notice: on `days` 'w' (its weekday), 'a' (all), or ask which."""

    shift_id: ShiftId
    days: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentList(Command):
    """What I have taken until further notice."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OneCommitment(Command):
    """One of them."""

    commitment_id: CommitmentId


@dataclass(frozen=True, slots=True)
class PauseCommitment(Command):
    """Begin to say from when to when I do not come."""

    commitment_id: CommitmentId


@dataclass(frozen=True, slots=True)
class EndCommitment(Command):
    """It is no longer mine; `sure` once the question was answered."""

    commitment_id: CommitmentId
    sure: bool = False


STANDING: tuple[type[Command], ...] = (
    ChangeRole, SkillList, OneSkill, NewSkill, GrantList, GrantSkill, WithdrawSkill,
    CommitTo, CommitmentList, OneCommitment, PauseCommitment, EndCommitment,
)  # fmt: skip
