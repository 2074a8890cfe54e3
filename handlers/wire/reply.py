"""Answering an update: a press exactly once, everything queued, nothing waited for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from bot.domain.notices import Lane
from bot.ports.message import Destination, Message, Posted
from bot.ports.messenger import Messenger, Vanished

LONGEST_TOAST = 200  # characters; Bot API, answerCallbackQuery


class Queue(Protocol):
    """Where answers wait for their turn."""

    def post(
        self, lane: Lane, chat_id: int, call: Callable[[], Awaitable[object]], *, key: str | None = None
    ) -> object:
        """Take a call to be made later, in order within the chat."""


class Reply:
    """The answer to one update. `press_id` and `posted` are those of a pressed button, None for a message."""

    def __init__(
        self,
        messenger: Messenger,
        queue: Queue,
        destination: Destination,
        *,
        press_id: str | None = None,
        posted: Posted | None = None,
        muted: bool = False,
    ) -> None:
        self._messenger = messenger
        self._queue = queue
        self._destination = destination
        self._press_id = press_id
        self._posted = posted
        self._muted = muted

    def to(self, destination: Destination, *, muted: bool = False) -> Reply:
        """Return an answer that goes to another chat; it answers no press. `muted`: that chat cannot be written to."""
        return Reply(self._messenger, self._queue, destination, muted=muted)

    def toast(self, text: str) -> None:
        """Answer a press with a short note; after a message, send the note instead."""
        self._answer(text, alert=False)

    def alert(self, text: str) -> None:
        """Answer a press with something to be closed; after a message, send it instead."""
        self._answer(text, alert=True)

    def show(self, message: Message, *, after: Callable[[Posted], Awaitable[None]] | None = None) -> None:
        """Show a message in place of the one the pressed button stands on, or send it."""
        if self._posted is None or message.document is not None:
            self.send(message, after=after)
        else:
            self._post(Lane.REPLY, partial(self._edit, self._posted, message))

    def send(self, message: Message, *, after: Callable[[Posted], Awaitable[None]] | None = None) -> None:
        """Send a message of its own; `after` learns where it stands."""
        self._post(Lane.REPLY, partial(self._send, self._destination, message, after))

    def finish(self) -> None:
        """Answer a press that was not answered yet, with nothing."""
        self._answer("", alert=False)

    def _answer(self, text: str, *, alert: bool) -> None:
        if self._press_id is not None:
            press, self._press_id = self._press_id, None
            note = text if len(text) <= LONGEST_TOAST else text[: LONGEST_TOAST - 1] + "…"
            self._post(Lane.ANSWER, partial(self._messenger.answer, press, note, alert=alert))
        elif text and self._posted is None:
            self.send(Message(text))

    async def _edit(self, posted: Posted, message: Message) -> None:
        try:
            await self._messenger.edit(posted, message)
        except Vanished:
            await self._messenger.send(self._destination, message)

    async def _send(self, to: Destination, message: Message, after: Callable[[Posted], Awaitable[None]] | None) -> None:
        posted = await self._messenger.send(to, message, silent=to.chat_id < 0)
        if after is not None:
            await after(posted)

    def _post(self, lane: Lane, call: Callable[[], Awaitable[object]]) -> None:
        if not self._muted:
            self._queue.post(lane, self._destination.chat_id, call)
