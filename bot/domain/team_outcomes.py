"""What the use cases of teams answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import CommunityId, TeamId
from bot.domain.outcomes import Somebody, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A team on the list, with how many are in it; `mine`: the reader is."""

    team_id: TeamId
    name: str
    community: str = ""
    partner: bool = False
    people: int = 0
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """A page of the teams of the reader's communities. `leads`: the communities in which they may add one."""

    teams: tuple[TeamRow, ...]
    leads: tuple[Standing, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamShown:
    """A team with a page of its `people`, `count` in all; `leads`: the reader may change it.

    `closed`: there is no such team any more.
    """

    team_id: TeamId
    community_id: CommunityId
    name: str
    partner: bool
    closed: bool
    people: tuple[Somebody, ...]
    count: int
    leads: bool
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joiners:
    """A page of people who could be added to a team."""

    team_id: TeamId
    name: str
    people: tuple[Somebody, ...]
    page: int
    pages: int
