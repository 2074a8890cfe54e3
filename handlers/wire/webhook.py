"""The webhook twin of `handlers.wire.polling`: 200 is answered only when the update is settled.

Telegram sends an update again until it gets its 200, several at a time but in order per chat and person, so nothing is
kept here.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass

from aiohttp import web

from handlers.wire.receiver import Intake, WebhookRefused

_LOG = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
LARGEST_UPDATE = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Listen:
    """Where Telegram (or the TLS proxy in front of us) finds us. Port 0 takes any free one."""

    host: str
    port: int
    path: str


class Webhook:
    """Receives updates by HTTP until it is stopped.

    `secret` is what was given to setWebhook as secret_token; a request without it is answered 403 and read no further.
    """

    def __init__(self, intake: Intake, listen: Listen, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret, or anybody could speak for Telegram")
        self._intake = intake
        self._listen = listen
        self._secret = secret.encode()
        self._stopped = asyncio.Event()
        self._fatal: BaseException | None = None
        self.ready = asyncio.Event()
        self.port = listen.port

    async def run(self) -> None:
        """Serve until `stop`. Raises whatever the intake calls fatal, and WebhookRefused if the port is taken."""
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_post(self._listen.path, self._receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await self._open(runner)
            self.port = runner.addresses[0][1]
            self.ready.set()
            await self._stopped.wait()
        finally:
            await runner.cleanup()
        if self._fatal is not None:
            raise self._fatal

    async def _open(self, runner: web.AppRunner) -> None:
        where = self._listen
        try:
            await web.TCPSite(runner, where.host, where.port).start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise WebhookRefused(f"cannot listen on {where.host}, port {where.port}: {reason}") from error

    def stop(self) -> None:
        """Take nothing more; `run` returns when what was taken is answered."""
        self._stopped.set()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=403)
        body = await request.read()  # more than allowed is answered 413 by aiohttp
        try:
            update = json.loads(body)
        except ValueError:  # sending it again would not mend it: put aside as it came
            update = body.decode("utf-8", "replace")
        settled = self._intake.take(update)
        await asyncio.wait({settled})
        if (error := settled.exception()) is not None:
            _LOG.critical("an update could not be kept: %s", type(error).__name__)
            self._fatal = error
            self._stopped.set()
            return web.Response(status=500)
        return web.Response()
