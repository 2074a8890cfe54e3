"""One attempt at delivering one notice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.delivery import fates
from bot.delivery.backoff import Backoff
from bot.delivery.pacer import Pacer
from bot.delivery.waiting import Waiting
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.clock import Clock
from bot.ports.message import Destination, Message
from bot.ports.messenger import Messenger, MessengerError, Migrated, NotSent, RetryLater, Unreachable
from bot.ports.store import Store, Transaction

OUTAGE = 3  # calls in a row that did not reach the chat program, after which everybody waits a little


class NoticeWriter(Protocol):
    """Finds the words for a notice at the moment it is sent."""

    async def notice(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        """Return the account to write to and the message, or None when there is nothing left to say.

        May raise Unreachable when it is known already that the reader cannot be written to.
        """


UnreachableCall = Callable[[Notice, str], Awaitable[None]]
MigratedCall = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A notice marked as being sent, and what is to be sent where."""

    notice: Notice
    chat_id: int
    message: Message


class Attempts:
    """Makes attempts at notices.

    `unreachable(notice, reason)` is told before a notice is marked as failed because its reader cannot be written to:
    it keeps the person's reach and sees to it that a coordinator learns of it once, even if it is told twice.
    `migrated(old, new)` is told when a chat has another id.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        pacer: Pacer,
        clock: Clock,
        writer: NoticeWriter,
        *,
        unreachable: UnreachableCall,
        migrated: MigratedCall,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._pacer = pacer
        self._clock = clock
        self._writer = writer
        self._unreachable = unreachable
        self._migrated = migrated
        self._outage = Backoff(0.5, 15.0)
        self._waiting = Waiting()

    def stop(self) -> None:
        """Cancel the attempts that still wait for their turn; none of them has been marked."""
        self._waiting.cut_short()

    async def make(self, notice: Notice) -> Notice | None:
        """Make one attempt; return the notice as it stands afterwards, or None if it was not ours to send any more.

        Raises StoreFailed, and whatever the writer raises by a fault of ours.
        """
        try:
            chat_id = await self._address(notice)
            if chat_id is not None:
                await self._waiting.on(self._pacer.slot(chat_id, notice.lane))
            begun = await self._begin(notice)
        except Unreachable as error:
            return await self._after(notice, None, error)
        if begun is None:
            return None
        try:
            silent = begun.notice.lane > Lane.REMINDER
            posted = await self._messenger.send(Destination(begun.chat_id), begun.message, silent=silent)
        except MessengerError as error:
            return await self._after(begun.notice, begun.chat_id, error)
        self._outage.reset()
        return await self._save(notice.id, lambda now: fates.sent(now, posted.message_id))

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Mark a notice as failed."""
        await self._save(notice.id, lambda now: fates.failed(now, reason))

    async def _address(self, notice: Notice) -> int | None:
        """Return where the notice would go now, so as to wait for that chat's turn."""
        async with self._store.reading() as tx:
            words = None if fates.expired(notice, self._clock.now()) else await self._writer.notice(notice, tx)
        return None if words is None else words[0]

    async def _begin(self, notice: Notice) -> _Begun | None:
        """Mark the notice as being sent, with the words of this very moment; close it if there are none."""
        async with self._store.transaction() as tx:
            row = await tx.notices.get(notice.id)
            if row is None or row.state is not NoticeState.PENDING:
                return None
            words = None if fates.expired(row, self._clock.now()) else await self._writer.notice(row, tx)
            if words is None:
                await tx.notices.save(replace(row, state=NoticeState.EXPIRED))
                return None
            sending = replace(row, state=NoticeState.SENDING, attempts=row.attempts + 1)
            await tx.notices.save(sending)
        return _Begun(sending, words[0], words[1])

    async def _after(self, notice: Notice, chat_id: int | None, error: MessengerError) -> Notice | None:
        if isinstance(error, RetryLater) and chat_id is not None:
            self._pacer.pause(chat_id, error.seconds)
        elif isinstance(error, NotSent):
            self._note_outage()
        elif isinstance(error, Unreachable):
            await self._unreachable(notice, error.reason)
        elif isinstance(error, Migrated) and chat_id is not None:
            await self._migrated(chat_id, error.new_chat_id)
        return await self._save(notice.id, lambda row: fates.after_failure(row, error, self._clock.now()))

    def _note_outage(self) -> None:
        """When nothing gets through at all, let everything wait instead of trying each notice in vain."""
        wait = self._outage.next()
        if self._outage.failures >= OUTAGE:
            self._pacer.pause(None, wait)

    async def _save(self, id_: str, change: Callable[[Notice], Notice]) -> Notice | None:
        async with self._store.transaction() as tx:
            row = await tx.notices.get(id_)
            if row is None:
                return None
            changed = change(row)
            await tx.notices.save(changed)
        return changed
