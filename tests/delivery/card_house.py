"""A card keeper with everything around it, in memory and in virtual time."""

from dataclasses import replace
from datetime import date, timedelta

from bot.delivery.cards import CardKeeper
from bot.delivery.pacer import Pacer
from bot.domain.cards import Card
from bot.domain.communities import Chat
from bot.domain.ids import CheckpointId, CommunityId
from bot.ports.hints import Touched
from bot.ports.message import Message
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.fakes import FakeMessenger, VirtualClock

DAY = date(2026, 12, 1)
GROUP = -100
KEY = f"1:{GROUP}"


class Writer:
    """A card shows the number that stands for its checkpoint."""

    def __init__(self):
        self.numbers, self.broken, self.asked = {}, set(), 0

    async def card(self, card, _tx):
        self.asked += 1
        if card.checkpoint_id in self.broken:
            raise ZeroDivisionError
        return Message(f"{card.checkpoint_id}: {self.numbers.get(card.checkpoint_id, 0)}")


class CardHouse:
    """A card keeper with everything around it."""

    def __init__(self):
        self.clock = VirtualClock()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        self.messenger = FakeMessenger(self.clock)
        self.writer = Writer()
        self.pacer = Pacer(self.clock)
        self.lost, self.regained, self.moved = [], [], []
        self.new_topic = None
        self.keeper = self.new_keeper()

    def new_keeper(self):
        async def lost(chat, reason, topic):
            self.lost.append((chat, reason, topic))
            async with self.store.transaction() as tx:
                row = await tx.chats.one(chat)
                if reason == "topic":
                    await tx.chats.save(replace(row, topic_id=self.new_topic))
                else:
                    await tx.chats.save(replace(row, present=reason != "removed", trouble=reason))

        async def regained(chat, topic):
            self.regained.append((chat, topic))

        async def migrated(old, new):
            self.moved.append((old, new))

        parts = (self.store, self.messenger, self.pacer, self.clock, self.writer)
        return CardKeeper(*parts, lost=lost, regained=regained, migrated=migrated)

    async def group(self, chat_id=GROUP, topic=None, present=True):
        chat = Chat(
            id=f"1:{chat_id}",
            bot_id=1,
            chat_id=chat_id,
            community_id=CommunityId("c"),
            title="R",
            topic_id=topic,
            present=present,
        )
        async with self.store.transaction() as tx:
            there = await tx.chats.get(chat.id)
            await tx.chats.save(replace(chat, version=there.version) if there else chat)

    async def card(self, checkpoint="c-gate", chat_id=GROUP, until=24):
        card = Card(
            id=f"1:{chat_id}/{checkpoint}/{DAY}",
            chat=f"1:{chat_id}",
            community_id=CommunityId("c"),
            checkpoint_id=CheckpointId(checkpoint),
            day=DAY,
            until=self.clock.now() + timedelta(hours=until),
        )
        async with self.store.transaction() as tx:
            await tx.cards.save(card)
        return card

    async def row(self, card):
        async with self.store.reading() as tx:
            return await tx.cards.one(card.id)

    def set(self, number, checkpoint="c-gate"):
        self.writer.numbers[checkpoint] = number
        self.keeper.touched([Touched(CheckpointId(checkpoint), DAY)])

    @property
    def shown(self):
        return list(self.messenger.shown.values())
