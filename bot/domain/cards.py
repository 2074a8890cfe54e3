"""Live cards: what a chat shows of a checkpoint's day, and what it last showed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.ids import CheckpointId, CommunityId

AWAY_SHOWN = timedelta(minutes=30)  # how long a card says that the bot was away


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message that is kept true. `id` is '<chat>/<checkpoint>/<day>', with the chat's key in front.

    `message_id` is None until it was posted, in the topic `topic_id` (None: General, or no forum); `shown` is the
    digest of what was last shown; `until` is when the card stops changing. `away_from` and `away_until` are when the
    bot was last away for so long that presses were lost, while this is still to be said.
    """

    id: str
    chat: str
    community_id: CommunityId
    checkpoint_id: CheckpointId
    day: date
    message_id: int | None = None
    topic_id: int | None = None
    shown: str = ""
    until: datetime
    away_from: datetime | None = None
    away_until: datetime | None = None
    version: int = 0


def card_id(chat: str, checkpoint_id: CheckpointId, day: date) -> str:
    """Return the key of the card for a checkpoint's local day in a chat."""
    return f"{chat}/{checkpoint_id}/{day.isoformat()}"
