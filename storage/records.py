"""Entities as JSON records, and the tables they live in.

A record is the entity's fields in one JSON object, with instants in ISO 8601 UTC, and the field `schema`: the number of
the shape it was written in (`storage.migrations`). Reading ignores fields it does not know; writing always writes the
present shape.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from bot.domain.assignments import Assignment
from bot.domain.cards import Card
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Chat, Community
from bot.domain.drafts import Draft
from bot.domain.notices import Notice
from bot.domain.people import Membership, Person
from bot.domain.records import LogEntry, Mark, Poison, Pulse
from bot.domain.shifts import Shift
from bot.domain.timers import Timer
from storage.engine import Index, Table
from storage.incident_tables import INCIDENT_TABLES
from storage.migrations import Migrations
from storage.shift_life_tables import SHIFT_LIFE

E = TypeVar("E")


class Codec(Generic[E]):
    """Turns entities of one type into records and back."""

    def __init__(self, entity: type[E]) -> None:
        self._decoder = msgspec.json.Decoder(entity)
        self._encoder = msgspec.json.Encoder()
        self._prefix = b'{"schema":%d,' % MIGRATIONS.present(TABLES[entity].name)

    def encode(self, entity: E) -> bytes:
        """Return the entity's record."""
        return self._prefix + self._encoder.encode(entity)[1:]

    def decode(self, record: bytes) -> E:
        """Return the record's entity. Raises msgspec.ValidationError when it is none."""
        return self._decoder.decode(record)


TABLES: dict[type, Table] = {
    Community: Table("communities", "id", (Index("ready", ("ready",)),)),
    Chat: Table("chats", "id", (Index("community", ("community_id",)),)),
    Person: Table("people", "id", (Index("account", ("account",)),)),
    Membership: Table(
        "memberships", "id", (Index("person", ("person_id",)), Index("community", ("community_id",), "id"))
    ),
    Checkpoint: Table("checkpoints", "id", (Index("community", ("community_id",)),)),
    Shift: Table(
        "shifts",
        "id",
        (
            Index("checkpoint", ("checkpoint_id",), "start"),
            Index("community", ("community_id",), "start"),
            Index("batch", ("batch_id",)),
            Index("series", ("series_id",), "day"),
        ),
    ),
    Assignment: Table(
        "assignments",
        "id",
        (Index("shift", ("shift_id", "hold"), "turn"), Index("person", ("person_id", "hold"), "start")),
    ),
    Card: Table(
        "cards",
        "id",
        (Index("day", ("checkpoint_id", "day")), Index("chat", ("chat",)), Index("until", (), "until")),
    ),
    Notice: Table(
        "notices",
        "id",
        (
            Index("due", ("state",), "not_before"),
            Index("lane", ("state", "lane"), "not_before"),
            Index("state", ("state",), "turn"),
            Index("person", ("person_id", "state"), "turn"),
        ),
    ),
    Timer: Table(
        "timers",
        "id",
        (
            Index("due", ("state",), "due"),
            Index("subject", ("subject", "state"), "due"),
            Index("person", ("person_id", "state"), "due"),
        ),
    ),
    Draft: Table("drafts", "id"),
    Mark: Table("marks", "id", (Index("at", (), "at"),)),
    LogEntry: Table("log", "id", (Index("community", ("community_id",), "id"),)),
    Poison: Table("poison", "id"),
    Pulse: Table("pulse", "id"),
    **SHIFT_LIFE,
    **INCIDENT_TABLES,
}

COUNTERS = Table("counters", "id")
ALL_TABLES: tuple[Table, ...] = (*TABLES.values(), COUNTERS)
MIGRATIONS = Migrations(table.name for table in TABLES.values())
