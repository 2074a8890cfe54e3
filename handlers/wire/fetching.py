"""Getting raw updates from Telegram: as they come, unparsed, so that one that is malformed does not lose the rest."""

from __future__ import annotations

import asyncio
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


def enough_of(under_way: int, *, new: bool, full: bool) -> int:
    """Return how many of those under way must be settled before it is worth asking for more."""
    if not new:
        return 1  # there is no more to be had before one of them is settled
    # A full answer has more behind it: the call for that is on its way while the second half is still worked on.
    return max(under_way // 2, 1) if full else under_way


def so_many_of(tasks: set[asyncio.Task[None]], count: int) -> asyncio.Future[None]:
    """Return a future that is done as soon as so many of the tasks are."""
    settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    left = count

    def one_more(_: asyncio.Task[None]) -> None:
        nonlocal left
        left -= 1
        if left == 0 and not settled.done():
            settled.set_result(None)

    for task in tasks:
        task.add_done_callback(one_more)
    return settled
