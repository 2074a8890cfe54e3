"""Files that people send: fetched from Telegram when somebody needs what is in them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.domain.plan_errors import FileNotFetched

FETCHED_WITHIN = 10.0  # seconds; meanwhile everybody else is served, only what the same person does next waits


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file somebody sent; `size` in bytes as Telegram says."""

    bot: Bot
    file_id: str
    size: int

    async def fetch(self) -> bytes:
        """Return what is in it. Raises FileNotFetched."""
        try:
            async with asyncio.timeout(FETCHED_WITHIN):
                file = await self.bot.get_file(self.file_id)
                return bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError):
            raise FileNotFetched from None


def sent_file(bot: Bot, message: Message) -> SentFile | None:
    """Return the document of a message, or None."""
    document = message.document
    return None if document is None else SentFile(bot, document.file_id, document.file_size or 0)
