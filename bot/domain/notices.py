"""From events to the people who must be told.

A notice names its reader and its facts, never its words: it is rendered in the reader's language when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain import duty_events, events, life_events
from bot.domain.commitment_events import COMMITMENT_TOUCHED, CommitmentTouched
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
FAMILIES = {"assigned": "yours", "unreachable": "reach", "unsure": "reach"}
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


# Who is told of an event: the lane, the kind of notice, and the fields of the event that name the people.
_PERSON = ("person_id",)
_TOLD: dict[type[events.Event], tuple[Lane, str, tuple[str, ...]]] = {
    events.PersonAssigned: (Lane.REPLY, "assigned", _PERSON),
    events.PersonRemoved: (Lane.URGENT, "removed", _PERSON),
    events.WaitMoved: (Lane.REPLY, "wait_moved", _PERSON),
    events.OfferMoved: (Lane.REPLY, "offer_moved", _PERSON),
    events.PlaceBack: (Lane.REPLY, "place_back", _PERSON),
    events.GuestsReleased: (Lane.REPLY, "guests_released", _PERSON),
    events.AssignmentCancelled: (Lane.URGENT, "cancelled", _PERSON),
    life_events.ConfirmationAsked: (Lane.REPLY, "changed", _PERSON),
    life_events.RoleChanged: (Lane.REPLY, "role_changed", _PERSON),
    life_events.PreclaimFailed: (Lane.REPLY, "not_claimed", _PERSON),
    CommitmentTouched: (Lane.REPLY, COMMITMENT_TOUCHED, _PERSON),
    life_events.PlaceOffered: (Lane.REPLY, "offered", _PERSON),
    life_events.OfferExpired: (Lane.REPLY, "offer_expired", _PERSON),
    life_events.OfferWithdrawn: (Lane.REPLY, "offer_withdrawn", _PERSON),
    life_events.CoverAsked: (Lane.REPLY, "cover_asked", ("asked_id",)),
    life_events.CoverTaken: (Lane.REPLY, "cover_taken", ("person_id", "cover_id")),
    life_events.CoverRefused: (Lane.REPLY, "cover_refused", ("person_id", "cover_id")),
    life_events.CoverUndone: (Lane.URGENT, "cover_undone", _PERSON),
    life_events.CoverFailed: (Lane.URGENT, "cover_failed", _PERSON),
    life_events.SwapAsked: (Lane.REPLY, "swap_asked", ("other_id",)),
    life_events.SwapDeclined: (Lane.REPLY, "swap_declined", _PERSON),
    life_events.SwapAgreed: (Lane.REPLY, "swap_agreed", _PERSON),
    life_events.SwapRefused: (Lane.REPLY, "swap_refused", ("person_id", "other_id")),
    life_events.SwapDone: (Lane.REPLY, "swap_done", ("person_id", "other_id")),
    life_events.SwapUndone: (Lane.REPLY, "swap_undone", ("person_id", "other_id")),
    life_events.SwapExpired: (Lane.REPLY, "swap_expired", ("person_id", "other_id")),
    life_events.StandbyCalled: (Lane.URGENT, "standby_called", _PERSON),
    duty_events.NoShowRecorded: (Lane.REPLY, "no_show", _PERSON),
    duty_events.AttendanceCorrected: (Lane.REPLY, "attendance_corrected", _PERSON),
    duty_events.HandoverAccepted: (Lane.REPLY, "handover_accepted", _PERSON),
}
# What coordinators (and the shift's lead) are told of, whoever they are: the service knows them by their roles.
_TOLD_LEADERS: dict[type[events.Event], tuple[Lane, str]] = {
    life_events.CoverSought: (Lane.REPLY, "leads_cover_sought"),
    life_events.CoverAgreed: (Lane.REPLY, "leads_cover_agreed"),
    life_events.CoverFailed: (Lane.URGENT, "leads_cover_failed"),
    life_events.SwapAgreed: (Lane.REPLY, "leads_swap_agreed"),
    life_events.StandbyCame: (Lane.REPLY, "leads_standby_came"),
    duty_events.PostEmpty: (Lane.URGENT, "leads_post_empty"),
    duty_events.PersonDeparted: (Lane.REPLY, "leads_departed"),
}


def owed_for(event: events.Event) -> list[Owed]:
    """Return whom an event obliges us to tell. Nobody is told of what they did themselves."""
    told = _TOLD.get(type(event))
    if told is None:
        return []
    lane, kind, named = told
    facts = event.facts()
    people = dict.fromkeys(PersonId(str(facts[name])) for name in named if facts[name])
    return [Owed(person, lane, kind, _facts(event)) for person in people if person != event.actor]


def tells_leaders(event: events.Event) -> bool:
    """Say whether those who lead are told of such an event."""
    return type(event) in _TOLD_LEADERS


def owed_to_leaders(event: events.Event, leaders: Iterable[PersonId]) -> list[Owed]:
    """Return what those who lead are to be told of an event; not whoever did it, nor whom it is about."""
    told = _TOLD_LEADERS.get(type(event))
    if told is None:
        return []
    lane, kind = told
    about = {event.actor, event.facts().get("person_id")}
    return [Owed(person, lane, kind, _facts(event)) for person in dict.fromkeys(leaders) if person not in about]


def _facts(event: events.Event) -> dict[str, Fact]:
    """Return what a notice keeps of an event: its own facts and who did it, but not where, which is looked up."""
    return {**{k: v for k, v in event.facts().items() if k != "checkpoint_id"}, "actor": event.actor}
