"""What buttons ask about teams and partner units."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CommunityId, PersonId, TeamId


@dataclass(frozen=True, slots=True)
class TeamList(Command):
    """The teams of my communities, and which I am in."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OneTeam(Command):
    """A team with those who are in it."""

    team_id: TeamId
    page: int = 0


@dataclass(frozen=True, slots=True)
class NewTeam(Command):
    """Begin to name a team."""

    community_id: CommunityId | str


@dataclass(frozen=True, slots=True)
class RenameTeam(Command):
    """Begin to give a team another name."""

    team_id: TeamId


@dataclass(frozen=True, slots=True)
class MarkPartner(Command):
    """The team is a partner unit (a firm that staffs shifts of its own), or is none."""

    team_id: TeamId
    partner: bool


@dataclass(frozen=True, slots=True)
class CloseTeam(Command):
    """There is no such team any more; `sure` once the question was answered."""

    team_id: TeamId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class JoinList(Command):
    """Who could be added to a team?"""

    team_id: TeamId
    page: int = 0


@dataclass(frozen=True, slots=True)
class JoinTeam(Command):
    """This person belongs to the team."""

    team_id: TeamId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class LeaveTeam(Command):
    """This person belongs to the team no longer."""

    team_id: TeamId
    person_id: PersonId


TEAM_COMMANDS: tuple[type[Command], ...] = (
    TeamList, OneTeam, NewTeam, RenameTeam, MarkPartner, CloseTeam, JoinList, JoinTeam, LeaveTeam,
)  # fmt: skip
