"""What the use cases of setting a community up answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import CommunityId
from bot.domain.outcomes import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Where a community's setup stands. `missing_rights` says what the bot cannot do in the group."""

    community_id: CommunityId
    name: str
    language: str
    zone: str
    coordinators: tuple[str, ...]
    ready: bool
    admin: bool = False
    missing_rights: tuple[str, ...] = ()
    language_chosen: bool = False
    zone_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """A form that asks for a name (and perhaps a phone). `step`: community, name or phone."""

    dialog: str
    step: str
    communities: tuple[Standing, ...] = ()
    community: str = ""
    name: str = ""
