"""Our sending side as the bot has it: outbox in a store on disk, pacer, messenger, against a stub."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from benchmarks.bot.child import TOKEN, Server
from bot.clock import SystemClock
from bot.delivery.attempts import Attempts, NoticeWriter
from bot.delivery.outbox import Outbox
from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Limits, Pacer
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.message import Message
from bot.ports.store import Store, Transaction
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.request import AiohttpRequest
from storage import open_store

TEXT = Message("<b>Tomorrow</b> everybody meets at North Gate at 08:00")
AT_ONCE = 500  # rows put in by one transaction


class Writer:
    """Person p7 has account 7, and all are told the same."""

    async def notice(self, notice: Notice, _tx: Transaction) -> tuple[int, Message]:
        return int(notice.person_id[1:]), TEXT

    async def together(self, _notices: Sequence[Notice], _tx: Transaction) -> Message:
        return TEXT


@dataclass(slots=True)
class House:
    """Everything that sends, and the store it sends from."""

    store: Store
    outbox: Outbox
    outgoing: Outgoing
    messenger: TelegramMessenger
    clock: SystemClock
    turn: int = 0

    async def owe(self, people: Sequence[int], lane: Lane) -> list[str]:
        """Put a notice to each person into the outbox, durably; return their ids."""
        now = self.clock.now()
        ids: list[str] = []
        for start in range(0, len(people), AT_ONCE):
            async with self.store.transaction() as tx:
                for person in people[start : start + AT_ONCE]:
                    self.turn += 1
                    ids.append(f"c-h{self.turn:012}")  # beside those that use cases put in
                    await tx.notices.add(
                        Notice(
                            id=ids[-1],
                            community_id=CommunityId("c"),
                            person_id=PersonId(f"p{person}"),
                            lane=lane,
                            kind="broadcast",
                            facts={"shift_id": "c-s000001"},
                            turn=self.turn,
                            made_at=now,
                            not_before=now,
                        )
                    )
        self.outbox.wake()
        return ids

    async def count(self, state: NoticeState) -> int:
        """Return how many notices are in a state."""
        async with self.store.reading() as tx:
            return await tx.notices.count(state)

    async def sent(self, wanted: int) -> None:
        """Return when so many rows say that they were sent."""
        while await self.count(NoticeState.SENT) < wanted:  # noqa: ASYNC110 (rows give no sign; the benchmark looks)
            await asyncio.sleep(0.1)


async def _nobody(*_: object) -> None:
    """Nobody is told."""


@asynccontextmanager
async def house(server: Server, per_second: float, writer: NoticeWriter | None = None) -> AsyncIterator[House]:
    """Open a store in a new folder and everything that sends from it; the outbox does not run yet."""
    words = writer or Writer()
    clock = SystemClock()
    requests = (AiohttpRequest(), AiohttpRequest())
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder))
        async with Bot(TOKEN, base_url=server.base_url, request=requests[0], get_updates_request=requests[1]) as bot:
            messenger = TelegramMessenger(bot, pack=lambda _command: "c:1")
            pacer = Pacer(clock, Limits(per_second=per_second))
            attempts = Attempts(store, messenger, pacer, clock, words, unreachable=_nobody, migrated=_nobody)
            yield House(store, Outbox(store, clock, attempts), Outgoing(pacer, clock), messenger, clock)
        await store.close()


@asynccontextmanager
async def running(there: House) -> AsyncIterator[None]:
    """Let the outbox send until the block ends."""
    task = asyncio.create_task(there.outbox.run())
    try:
        yield
    finally:
        there.outbox.stop()
        await task
