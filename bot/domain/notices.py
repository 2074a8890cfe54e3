"""From events to the people who must be told.

A notice names its reader and its facts, never its words: it is rendered in the reader's language when it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain import events
from bot.domain.events import Fact
from bot.domain.ids import CommunityId, PersonId


class Lane(IntEnum):
    """The order in which the outbox serves; lower first."""

    ANSWER = 0
    URGENT = 1
    REPLY = 2
    REMINDER = 3
    CARD = 4
    BROADCAST = 5


class NoticeState(StrEnum):
    """The life of a notice in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A row of the outbox: one message owed to one person.

    `kind` and `facts` say what about; `turn` only grows and keeps a person's notices in order. `not_before` delays the
    next try, `useful_until` ends it. `repeat` marks a second copy of something that may have arrived already.
    """

    id: str
    community_id: CommunityId
    person_id: PersonId
    lane: Lane
    kind: str
    facts: dict[str, Fact]
    state: NoticeState = NoticeState.PENDING
    turn: int
    made_at: datetime
    not_before: datetime
    useful_until: datetime | None = None
    attempts: int = 0
    repeat: bool = False
    reason: str = ""
    message_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """What an event makes us owe somebody."""

    person_id: PersonId
    lane: Lane
    kind: str
    facts: dict[str, Fact]


_TOLD = {
    events.PersonAssigned: (Lane.REPLY, "assigned"),
    events.PersonRemoved: (Lane.URGENT, "removed"),
    events.MovedUp: (Lane.REPLY, "moved_up"),
    events.AssignmentCancelled: (Lane.URGENT, "cancelled"),
}


def owed_for(event: events.Event) -> list[Owed]:
    """Return whom an event obliges us to tell. Nobody is told of what they did themselves."""
    told = _TOLD.get(type(event))
    if told is None or not isinstance(event, events.OnPerson) or event.person_id == event.actor:
        return []
    lane, kind = told
    facts: dict[str, Fact] = {"shift_id": event.shift_id, "actor": event.actor}
    if isinstance(event, events.AssignmentCancelled):
        facts["waiting"] = event.waiting
    return [Owed(event.person_id, lane, kind, facts)]
