"""From events to the people who must be told.

A notice names its reader and its facts, never its words: it is rendered in the reader's language when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text too long for one message: the `number`th `of` so many, from 1.

    `text` holds its words from when the first part is sent until this one is: so the parts of one text fit together,
    whatever changes meanwhile.
    """

    number: int
    of: int
    text: str

    @property
    def is_last(self) -> bool:
        """Whether the buttons belong to it."""
        return self.number == self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A row of the outbox: one message owed to one person.

    `kind` and `facts` say what about; `turn` only grows and keeps a person's notices in order. `not_before` delays the
    next try, `useful_until` ends it. `repeat` marks a second copy of something that may have arrived already. A text
    too long for one message gets a row for each `part`.
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
    part: Part | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """What an event or a timer makes us owe somebody; after `useful_until` it is not worth sending."""

    person_id: PersonId
    lane: Lane
    kind: str
    facts: dict[str, Fact]
    useful_until: datetime | None = None


# Kinds that may share one message with others of their family that wait for the same reader. Nothing urgent is here:
# it has its message for itself, at once.
FAMILIES = {"assigned": "yours", "moved_up": "yours", "unreachable": "reach", "unsure": "reach"}
MOST_TOGETHER = 20


def together(first: Notice, owed: Sequence[Notice], now: datetime) -> list[Notice]:
    """Return the notices that may share a message with `first`, itself included, in the order of making.

    `owed` is what waits for the same reader, in that order. Whatever cannot be part of it ends it, so that nothing is
    overtaken.
    """
    found: list[Notice] = []
    for notice in (n for n in owed if n.lane is first.lane and n.turn >= first.turn):
        if not _fits(first, notice, now) or len(found) == MOST_TOGETHER:
            break
        found.append(notice)
    return found if len(found) > 1 else [first]


def _fits(first: Notice, notice: Notice, now: datetime) -> bool:
    family = FAMILIES.get(first.kind)
    whole = first.part is None and notice.part is None and not first.repeat and not notice.repeat
    return whole and family is not None and FAMILIES.get(notice.kind) == family and notice.not_before <= now


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
