"""What coordinators ask by button about shift leads (see `bot.domain.commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CommunityId, PersonId


@dataclass(frozen=True, slots=True)
class LeadList(Command):
    """The people of a community, with who is a shift lead; empty: the community is asked for if there are several."""

    community_id: CommunityId | str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class MakeLead(Command):
    """Make somebody a shift lead, or (`lead` False) one no longer."""

    community_id: CommunityId
    person_id: PersonId
    lead: bool
    page: int = 0


LEAD_COMMANDS: tuple[type[Command], ...] = (LeadList, MakeLead)
