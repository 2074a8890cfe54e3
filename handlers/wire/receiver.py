"""What happens to an update between its arrival and its confirmation, the same for polling and webhook.

An update is settled when its effect is committed, or when it was put aside as poison with its error. Only settled
updates are confirmed to Telegram: a crash at any moment brings the others again, and the mark inside the commit makes
that harmless. python-telegram-bot's own loop confirms before handling and loses what a crash interrupts.

Order: updates that share a key (a person, or a chat) are handled one after the other as they came, all others side by
side, at most `at_once`.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

_LOG = logging.getLogger(__name__)

Update = dict[str, Any]
Handle = Callable[[Update], Awaitable[None]]
PutAside = Callable[[Any, str, int], Awaitable[None]]
Keys = Callable[[Update], frozenset[Hashable]]

# Everything the product reads. Telegram sends chat_member, reactions and polls' answers only when asked by name.
ALLOWED_UPDATES: tuple[str, ...] = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "inline_query",
    "poll_answer",
)
MOST_TRIES = 3


class TokenRefused(Exception):
    """Telegram does not know the token (401, 404): the program should stop with exit code 78 (EX_CONFIG)."""


def order_keys(update: Update) -> frozenset[Hashable]:
    """Return what an update must keep its order with: its person, and its chat.

    A press is kept in order with its person only. Two people's presses in one group have no order that either of them
    could see, places are given out inside transactions, and hundreds may press at once: one after the other, each would
    wait for the disk alone instead of sharing one write with the rest.
    """
    keys: set[Hashable] = set()
    for kind, body in update.items():
        if isinstance(body, dict):
            person = body.get("from") or body.get("user")
            if isinstance(person, dict):
                keys.add(("person", person.get("id")))
            chat = body.get("chat")
            if isinstance(chat, dict) and kind != "callback_query":
                keys.add(("chat", chat.get("id")))
    return frozenset(keys)


class Intake:
    """Settles updates.

    `handle` commits an update's effect. It is tried at most three times if it raises `conflict` (somebody else changed
    the same rows in between); any other error, or the last conflict, makes the update poison: `put_aside` gets the raw
    update, the error's traceback and the number of tries, and must store them durably. Errors of the classes in `fatal`
    are nobody's poison: they mean that nothing can be promised any more, and are raised by `settled`.
    """

    def __init__(
        self,
        handle: Handle,
        put_aside: PutAside,
        *,
        conflict: type[Exception],
        fatal: tuple[type[Exception], ...] = (),
        at_once: int = 256,
        keys: Keys = order_keys,
    ) -> None:
        self._handle = handle
        self._put_aside = put_aside
        self._conflict = conflict
        self._fatal = fatal
        self._keys = keys
        self._room = asyncio.Semaphore(at_once)
        self._last: dict[Hashable, asyncio.Task[None]] = {}

    def take(self, raw: Any) -> asyncio.Task[None]:
        """Begin to settle an update, in the order of the calls; return the task that is done when it is settled."""
        keys = self._keys(raw) if isinstance(raw, dict) else frozenset[Hashable]()
        before = {task for key in keys if (task := self._last.get(key)) is not None and not task.done()}
        task = asyncio.create_task(self._settle(raw, before))
        for key in keys:
            self._last[key] = task
        task.add_done_callback(lambda done: self._forget(keys, done))
        return task

    def _forget(self, keys: frozenset[Hashable], done: asyncio.Task[None]) -> None:
        for key in keys:
            if self._last.get(key) is done:
                del self._last[key]

    async def _settle(self, raw: Any, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        async with self._room:
            if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
                await self._put_aside(raw, "not an update", 0)
                return
            for attempt in range(1, MOST_TRIES + 1):
                try:
                    await self._handle(raw)
                except self._fatal:
                    raise
                except self._conflict:
                    if attempt < MOST_TRIES:
                        continue
                    await self._poison(raw, attempt)
                except Exception:  # noqa: BLE001 - the one place where any fault of ours is kept for replay
                    await self._poison(raw, attempt)
                return

    async def _poison(self, raw: Update, attempt: int) -> None:
        _LOG.error("update %s was put aside after %d tries", raw["update_id"], attempt)
        await self._put_aside(raw, traceback.format_exc(), attempt)
