"""Bugs put into the bot on purpose, to see that the checker finds them. Each is one that such bots really have."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from bot.delivery import fates
from bot.delivery.cards import CardKeeper
from bot.domain import shifts
from bot.domain.assignments import Roster
from bot.domain.notices import NoticeState
from bot.ports.messenger import Uncertain
from bot.services import rosters as roster_services
from bot.services import shifts as shift_services
from bot.services.desk import Work
from handlers.wire import polling
from storage.store import EngineStore, EngineTransaction

Bug = Callable[[ExitStack], None]


def _confirm_before_commit(stack: ExitStack) -> None:
    """Updates are confirmed as soon as they are fetched, as python-telegram-bot's own loop does."""
    real = polling.Poller._take

    async def take(self: Any, updates: list[Any]) -> None:
        if updates:
            await self._poll(max(update["update_id"] for update in updates) + 1, 0, 1)
        await real(self, updates)

    stack.enter_context(patch.object(polling.Poller, "_take", take))


def _answer_before_commit(stack: ExitStack) -> None:
    """A transaction is left before the disk has it."""

    @asynccontextmanager
    async def transaction(self: Any, cause: str = "") -> AsyncIterator[Any]:
        async with self._lock:
            with EngineTransaction(self.engine, cause, self._turns, writable=True) as work:
                yield work
            asyncio.ensure_future(self.engine.commit(work.changes, cause))  # noqa: RUF006 - nobody waits: that is the bug

    @asynccontextmanager
    async def reading(self: Any) -> AsyncIterator[Any]:
        async with self._lock:
            yield EngineTransaction(self.engine, "", self._turns, writable=False)

    stack.enter_context(patch.object(EngineStore, "transaction", transaction))
    stack.enter_context(patch.object(EngineStore, "reading", reading))


def _drop_the_mark(stack: ExitStack) -> None:
    """What was done for an update is not noted, so that the update has its effect again."""

    async def remember(self: Any, outcome: object, at: object) -> None:
        return None

    stack.enter_context(patch.object(EngineTransaction, "remember", remember))


def _send_again_after_a_restart(stack: ExitStack) -> None:
    """A notice that was under way when the bot died is simply sent once more."""

    def interrupted(notice: Any, now: Any) -> Any:
        return replace(notice, state=NoticeState.PENDING, not_before=now)

    stack.enter_context(patch.object(fates, "interrupted", interrupted))


def _skip_the_capacity(stack: ExitStack) -> None:
    """Whoever presses gets a place."""
    real = shifts.claim

    def claim(shift: Any, roster: Any, person_id: Any, held: Any, **more: Any) -> Any:
        return real(shift, Roster() if roster.find(person_id) is None else roster, person_id, held, **more)

    stack.enter_context(patch.object(shifts, "claim", claim))


def _overlook_overlaps(stack: ExitStack) -> None:
    """One person may be in two places."""
    stack.enter_context(patch.object(shifts, "overlap", lambda *_, **__: None))


def _let_anybody(stack: ExitStack) -> None:
    """A coordinator's button obeys whoever presses it."""
    for module in (shift_services, roster_services):
        stack.enter_context(patch.object(module, "require", lambda *_: None))


def _repeat_for_ever(stack: ExitStack) -> None:
    """What may have arrived is sent until an answer comes, as a plain retry does."""

    def uncertain(notice: Any, error: Any, now: Any) -> Any:
        return replace(notice, state=NoticeState.PENDING, not_before=now)

    stack.enter_context(patch.dict(fates._TABLE, {Uncertain: uncertain}))


def _owe_nothing(stack: ExitStack) -> None:
    """People are moved about, and nobody thinks of telling them."""

    async def owe(self: Any, *_: Any) -> None:
        return None

    stack.enter_context(patch.object(Work, "owe", owe))


def _forget_the_cards(stack: ExitStack) -> None:
    """Places change and the group's card does not."""
    stack.enter_context(patch.object(CardKeeper, "touched", lambda *_: None))


PLANTED: Mapping[str, Bug] = MappingProxyType(
    {
        "confirm before commit": _confirm_before_commit,
        "answer before commit": _answer_before_commit,
        "drop the mark": _drop_the_mark,
        "send again after a restart": _send_again_after_a_restart,
        "skip the capacity": _skip_the_capacity,
        "overlook overlaps": _overlook_overlaps,
        "let anybody": _let_anybody,
        "repeat for ever": _repeat_for_ever,
        "owe nothing": _owe_nothing,
        "forget the cards": _forget_the_cards,
    }
)
