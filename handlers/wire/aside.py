"""What becomes of an update that a fault of ours kept from being handled: kept, apologised for, handled again."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.domain.communities import nearest_language
from bot.domain.notices import Lane
from bot.domain.records import Poison
from bot.i18n import Translators
from bot.ports.message import Destination
from bot.ports.messenger import Messenger
from bot.ports.store import Conflict, StoreFailed
from bot.services.usecases import UseCases
from bot.views import errors as views
from handlers.wire.errors import Fault
from handlers.wire.receiver import Handle, Intake, PutAside, number_of
from handlers.wire.reply import Queue, Reply

_NUMBER = f"{Fault.__module__}.{Fault.__name__}: error "
_LOG = logging.getLogger(__name__)

Apologise = Callable[[Any, str], None]


def put_aside(use: UseCases, apologise: Apologise, fresh_number: Callable[[], str]) -> PutAside:
    """Return what keeps an update with its error's traceback and the number of tries.

    Every one has a number that the person was told; who was not told by the handler, because it never came so far, is
    told by `apologise`. What has no `update_id` cannot be confirmed and may come with every answer of Telegram's: it is
    kept and told of once.
    """

    async def keep(update: Any, error: str, tries: int) -> None:
        told = error.rsplit(_NUMBER, 1)[-1].strip() if _NUMBER in error else ""
        number = told or fresh_number()
        text = json.dumps(_without_place(update), ensure_ascii=False)
        once = "" if number_of(update) is not None else f"aside {hashlib.sha256(text.encode()).hexdigest()}"
        if not await use.aside.keep(text, error, tries, number, once=once):
            return
        _LOG.error("error %s: kept; `python -m bot poison %s` shows it", number, number)
        if not told:
            apologise(update, number)

    return keep


def apology(messenger: Messenger, queue: Queue, translators: Translators) -> Apologise:
    """Return what tells the person behind a raw update its error's number, where they wait for an answer at all.

    The update may be malformed, so nothing is taken for granted; the language is the one their Telegram reports.
    """

    def say(raw: Any, number: str) -> None:
        query, message = _part(raw, "callback_query"), _part(raw, "message")
        tag = _part(query or message, "from").get("language_code")
        t = translators.speaking(nearest_language(tag if isinstance(tag, str) else None))
        text = views.unexpected(t, number)
        press, chat = query.get("id"), _part(message, "chat").get("id")
        if isinstance(press, str):
            queue.post(Lane.ANSWER, 0, partial(messenger.answer, press, text, alert=True))
        elif isinstance(chat, int) and (chat > 0 or str(message.get("text", "")).startswith("/")):
            Reply(messenger, queue, Destination(chat)).alert(text)

    return say


async def replay(use: UseCases, handle: Handle) -> None:
    """Handle again what an operator has marked, oldest first, before anything new is taken in.

    The update is the same, and so is the mark that its effect leaves: one that had its effect after all changes nothing
    more. What fails again is kept, with the new error. Raises StoreFailed.
    """
    for row in await use.aside.marked():
        failure = await _once_more(row, handle)
        if failure is None:
            await use.aside.drop(row.id)
            _LOG.info("error %s: handled this time", row.number)
        else:
            await use.aside.failed_again(row.id, *failure)
            _LOG.error("error %s: failed again", row.number)


async def _once_more(row: Poison, handle: Handle) -> tuple[str, int] | None:
    failures: list[tuple[str, int]] = []

    async def failed(_update: Any, error: str, tries: int) -> None:
        failures.append((error, tries))

    await Intake(handle, failed, conflict=Conflict, fatal=(StoreFailed,)).take(json.loads(row.update))
    return failures[0] if failures else None


def _without_place(raw: Any) -> Any:
    """Return an update without where somebody was: that is kept nowhere, and so not here either."""
    message = _part(raw, "message")
    if "location" not in message:
        return raw
    return {**raw, "message": {name: value for name, value in message.items() if name not in ("location", "venue")}}


def _part(raw: Any, name: str) -> dict[str, Any]:
    part = raw.get(name) if isinstance(raw, dict) else None
    return part if isinstance(part, dict) else {}
