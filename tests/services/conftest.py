"""A small town on a memory store: a group with a coordinator and neighbours, a gate, time standing still."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.domain.batches import Request
from bot.domain.commands import AssignPerson
from bot.domain.ids import BatchId, CheckpointId, CommunityId, ShiftId
from bot.domain.notices import NoticeState
from bot.recurrence import Rules
from bot.services.communities import Group
from bot.services.desk import Desk
from bot.services.people import Actor, Caller
from bot.services.usecases import UseCases, use_cases
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@dataclass
class StillClock:
    """Time that moves only when told."""

    instant: datetime = NOW

    def now(self):
        return self.instant

    def monotonic(self):
        return self.instant.timestamp()

    async def sleep(self, seconds):
        raise AssertionError("use cases wait for nothing")


@dataclass
class NumberedIds:
    """Names that count up."""

    numbers: count = field(default_factory=lambda: count(1))

    def fresh(self, length=12):
        return f"{next(self.numbers):0{length}d}"


@dataclass
class Heard:
    """Hints, remembered."""

    days: set = field(default_factory=set)
    bells: int = 0
    rings: int = 0

    def touched(self, days):
        self.days |= set(days)

    def owed(self):
        self.bells += 1

    def falls_due(self):
        self.rings += 1


@dataclass
class Town:
    """Use cases, and people to act."""

    use: UseCases
    store: EngineStore
    clock: StillClock
    heard: Heard
    causes: count = field(default_factory=lambda: count(1))
    community: CommunityId = CommunityId("")
    gate: CheckpointId = CheckpointId("")
    chat_id: int = -100

    def cause(self):
        return f"press {next(self.causes)}"

    async def person(self, account, name="", *, language="en", group=True) -> Actor:
        """Somebody who acts in the group (and so is a volunteer), or in private."""
        caller = Caller(account=account, name=name or f"Person {account}", heard_language=language)
        return await self.use.people.recognise(caller, chat_id=self.chat_id if group else None)

    async def reachable(self, account, name="") -> Actor:
        """A volunteer who has pressed Start, so that the bot may write to them."""
        await self.person(account, name)
        caller = Caller(account=account, name=name or f"Person {account}", heard_language="en")
        return await self.use.people.recognise(caller, started=True)

    async def found(self, chief: Actor, *, chat_id=-100, title="Willow Court") -> CommunityId:
        setup = await self.use.communities.arrive(Group(chat_id=chat_id, title=title), "en")
        await self.use.communities.become_coordinator(chief, setup.community_id, f"leads {chat_id}", admin=True)
        await self.use.communities.finish(chief, setup.community_id, admin=True)
        return setup.community_id

    async def shift(self, chief: Actor, *, hours=48, length=4, places=1, gate=None) -> ShiftId:
        start = self.clock.now() + timedelta(hours=hours)
        spans = ((start, start + timedelta(hours=length)),)
        request = Request(checkpoint_id=gate or self.gate, spans=spans, needed=places, capacity=places)
        planned = await self.use.making.make(chief, request, self.cause())
        async with self.store.reading() as tx:
            return (await tx.shifts.of_batch(BatchId(planned.batch_id)))[0].id

    async def owed(self):
        async with self.store.reading() as tx:
            return await tx.notices.in_state(NoticeState.PENDING, 100)

    async def on(self, shift_id):
        async with self.store.reading() as tx:
            return [a.person_id for a in (await tx.assignments.roster(shift_id)).on]

    def put(self, shift_id, person_id):
        return AssignPerson(shift_id, person_id)


@pytest.fixture
async def town():
    clock, heard = StillClock(), Heard()
    store = EngineStore(MemoryEngine(ALL_TABLES))
    return Town(use_cases(Desk(store, clock, NumberedIds(), heard, Rules()), 7), store, clock, heard)


@pytest.fixture
async def chen(town) -> Actor:
    """The coordinator, with a community and a gate."""
    chen = await town.person(1, "Chen Guihua")
    town.community = await town.found(chen)
    opened = await town.use.checkpoints.open(chen, town.community, "East Gate", town.cause())
    town.gate = opened.checkpoint_id
    return chen
