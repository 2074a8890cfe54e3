"""One attempt at delivering one notice, and what can go out in the same message."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.delivery import fates
from bot.delivery.backoff import Backoff
from bot.delivery.pacer import Pacer
from bot.delivery.parts import parts
from bot.delivery.waiting import Waiting
from bot.domain.notices import MOST_TOGETHER, Lane, Notice, NoticeState, Part, together
from bot.ports.clock import Clock
from bot.ports.message import Destination, Message, Posted
from bot.ports.messenger import Messenger, MessengerError, Migrated, NotSent, RetryLater, Unreachable, Vanished
from bot.ports.store import Store, Transaction

_LOG = logging.getLogger(__name__)

OUTAGE = 3  # calls in a row that did not reach the chat program, after which everybody waits a little
LONG_PAUSE = 5.0  # seconds for which a chat is paused; then its notices go back into the row instead of waiting


class NoticeWriter(Protocol):
    """Finds the words for a notice at the moment it is sent."""

    async def notice(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        """Return the account to write to and the message, or None when there is nothing left to say.

        Of a notice that is a part of a long text, the words are those of the part. May raise Unreachable when it is
        known already that the reader cannot be written to.
        """

    async def together(self, notices: Sequence[Notice], tx: Transaction) -> Message:
        """Return one message for several notices to one reader, all of which have something to say."""


UnreachableCall = Callable[[Notice, str], Awaitable[None]]
MigratedCall = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Begun:
    """Notices marked as being sent, mostly one, and what is to be sent where."""

    notices: tuple[Notice, ...]
    chat_id: int
    message: Message

    @property
    def ids(self) -> tuple[str, ...]:
        """Which rows share the fate of the message."""
        return tuple(notice.id for notice in self.notices)


class Attempts:
    """Makes attempts at notices.

    `unreachable(notice, reason)` is told before a notice is marked as failed because its reader cannot be written to,
    or before something urgent is given up: it keeps the person's reach and sees to it that a coordinator learns of it
    once, even if it is told twice. `migrated(old, new)` is told when a chat has another id.
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
        self._gathering: set[str] = set()
        self._alone: set[str] = set()

    def stop(self) -> None:
        """Cancel the attempts that still wait for their turn; none of them has been marked."""
        self._waiting.cut_short()

    async def make(self, notice: Notice) -> None:
        """Make one attempt at a notice and at what can go out with it, and write down how it ended.

        Raises StoreFailed, and whatever the writer raises by a fault of ours.
        """
        try:
            chat_id = await self._address(notice)
            if chat_id is not None:
                if self._pacer.paused_for(chat_id) > LONG_PAUSE:
                    await self._postpone(notice, self._pacer.paused_for(chat_id))
                    return
                await self._waiting.on(self._pacer.slot(chat_id, notice.lane))
            begun = await self._begin(notice)
        except Unreachable as error:
            await self._after((notice,), None, error)
            return
        if begun is not None:
            await self._send(begun)

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Mark a notice as failed by a fault of ours; of an urgent one, a coordinator is told.

        If the fault may lie in one that was to share its message, it is tried again alone first.
        """
        if notice.id in self._gathering:
            self._gathering.discard(notice.id)
            self._alone.add(notice.id)
            return
        self._alone.discard(notice.id)
        await self.report(fates.failed(notice, reason))
        await self._save((notice.id,), lambda row: fates.failed(row, reason))

    async def report(self, after: Notice) -> None:
        """Tell a coordinator if an urgent notice is given up without its reader being known to have it."""
        if after.lane is Lane.URGENT and after.state in (NoticeState.FAILED, NoticeState.UNCERTAIN):
            await self._unreachable(after, "unsure")

    async def _send(self, begun: _Begun) -> None:
        try:
            async with self._pacer.call():
                posted = await self._show(begun)
        except MessengerError as error:
            await self._after(begun.notices, begun.chat_id, error)
            return
        self._outage.reset()
        await self._save(begun.ids, lambda row: fates.sent(row, posted.message_id))

    async def _show(self, begun: _Begun) -> Posted:
        """Show the message: in place of the one that the notice edits, if that is still there, else as a new one."""
        edits = begun.notices[0].facts.get("edits")
        if isinstance(edits, int):
            there = Posted(begun.chat_id, edits)
            try:
                await self._messenger.edit(there, begun.message)
            except Vanished:
                _LOG.info("a card that somebody deleted is posted anew")
            else:
                return there
        silent = begun.notices[0].lane > Lane.REMINDER
        return await self._messenger.send(Destination(begun.chat_id), begun.message, silent=silent)

    async def _address(self, notice: Notice) -> int | None:
        """Return where the notice would go now, so as to wait for that chat's turn."""
        async with self._store.reading() as tx:
            words = await self._words(notice, tx)
        return None if words is None else words[0]

    async def _words(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        return None if fates.expired(notice, self._clock.now()) else await self._writer.notice(notice, tx)

    async def _postpone(self, notice: Notice, seconds: float) -> None:
        """Put a notice to a paused chat back into the row: the row remembers the pause through a restart."""
        pause = RetryLater(math.ceil(seconds))
        await self._save((notice.id,), lambda row: fates.after_failure(row, pause, self._clock.now()))

    async def _begin(self, notice: Notice) -> _Begun | None:
        """Mark the notice as being sent, with the words of this very moment; close it if there are none."""
        async with self._store.transaction() as tx:
            row = await tx.notices.get(notice.id)
            if row is None or row.state is not NoticeState.PENDING:
                return None
            words = await self._words(row, tx)
            if words is None:
                await tx.notices.save(fates.pointless(row))
                return None
            rows, message = await self._gather(row, words[1], tx)
            sending = [replace(r, state=NoticeState.SENDING, attempts=r.attempts + 1) for r in rows]
            for changed in sending:
                await tx.notices.save(changed)
        return _Begun(tuple(sending), words[0], message)

    async def _gather(self, row: Notice, message: Message, tx: Transaction) -> tuple[list[Notice], Message]:
        """Return which rows go out now with which message: often one; several that belong together; a first part."""
        if row.part is not None:
            return [row], message
        self._gathering.add(row.id)
        rows = [row, *[other for other in await self._companions(row, tx) if await self._words(other, tx) is not None]]
        while len(rows) > 1:
            shared = await self._writer.together(rows, tx)
            if len(parts(shared)) == 1:
                break
            rows = rows[: len(rows) // 2]
        self._gathering.discard(row.id)
        if len(rows) > 1:
            return rows, shared
        pieces = parts(message)
        if len(pieces) > 1:
            first, *rest = _split(row, [piece.text for piece in pieces])
            for part in rest:
                await tx.notices.add(part)
            return [first], pieces[0]
        return [row], message

    async def _companions(self, row: Notice, tx: Transaction) -> list[Notice]:
        if row.id in self._alone:
            return []
        owed = await tx.notices.of_person(row.person_id, NoticeState.PENDING, 2 * MOST_TOGETHER)
        return [other for other in together(row, owed, self._clock.now()) if other.id != row.id]

    async def _after(self, notices: tuple[Notice, ...], chat_id: int | None, error: MessengerError) -> None:
        if isinstance(error, RetryLater) and chat_id is not None:
            self._pacer.pause(chat_id, error.seconds)
        elif isinstance(error, NotSent):
            self._note_outage()
        elif isinstance(error, Unreachable):
            await self._unreachable(notices[0], error.reason)
        elif isinstance(error, Migrated) and chat_id is not None:
            await self._migrated(chat_id, error.new_chat_id)
        if not isinstance(error, Unreachable):
            await self.report(fates.after_failure(notices[0], error, self._clock.now()))
        ids = tuple(notice.id for notice in notices)
        await self._save(ids, lambda row: fates.after_failure(row, error, self._clock.now()))

    def _note_outage(self) -> None:
        """When nothing gets through at all, let everything wait instead of trying each notice in vain."""
        wait = self._outage.next()
        if self._outage.failures >= OUTAGE:
            self._pacer.pause(None, wait)

    async def _save(self, ids: Sequence[str], change: Callable[[Notice], Notice]) -> None:
        async with self._store.transaction() as tx:
            for id_ in ids:
                row = await tx.notices.get(id_)
                if row is not None:
                    await tx.notices.save(change(row))


def _split(notice: Notice, texts: Sequence[str]) -> list[Notice]:
    """Return a row for each part of a long text: the notice's own for the first, the others right behind it."""
    rows = [replace(notice, part=Part(number, len(texts), text)) for number, text in enumerate(texts, 1)]
    return [rows[0], *(replace(r, id=f"{r.id}.{n:02}", attempts=0, version=0) for n, r in enumerate(rows[1:], 2))]
