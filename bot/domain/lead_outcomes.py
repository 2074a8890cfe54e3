"""What the use cases of shift leads answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import CommunityId, PersonId
from bot.domain.outcomes import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of a community; `leads`: they are a shift lead, `coordinates`: they may do all that a lead may."""

    person_id: PersonId
    name: str
    leads: bool
    coordinates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """A page of a community's people, shift leads first; without a community, those to choose from are `choices`.

    `changed` is who was made a lead, or one no longer, just now.
    """

    community_id: CommunityId | str = ""
    community: str = ""
    people: tuple[Member, ...] = ()
    choices: tuple[Standing, ...] = ()
    changed: Member | None = None
    page: int = 0
    pages: int = 1
