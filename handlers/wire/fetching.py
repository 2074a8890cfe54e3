"""Getting raw updates from Telegram: as they come, unparsed, so that one that is malformed does not lose the rest."""

from __future__ import annotations

from typing import Any, Protocol

from telegram.error import TelegramError

from handlers.wire.receiver import ALLOWED_UPDATES
from handlers.wire.request import AiohttpRequest

BATCH = 100  # updates per call, Telegram's most
LONG_POLL = 50  # seconds, Telegram's most


class Poll(Protocol):
    """Fetches raw updates from an offset on. Raises TelegramError."""

    async def __call__(self, offset: int | None, seconds: int, limit: int) -> list[Any]:
        """Return at most `limit` updates, waiting so many seconds for the first."""


def telegram_poll(request: AiohttpRequest, base_url: str) -> Poll:
    """Return a poll over the Bot API; `base_url` is the address up to the method, as `Bot.base_url` has it."""

    async def poll(offset: int | None, seconds: int, limit: int) -> list[Any]:
        parameters = {"timeout": seconds, "limit": limit, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            parameters["offset"] = offset
        wait = seconds + (request.read_timeout or 15.0)
        result = await request.call(f"{base_url}/getUpdates", parameters, read_timeout=wait)
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return result

    return poll
