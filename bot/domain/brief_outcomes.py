"""What a coordinator is told in the morning, and what they can choose about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CommunityId
from bot.domain.outcomes import Slot
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class OfSomebody:
    """Somebody's place on a shift."""

    name: str
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTold:
    """A notice: the reader's community this morning.

    `today` are the shifts of the day, `gaps` those of the coming week that are short of people. `silent` have not said
    whether they come, `unreached` cannot be written to and have a shift soon.
    """

    reader: Person
    language: str
    community_id: CommunityId
    community: str
    zone: str
    day: date
    today: tuple[Slot, ...] = ()
    gaps: tuple[Slot, ...] = ()
    silent: tuple[OfSomebody, ...] = ()
    unreached: tuple[OfSomebody, ...] = ()
    repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefChoice:
    """When the reader gets the brief ('07:30', empty: never). `unread`: what they typed that is no time."""

    at: str
    changed: bool = False
    unread: str = ""
