"""The calls at a start that must succeed sooner or later: made again until Telegram answers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.delivery.backoff import Backoff
from bot.ports.clock import Clock
from handlers.wire.receiver import TokenRefused

R = TypeVar("R")

_LOG = logging.getLogger(__name__)


async def until_answered(call: Callable[[], Awaitable[R]], clock: Clock, backoff: Backoff | None = None) -> R:
    """Return what a call answers, waiting longer each time while Telegram cannot be reached or asks us to wait.

    Raises TokenRefused, and TelegramError when Telegram answers with a no that waiting would not change.
    """
    backoff = backoff or Backoff(1.0, 60.0)
    while True:
        try:
            return await call()
        except InvalidToken as error:
            raise TokenRefused from error
        except (BadRequest, Forbidden, Conflict):
            raise
        except RetryAfter as error:
            wait = told_to_wait(error)
            _LOG.warning("Telegram asks us to wait before the start; trying again in %.0f s", wait)
        except TelegramError as error:
            wait = backoff.next()
            _LOG.warning("Telegram cannot be reached (%s); trying again in %.0f s", error.message, wait)
        await clock.sleep(wait)


def told_to_wait(error: RetryAfter) -> float:
    """Return the seconds a 429 asks us to wait."""
    told = error.retry_after
    return float(told) if isinstance(told, int) else told.total_seconds()
