"""Keeps live cards true: many changes, one edit, always the latest state.

A card row says what its message last showed (a digest). Hints that something changed are kept in memory only; a lost
hint does no harm, for on every start all live cards are compared with what they should show, and those that differ are
edited. So an edit is never repeated in vain, and never forgotten.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.delivery.backoff import Backoff
from bot.delivery.pacer import Pacer
from bot.delivery.waiting import Waiting
from bot.domain.cards import Card
from bot.domain.communities import Chat
from bot.domain.notices import Lane
from bot.ports.clock import Clock
from bot.ports.hints import Touched
from bot.ports.message import Destination, Message, Posted
from bot.ports.messenger import (
    Messenger,
    MessengerError,
    Migrated,
    NotSent,
    RetryLater,
    Uncertain,
    Unreachable,
    Vanished,
)
from bot.ports.store import Store, StoreFailed, Transaction

_LOG = logging.getLogger(__name__)


class CardWriter(Protocol):
    """Finds the words for a card."""

    async def card(self, card: Card, tx: Transaction) -> Message:
        """Return what the card should show now."""


# (the chat's key, why, the topic tried): 'removed', 'rights' or another reason of Unreachable, or 'topic' for a topic
# (None: General) that is closed or gone.
LostCall = Callable[[str, str, int | None], Awaitable[None]]
# (the chat's key, the topic): it can be written to again.
RegainedCall = Callable[[str, int | None], Awaitable[None]]
MigratedCall = Callable[[int, int], Awaitable[None]]


BARRED = 300.0  # seconds after which a card is tried again where the bot may not write


def digest(message: Message) -> str:
    """Return a short text that differs when the messages differ."""
    return hashlib.sha256(repr(message).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _View:
    """A card, where it stands, and what it should show."""

    card: Card
    chat: Chat
    message: Message

    @property
    def topic_id(self) -> int | None:
        """The topic the card stands in, or is to be posted in."""
        return self.chat.topic_id if self.card.message_id is None else self.card.topic_id

    @property
    def is_true(self) -> bool:
        """Whether the card shows that already."""
        return self.card.message_id is not None and self.card.shown == digest(self.message)


class CardKeeper:
    """Shows every card's latest state at the pacer's pace, one edit at a time per chat.

    `lost(chat key, reason, topic)` is told when a chat or its topic cannot be written to any more, `regained(chat key,
    topic)` when it can again, `migrated(old, new)` when a chat has another id; they are to change the rows accordingly.
    Where nobody tells the bot that it may write again, a card is tried every few minutes.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        pacer: Pacer,
        clock: Clock,
        writer: CardWriter,
        *,
        lost: LostCall,
        regained: RegainedCall,
        migrated: MigratedCall,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._pacer = pacer
        self._clock = clock
        self._writer = writer
        self._lost = lost
        self._regained = regained
        self._migrated = migrated
        self._days: set[Touched] = set()
        self._hint = asyncio.Event()
        self._stopping = False
        self._waiting = Waiting()
        self._dirty: dict[str, dict[str, None]] = {}  # by chat, in the order of becoming dirty
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._waits: dict[str, Backoff] = {}
        self._barred: dict[str, asyncio.Task[None]] = {}  # by card that was refused, what will try it again
        self._broken: BaseException | None = None

    def touched(self, days: Collection[Touched]) -> None:
        """Say that what some days' cards show may have changed."""
        self._days.update(days)
        self._hint.set()

    def touch(self, cards: Iterable[Card]) -> None:
        """Say that these cards may not be true any more."""
        for card in cards:
            self._dirty.setdefault(card.chat, {})[card.id] = None
            if card.chat not in self._tasks and not self._stopping:
                self._serve_on(card.chat)

    def stop(self) -> None:
        """Begin no further edits; `run` returns when those under way have ended."""
        self._stopping = True
        self._waiting.cut_short()
        self._hint.set()

    async def run(self) -> None:
        """Keep the cards true until `stop`. Raises StoreFailed."""
        async with self._store.reading() as tx:
            live = await tx.cards.live(self._clock.now())
        self.touch(live)
        try:
            while not self._stopping:
                await self._hint.wait()
                self._hint.clear()
                if self._broken is not None:
                    raise self._broken
                await self._find_cards()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        finally:
            for task in [*self._tasks.values(), *self._barred.values()]:
                task.cancel()

    async def _find_cards(self) -> None:
        days, self._days = self._days, set()
        if days:
            async with self._store.reading() as tx:
                cards = [card for day in days for card in await tx.cards.of_day(day.checkpoint_id, day.day)]
            self.touch(cards)

    def _serve_on(self, chat: str) -> None:
        """See to it that a chat's dirty cards are shown."""
        if self._dirty.get(chat) and not self._stopping:
            self._tasks[chat] = asyncio.create_task(self._serve(chat))
            self._tasks[chat].add_done_callback(lambda done: self._served(chat, done))
        else:
            self._dirty.pop(chat, None)
            self._waits.pop(chat, None)

    def _served(self, chat: str, task: asyncio.Task[None]) -> None:
        del self._tasks[chat]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StoreFailed):
            self._broken = error
            self._hint.set()
            return
        if error is not None:  # a fault of ours in one card; the chat's others do not suffer for it
            _LOG.error("a card in chat %s could not be shown", chat, exc_info=error)
        if not task.cancelled():
            self._serve_on(chat)

    async def _serve(self, chat: str) -> None:
        while (dirty := self._dirty.get(chat)) and not self._stopping:
            card_id = next(iter(dirty))
            del dirty[card_id]
            view = await self._look(card_id)
            if view is None or view.is_true:
                continue
            await self._waiting.on(self._pacer.slot(view.chat.chat_id, Lane.CARD))
            dirty.pop(card_id, None)  # what changed while waiting is seen now; what changes later makes it dirty again
            view = await self._look(card_id)
            if view is not None and not view.is_true:
                await self._show(view)

    async def _look(self, card_id: str) -> _View | None:
        """Return a card with what it should show now, or None if there is nowhere to show it."""
        async with self._store.reading() as tx:
            card = await tx.cards.get(card_id)
            chat = None if card is None else await tx.chats.get(card.chat)
            if card is None or chat is None or not chat.present:
                return None
            return _View(card, chat, await self._writer.card(card, tx))

    async def _show(self, view: _View) -> None:
        posted = None if view.card.message_id is None else Posted(view.chat.chat_id, view.card.message_id)
        try:
            async with self._pacer.call():
                posted = await self._call(view, posted)
        except MessengerError as error:
            await self._after(view, error)
            return
        self._waits.pop(view.card.chat, None)
        await self._save(view, posted.message_id, digest(view.message))
        was_barred = self._barred.pop(view.card.id, None) is not None
        if view.chat.trouble and (was_barred or view.card.message_id is None):  # any other edit shows nothing
            await self._regained(view.card.chat, view.topic_id)

    async def _call(self, view: _View, posted: Posted | None) -> Posted:
        if posted is None:
            return await self._messenger.send(Destination(view.chat.chat_id, view.chat.topic_id), view.message)
        await self._messenger.edit(posted, view.message)
        return posted

    async def _after(self, view: _View, error: MessengerError) -> None:
        """Do what an edit's failure asks for; anything not named here is refused for good."""
        card, chat_id = view.card, view.chat.chat_id
        if isinstance(error, RetryLater):
            self._pacer.pause(chat_id, error.seconds)
            self._again(card)
        elif isinstance(error, NotSent | Uncertain):  # doing an edit twice does no harm
            self._again(card)
            wait = self._waits.setdefault(card.chat, Backoff(1.0, 60.0)).next()
            await self._waiting.on(self._clock.sleep(wait))
        elif isinstance(error, Vanished) and error.what == "message":
            await self._save(view, None, "")
            self._again(card)
        elif isinstance(error, Vanished):
            await self._leave_topic(view)
        elif isinstance(error, Unreachable):
            self._dirty[card.chat].clear()
            await self._lost(card.chat, error.reason, view.topic_id)
            self._try_later(card)
        elif isinstance(error, Migrated):
            self._dirty[card.chat].clear()
            await self._migrated(chat_id, error.new_chat_id)
        else:
            _LOG.error("the card %s was refused: %s", card.id, error)

    def _again(self, card: Card) -> None:
        self._dirty.setdefault(card.chat, {})[card.id] = None

    def _try_later(self, card: Card) -> None:
        """Try a refused card again after a while, if there is somewhere to show it then."""

        async def wait() -> None:
            await self._clock.sleep(BARRED)
            self.touch([card])

        if card.id not in self._barred or self._barred[card.id].done():
            self._barred[card.id] = asyncio.create_task(wait())

    async def _leave_topic(self, view: _View) -> None:
        """Report a topic that is gone, and post the card anew wherever the chat's cards go then."""
        await self._lost(view.card.chat, "topic", view.topic_id)
        async with self._store.reading() as tx:
            chat = await tx.chats.get(view.card.chat)
        if chat is not None and chat.topic_id != view.topic_id:
            await self._save(view, None, "")
            self._again(view.card)
        else:
            self._try_later(view.card)

    async def _save(self, view: _View, message_id: int | None, shown: str) -> None:
        async with self._store.transaction() as tx:
            row = await tx.cards.get(view.card.id)
            if row is not None:  # else its chat was re-keyed or forgotten meanwhile
                await tx.cards.save(replace(row, message_id=message_id, topic_id=view.topic_id, shown=shown))
