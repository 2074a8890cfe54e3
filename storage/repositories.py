"""The repositories of `bot.ports.store`, over any engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from bot.domain.cards import Card
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Chat, Community
from bot.domain.drafts import Draft
from bot.domain.errors import NotFound
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.domain.people import Membership, Person
from bot.domain.records import LogEntry, Mark, Poison
from bot.domain.shifts import Assignment, Hold, Roster, Shift
from bot.ports.store import Conflict
from storage.engine import Change, Engine, Scalar
from storage.records import TABLES, Codec

E = TypeVar("E")


class Writing(Protocol):
    """Where repositories put their changes."""

    engine: Engine

    def write(self, change: Change) -> None:
        """Make one change in the present transaction."""


def instant(value: datetime) -> str:
    """Return an instant as it stands in records: ISO 8601 in UTC, whole seconds, 'Z'."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


class Rows(Generic[E]):
    """Rows of one entity type by their id; the base of every repository."""

    entity: type[E]

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._engine = writing.engine
        self._table = TABLES[self.entity].name
        self._codec = _codec(self.entity)

    async def get(self, id_: str) -> E | None:
        """Return the row, or None."""
        record = self._engine.get(self._table, id_)
        return None if record is None else self._codec.decode(record)

    async def one(self, id_: str) -> E:
        """Return the row. Raises NotFound."""
        entity = await self.get(id_)
        if entity is None:
            raise NotFound(self._table)
        return entity

    async def add(self, entity: E) -> None:
        """Put a new row in. Raises Conflict if the id is taken."""
        key = _key(entity)
        if self._engine.get(self._table, key) is not None:
            raise Conflict(f"{self._table} {key} exists")
        self._writing.write(Change(self._table, key, self._codec.encode(entity)))

    async def save(self, entity: E) -> None:
        """Put a row in place of the version it was made from, or add it if it is new. Raises Conflict."""
        key, version = _key(entity), _version(entity)
        there = await self.get(key)
        if (0 if there is None else _version(there)) != version:
            raise Conflict(f"{self._table} {key} was changed meanwhile")
        newer = replace(entity, version=version + 1)  # type: ignore[type-var]
        self._writing.write(Change(self._table, key, self._codec.encode(newer)))

    async def remove(self, id_: str) -> None:
        """Take a row out."""
        if self._engine.get(self._table, id_) is not None:
            self._writing.write(Change(self._table, id_, None))

    def _find(
        self,
        index: str,
        *equal: Scalar,
        low: Scalar = None,
        high: Scalar = None,
        limit: int | None = None,
        descending: bool = False,
    ) -> list[E]:
        records = self._engine.find(self._table, index, equal, low=low, high=high, limit=limit, descending=descending)
        return [self._codec.decode(r) for r in records]


class CommunityRows(Rows[Community]):
    """Communities."""

    entity = Community

    async def all_ready(self) -> list[Community]:
        """Return every community whose setup is finished."""
        return self._find("ready", True)  # noqa: FBT003 (the value looked for)


class ChatRows(Rows[Chat]):
    """Groups the bot is in."""

    entity = Chat

    async def of_community(self, community_id: CommunityId) -> list[Chat]:
        """Return a community's groups."""
        return self._find("community", community_id)


class PersonRows(Rows[Person]):
    """People."""

    entity = Person

    async def by_account(self, account: int) -> Person | None:
        """Return the person with that Telegram account, or None."""
        return next(iter(self._find("account", account, limit=1)), None)


class MembershipRows(Rows[Membership]):
    """Who is what, where."""

    entity = Membership

    async def of_person(self, person_id: PersonId) -> list[Membership]:
        """Return a person's memberships."""
        return self._find("person", person_id)

    async def of_community(
        self, community_id: CommunityId, *, after: str = "", limit: int | None = None
    ) -> list[Membership]:
        """Return a community's memberships by id, from after the given id."""
        low = after + "\0" if after else None
        return self._find("community", community_id, low=low, limit=limit)


class CheckpointRows(Rows[Checkpoint]):
    """Checkpoints."""

    entity = Checkpoint

    async def of_community(self, community_id: CommunityId) -> list[Checkpoint]:
        """Return a community's checkpoints in the order of making."""
        return sorted(self._find("community", community_id), key=lambda c: (c.turn, c.id))


class ShiftRows(Rows[Shift]):
    """Shifts."""

    entity = Shift

    async def of_checkpoint(self, checkpoint_id: CheckpointId, start: datetime, end: datetime) -> list[Shift]:
        """Return a checkpoint's shifts that begin in [start, end), by start."""
        return self._find("checkpoint", checkpoint_id, low=instant(start), high=instant(end))

    async def of_community(
        self, community_id: CommunityId, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Shift]:
        """Return a community's shifts that begin in [start, end), by start."""
        return self._find("community", community_id, low=instant(start), high=instant(end), limit=limit)

    async def of_batch(self, batch_id: BatchId) -> list[Shift]:
        """Return the shifts made in one go."""
        return self._find("batch", batch_id)


class AssignmentRows(Rows[Assignment]):
    """Who is on which shift, or waits."""

    entity = Assignment

    async def roster(self, shift_id: ShiftId) -> Roster:
        """Return who is on a shift and who waits, each in the order of coming."""
        on, waiting = self._find("shift", shift_id, Hold.ON), self._find("shift", shift_id, Hold.WAITING)
        return Roster(tuple(on), tuple(waiting))

    async def count(self, shift_id: ShiftId, hold: Hold) -> int:
        """Return how many have that hold on a shift."""
        return self._engine.count(self._table, "shift", (shift_id, hold))

    async def of_person(
        self, person_id: PersonId, hold: Hold, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Assignment]:
        """Return a person's assignments with that hold whose shift begins in [start, end), by start."""
        return self._find("person", person_id, hold, low=instant(start), high=instant(end), limit=limit)


class CardRows(Rows[Card]):
    """Live cards."""

    entity = Card

    async def of_day(self, checkpoint_id: CheckpointId, day: date) -> list[Card]:
        """Return the cards that show a checkpoint's day."""
        return self._find("day", checkpoint_id, day.isoformat())

    async def of_chat(self, chat: str) -> list[Card]:
        """Return every card in a chat."""
        return self._find("chat", chat)

    async def live(self, now: datetime) -> list[Card]:
        """Return the cards that may still change."""
        return self._find("until", low=instant(now))


class NoticeRows(Rows[Notice]):
    """The outbox."""

    entity = Notice

    async def due(self, now: datetime, lane: Lane, limit: int) -> list[Notice]:
        """Return pending notices of a lane whose time has come, oldest first."""
        high = instant(now + timedelta(seconds=1))
        return self._find("lane", NoticeState.PENDING, lane, high=high, limit=limit)

    async def in_state(self, state: NoticeState, limit: int) -> list[Notice]:
        """Return notices in a state, oldest first."""
        return self._find("state", state, limit=limit)

    async def of_person(self, person_id: PersonId, state: NoticeState, limit: int) -> list[Notice]:
        """Return what a person is owed that is in that state, oldest first."""
        return self._find("person", person_id, state, limit=limit)

    async def count(self, state: NoticeState) -> int:
        """Return how many notices are in a state."""
        return self._engine.count(self._table, "state", (state,))

    async def next_due(self) -> datetime | None:
        """Return the earliest `not_before` of a pending notice, or None."""
        first = self._find("due", NoticeState.PENDING, limit=1)
        return first[0].not_before if first else None


class DraftRows(Rows[Draft]):
    """Open forms."""

    entity = Draft


class MarkRows(Rows[Mark]):
    """Causes that had their effect."""

    entity = Mark

    async def before(self, moment: datetime, limit: int) -> list[Mark]:
        """Return marks older than an instant, oldest first."""
        return self._find("at", high=instant(moment), limit=limit)


class LogRows(Rows[LogEntry]):
    """The history."""

    entity = LogEntry

    async def of_community(self, community_id: CommunityId, *, limit: int) -> list[LogEntry]:
        """Return a community's newest entries, newest first."""
        return self._find("community", community_id, limit=limit, descending=True)


class PoisonRows(Rows[Poison]):
    """Updates that were put aside."""

    entity = Poison

    async def all(self) -> list[Poison]:
        """Return everything put aside, oldest first."""
        records = [self._codec.decode(r) for r in self._engine.all(self._table)]
        return sorted(records, key=lambda p: (p.at, p.id))


_CODECS: dict[type, Codec[Any]] = {entity: Codec(entity) for entity in TABLES}


def _codec(entity: type[E]) -> Codec[E]:
    return _CODECS[entity]


def _key(entity: object) -> str:
    return str(entity.id)  # type: ignore[attr-defined]


def _version(entity: object) -> int:
    return int(getattr(entity, "version", 0))
