"""The bot's account at Telegram: connected once, then a messenger, an edge and a receiver on top of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.delivery.outgoing import Outgoing
from bot.i18n import Translators
from bot.ports.clock import Clock
from bot.ports.ids import Ids
from bot.ports.store import Conflict, StoreFailed
from bot.services.usecases import UseCases
from handlers import menu
from handlers.application import Edge
from handlers.wire.admins import Admins
from handlers.wire.aside import put_aside
from handlers.wire.callbacks import pack
from handlers.wire.fetching import telegram_poll
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.polling import Poller
from handlers.wire.receiver import ALLOWED_UPDATES, Intake, TokenRefused
from handlers.wire.request import AiohttpRequest
from handlers.wire.webhook import Listen, Webhook


class Receiver(Protocol):
    """Takes updates in until it is stopped."""

    async def run(self) -> None:
        """Receive; returns after `stop`, when everything taken is settled."""

    def stop(self) -> None:
        """Take nothing more."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """Where updates are pushed to: the public address Telegram is told, and where we listen behind it."""

    public_url: str
    listen: str
    port: int


class Connection:
    """One bot account. `base_url` is the Bot API's address, without the token."""

    def __init__(self, token: str, base_url: str) -> None:
        self._request = AiohttpRequest()
        self._updates = AiohttpRequest(pool_size=2)
        root = base_url if base_url.endswith("/bot") else f"{base_url}/bot"
        self._bot = Bot(
            token,
            base_url=root,
            base_file_url=f"{root.removesuffix('/bot')}/file/bot",
            request=self._request,
            get_updates_request=self._updates,
        )
        self.messenger = TelegramMessenger(self._bot, pack)

    async def open(self) -> int:
        """Ask Telegram who we are; return the account's id. Raises TokenRefused, and TelegramError when unreachable."""
        try:
            await self._bot.initialize()
        except InvalidToken as error:
            raise TokenRefused("Telegram does not know this bot's token") from error
        return self._bot.id

    async def close(self) -> None:
        """Let go of all connections."""
        await self._bot.shutdown()
        await self._request.shutdown()
        await self._updates.shutdown()

    async def publish_menu(self, translators: Translators) -> str:
        """Tell Telegram our commands; return what went wrong, or nothing. The bot works without a menu."""
        try:
            await menu.publish(self._bot, translators)
        except TelegramError as error:
            return error.message
        return ""

    async def receiver(
        self,
        use: UseCases,
        outgoing: Outgoing,
        translators: Translators,
        *,
        clock: Clock,
        ids: Ids,
        pushed: Pushed | None,
    ) -> Receiver:
        """Return what takes updates in, by polling, or pushed to us. Raises TelegramError."""
        edge = Edge(
            bot=self._bot,
            messenger=self.messenger,
            queue=outgoing,
            use=use,
            translators=translators,
            admins=Admins(self.messenger, clock),
            number=lambda: ids.fresh(5).upper(),
        )
        intake = Intake(edge.handle, put_aside(use), conflict=Conflict, fatal=(StoreFailed,))
        if pushed is None:
            return Poller(telegram_poll(self._updates, self._bot.base_url), intake, clock)
        secret = secrets.token_urlsafe(32)
        path = f"/{secrets.token_urlsafe(12)}"
        await self._bot.set_webhook(
            pushed.public_url.rstrip("/") + path, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES)
        )
        return Webhook(intake, Listen(pushed.listen, pushed.port, path), secret)
