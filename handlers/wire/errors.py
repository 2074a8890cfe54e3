"""The one place where errors become answers.

A rule's no is answered with its text. A disk that refuses is said plainly. Anything else gets a number, in the log
and in the apology, and flies on: the receiver puts the update aside.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import fields
from pathlib import Path

from bot.domain.commands import Command
from bot.domain.errors import DomainError
from bot.ports.store import Conflict, StoreFailed
from bot.views import errors as views
from bot.views.reader import Reader
from handlers.wire.context import Context

log = logging.getLogger(__name__)

FRAMES = 6  # innermost places that the log names


class Fault(Exception):
    """A mistake of ours while handling an update; `number` is what the person was told."""

    def __init__(self, number: str) -> None:
        super().__init__(f"error {number}")
        self.number = number


async def guarded(
    context: Context, run: Callable[[], Awaitable[None]], number: Callable[[], str], command: Command | None = None
) -> None:
    """Run a handler, answer whatever it raises, and answer a press that was left unanswered.

    Raises Conflict (to be run again: then nothing was answered yet), StoreFailed, and Fault for anything unexpected.
    """
    try:
        await _ran_or_refused(context, run, command)
    except Conflict:
        raise
    except StoreFailed:
        context.reply.alert(views.disk_failed(context.t))
        raise
    except Exception as error:
        name = number()
        _note(name, error)
        context.reply.alert(views.unexpected(context.t, name))
        raise Fault(name) from error
    context.reply.finish()


async def _ran_or_refused(context: Context, run: Callable[[], Awaitable[None]], command: Command | None) -> None:
    """Run a handler and answer a rule's no; finding the words for that may fail, too."""
    try:
        await run()
    except DomainError as error:
        context.reply.alert(views.alert(await reader_of(context, command), error))


def _note(number: str, error: Exception) -> None:
    """Log a fault's kind and place, not its words, which may repeat what somebody wrote; those are kept aside."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    place = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    log.error("error %s: %s at %s", number, type(error).__name__, place)


async def reader_of(context: Context, command: Command | None) -> Reader:
    """Return the actor as a reader in the zone of the community that a command is about."""
    about = (getattr(command, f.name) for f in fields(command)) if command else ()
    key = next((k for k in about if isinstance(k, str) and k), "")
    return Reader(context.t, await context.use.communities.zone_for(context.actor, key))
