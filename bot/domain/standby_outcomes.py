"""What the use cases of standby answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CommunityId


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyDay:
    """A local day on which somebody may be called. `state` is the reader's: '', ready, called, coming.

    `people` is how many stand by, `community` its name where the reader has several; `leads`: may see who they are.
    """

    community_id: CommunityId
    community: str
    day: date
    state: str
    people: int
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyPage:
    """A page of days; `changed` is the one that was just agreed to or withdrawn from, and `what` says which."""

    days: tuple[StandbyDay, ...]
    page: int
    pages: int
    changed: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyNames:
    """Who stands by on a day, whoever is called next first, with their state."""

    community_id: CommunityId
    day: date
    people: tuple[tuple[str, str], ...]
