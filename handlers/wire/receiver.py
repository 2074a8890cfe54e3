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
from contextlib import AbstractAsyncContextManager
from typing import Any

_LOG = logging.getLogger(__name__)

Update = dict[str, Any]
Handle = Callable[[Update], Awaitable[None]]
PutAside = Callable[[Any, str, int], Awaitable[None]]
Keys = Callable[[Update], frozenset[Hashable]]

# Everything the product reads (a test holds it against the edge), and nothing that it does not: Telegram would only
# wake us for it. `chat_member` comes only when asked for by name, and only to an administrator.
ALLOWED_UPDATES: tuple[str, ...] = ("message", "callback_query", "my_chat_member", "chat_member")
MOST_TRIES = 3
LONGEST = 60.0  # seconds one update may take before it is put aside, so that a stuck one cannot hold up the rest
Patience = Callable[[], AbstractAsyncContextManager[object]]


class TokenRefused(Exception):
    """Telegram does not know the token (401, 404): the program should stop with exit code 78 (EX_CONFIG)."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this bot's token")


class WebhookRefused(Exception):
    """Telegram will not push to the address in the settings, or we cannot listen where they say."""


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


def number_of(raw: Any) -> int | None:
    """Return an update's number, None for what is no update."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None


class Intake:
    """Settles updates.

    `handle` commits an update's effect. It is tried at most three times if it raises `conflict` (somebody else changed
    the same rows in between); any other error, or the last conflict, makes the update poison: `put_aside` gets the raw
    update, the error's traceback and the number of tries, and must store them durably. Errors of the classes in `fatal`
    are nobody's poison: they mean that nothing can be promised any more, and the update's task raises them. `patience`
    bounds how long handling may take, by raising TimeoutError in it: a minute, if none is given.
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
        patience: Patience | None = None,
    ) -> None:
        self._handle = handle
        self._put_aside = put_aside
        self._conflict = conflict
        self._fatal = fatal
        self._keys = keys
        self._patience = patience or (lambda: asyncio.timeout(LONGEST))
        self._room = asyncio.Semaphore(at_once)
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def take(self, raw: Any) -> asyncio.Task[None]:
        """Begin to settle an update, in the order of the calls; return the task that is done when it is settled.

        An update that comes again while it is under way (a webhook that lost patience) gets the task it has already.
        """
        number = number_of(raw)
        if number is not None and number in self._under_way:
            return self._under_way[number]
        task = self._begin(raw)
        if number is not None:
            self._under_way[number] = task
            task.add_done_callback(lambda _: self._under_way.pop(number))
        return task

    def _begin(self, raw: Any) -> asyncio.Task[None]:
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
            if number_of(raw) is None:
                await self._put_aside(raw, "not an update", 0)
                return
            for attempt in range(1, MOST_TRIES + 1):
                try:
                    async with self._patience():
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
