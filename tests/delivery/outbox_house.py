"""An outbox with everything around it, in memory and in virtual time."""

import asyncio
from datetime import timedelta

from bot.delivery.attempts import Attempts
from bot.delivery.outbox import Outbox
from bot.delivery.pacer import Pacer
from bot.domain.commands import Home
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.message import Button, Message
from bot.ports.messenger import Unreachable
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.fakes import FakeMessenger, VirtualClock

BUTTONS = ((Button("Home", Home()),),)


class Writer:
    """Person p7 has account 7; the words are the notice's number, and "again" for a repeat."""

    def __init__(self):
        self.pointless, self.broken, self.unreachable = set(), set(), {}
        self.long = {}  # the paragraphs of long notices
        self.broken_together, self.padding = False, ""

    async def notice(self, notice, _tx):
        if notice.id in self.broken:
            raise ZeroDivisionError
        if notice.person_id in self.unreachable:
            raise Unreachable(self.unreachable[notice.person_id])
        if notice.id in self.pointless:
            return None
        mark = " again" if notice.repeat else ""
        if notice.part:
            return int(notice.person_id[1:]), Message(notice.part.text + mark, BUTTONS if notice.part.is_last else ())
        if notice.id in self.long:
            return int(notice.person_id[1:]), Message("\n\n".join(self.long[notice.id]) + mark, BUTTONS)
        return int(notice.person_id[1:]), Message(notice.id + mark)

    async def together(self, notices, _tx):
        if self.broken_together:
            raise ZeroDivisionError
        return Message(" + ".join(notice.id + self.padding for notice in notices))


class OutboxHouse:
    """An outbox with everything around it."""

    def __init__(self, limits=None):
        self.clock = VirtualClock()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        self.messenger = FakeMessenger(self.clock)
        self.writer = Writer()
        self.told, self.moved = [], []
        self.limits = limits
        self.pacer = self.new_pacer()
        self.outbox = self.new_outbox()
        self._turn = 0

    def new_pacer(self):
        return Pacer(self.clock, self.limits)

    def new_outbox(self):
        async def unreachable(notice, reason):
            self.told.append((notice.person_id, reason))

        async def migrated(old, new):
            self.moved.append((old, new))

        attempts = Attempts(
            self.store, self.messenger, self.pacer, self.clock, self.writer, unreachable=unreachable, migrated=migrated
        )
        return Outbox(self.store, self.clock, attempts)

    async def owe(
        self,
        person,
        lane=Lane.REPLY,
        *,
        in_seconds=0,
        useful=None,
        state=NoticeState.PENDING,
        count=1,
        kind="cancelled",
        facts=None,
    ):
        now = self.clock.now()
        async with self.store.transaction() as tx:
            for _ in range(count):
                self._turn += 1
                notice = Notice(
                    id=f"c-n{self._turn:05}",
                    community_id=CommunityId("c"),
                    person_id=PersonId(f"p{person}"),
                    lane=lane,
                    kind=kind,
                    facts=facts or {},
                    turn=self._turn,
                    made_at=now,
                    not_before=now + timedelta(seconds=in_seconds),
                    useful_until=None if useful is None else now + timedelta(seconds=useful),
                    state=state,
                )
                await tx.notices.save(notice)
        self.outbox.wake()
        return notice.id

    async def row(self, id_):
        async with self.store.reading() as tx:
            return await tx.notices.one(id_)

    async def passes(self, seconds):
        running = asyncio.create_task(self.outbox.run())
        await self.clock.advance(seconds)
        self.outbox.stop()
        await self.clock.run(running)

    @property
    def texts(self):
        return [text for _, _, text in self.messenger.sent]
