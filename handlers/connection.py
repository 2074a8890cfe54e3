"""The bot's account at Telegram: connected once, then a messenger, an edge and a receiver on top of it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.outgoing import Outgoing
from bot.i18n import Translators
from bot.ports.clock import Clock
from bot.ports.ids import Ids
from bot.ports.store import Conflict, StoreFailed
from bot.services.usecases import UseCases
from handlers import menu
from handlers.application import Edge
from handlers.wire.admins import Admins
from handlers.wire.aside import apology, put_aside, replay
from handlers.wire.callbacks import pack
from handlers.wire.fetching import telegram_poll
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.opening import until_answered
from handlers.wire.polling import Poller
from handlers.wire.receiver import ALLOWED_UPDATES, Intake, WebhookRefused
from handlers.wire.request import AiohttpRequest
from handlers.wire.token import TokenWatch
from handlers.wire.webhook import Listen, Webhook

_LOG = logging.getLogger(__name__)


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
    """One bot account. `base_url` is the Bot API's address, without the token.

    `watch` is a part to be run: it ends with TokenRefused when the token is revoked.
    """

    def __init__(self, token: str, base_url: str, clock: Clock) -> None:
        self._clock = clock
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
        self.watch = TokenWatch(self._bot.get_me, clock)
        self.messenger = TelegramMessenger(self._bot, pack, self.watch.doubt)

    async def open(self) -> int:
        """Ask Telegram who we are, as long as it takes; return the account's id. Raises TokenRefused."""
        await until_answered(self._bot.initialize, self._clock)
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
        ids: Ids,
        pushed: Pushed | None,
        reached: Callable[[], None],
    ) -> Receiver:
        """Return what takes updates in, by polling, or pushed to us; first handle what is to be replayed.

        `reached` is told whenever Telegram is heard (polling only). Raises TokenRefused, WebhookRefused, StoreFailed.
        """

        def number() -> str:
            return ids.fresh(5).upper()

        edge = Edge(
            bot=self._bot,
            messenger=self.messenger,
            queue=outgoing,
            use=use,
            translators=translators,
            admins=Admins(self.messenger, self._clock),
            number=number,
        )
        await replay(use, edge.handle)
        aside = put_aside(use, apology(self.messenger, outgoing, translators), number)
        intake = Intake(edge.handle, aside, conflict=Conflict, fatal=(StoreFailed,))
        if pushed is not None:
            return await self._webhook(intake, pushed)
        # A webhook left from before would have every poll refused; what waits for it is kept and polled.
        await until_answered(self._bot.delete_webhook, self._clock)
        poll = telegram_poll(self._updates, self._bot.base_url)
        return Poller(poll, intake, self._clock, reached=reached)

    async def _webhook(self, intake: Intake, pushed: Pushed) -> Webhook:
        """Tell Telegram where to push to: a new address and a new secret at every start."""
        secret = secrets.token_urlsafe(32)
        path = f"/{secrets.token_urlsafe(12)}"

        async def tell() -> None:
            await self._bot.set_webhook(
                pushed.public_url.rstrip("/") + path, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES)
            )

        try:
            await until_answered(tell, self._clock)
        except TelegramError as error:
            raise WebhookRefused(f"Telegram refuses webhook.public_url: {error.message}") from error
        _LOG.info("Telegram pushes updates to %s", pushed.public_url)
        return Webhook(intake, Listen(pushed.listen, pushed.port, path), secret)
