"""A community and the chats it lives in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import ZoneUnknown
from bot.domain.ids import CommunityId
from bot.domain.rules import ShiftRules

LANGUAGES = ("en", "zh_Hans")
GUESSED_ZONES = {"zh_Hans": "Asia/Shanghai", "en": "Europe/London"}
OFFERED_ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata",
    "Europe/London", "Europe/Berlin", "Europe/Kyiv", "America/New_York", "America/Chicago",
    "America/Los_Angeles", "America/Sao_Paulo", "Africa/Lagos", "Africa/Nairobi", "Australia/Sydney",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A neighbourhood with its own language, zone and people.

    `ready` is set when the setup was finished; `chat` is the chat key of the group it lives in; `rules` are what it has
    agreed about its shifts.
    """

    id: CommunityId
    name: str
    language: str
    zone: str
    chat: str
    ready: bool = False
    language_chosen: bool = False
    zone_chosen: bool = False
    made_at: datetime
    rules: ShiftRules = field(default_factory=ShiftRules)
    version: int = 0

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which this community reads its clocks."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A group the bot is or was in. `id` is '<bot>:<chat>', so that two bots never share a row.

    `topic_id` is the forum topic bound to shift cards (None: the group itself). `rights` are the admin rights
    the bot holds there, by the Bot API's names without 'can_'; `greeting` is the setup card's message.
    `trouble` is what keeps the cards out (`bot.domain.groups`), '' if nothing does, `trouble_at` when that began or
    ended; `lost_topic` is the bound topic that was closed or deleted.
    """

    id: str
    bot_id: int
    chat_id: int
    community_id: CommunityId
    title: str
    forum: bool = False
    topic_id: int | None = None
    admin: bool = False
    rights: tuple[str, ...] = ()
    present: bool = True
    greeting: int | None = None
    trouble: str = ""
    trouble_at: datetime | None = None
    lost_topic: int | None = None
    version: int = 0


def chat_key(bot_id: int, chat_id: int) -> str:
    """Return the key of a chat as seen by one bot."""
    return f"{bot_id}:{chat_id}"


def checked_zone(name: str) -> str:
    """Return the zone's name if the IANA database knows it. Raises ZoneUnknown."""
    try:
        return ZoneInfo(name.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(name[:60]) from None


def guessed_zone(language: str) -> str:
    """Return the zone to propose to people who speak that language."""
    return GUESSED_ZONES.get(language, "Europe/London")


def nearest_language(tag: str | None, fallback: str = "en") -> str:
    """Return which of our languages serves a whole BCP 47 tag best: any Chinese reads Simplified, else English.

    The tag may be None (nothing known): then the fallback.
    """
    if not tag:
        return fallback
    primary = tag.replace("_", "-").lower().split("-")[0]
    return {"zh": "zh_Hans", "yue": "zh_Hans", "wuu": "zh_Hans", "cmn": "zh_Hans"}.get(primary, "en")
