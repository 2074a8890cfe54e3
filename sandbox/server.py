"""The sandbox: everything put together behind one address."""

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from sandbox.clock import Clock
from sandbox.control.desk import Control
from sandbox.control.events import EventStreams
from sandbox.control.routes import ControlRoutes, RunningBot
from sandbox.control.settle import Settling
from sandbox.dispatch import Dispatcher, InvalidResult, LoggedCall
from sandbox.errors import ApiError, ControlError
from sandbox.faults import BROKEN, Rule, Weather
from sandbox.methods.call import Call
from sandbox.pace import Pace
from sandbox.polling import Poller
from sandbox.webhook import Webhook
from sandbox.wire import MAX_BODY, RawRequest, answer_error, answer_ok, read_request
from sandbox.world.world import World

TOKEN = "7000000001:AAFsandbox-plays-Telegram-for-tests"  # noqa: S105 - invented, opens nothing
PAGE = Path(__file__).with_name("page")
# Beside their result these say something (server `process_set_webhook_query`).
_SAID_BESIDE = {"setWebhook": "Webhook was set", "deleteWebhook": "Webhook was deleted"}
log = logging.getLogger("sandbox")


class NobodysBot:
    """Stands for a bot that somebody else runs."""

    def __init__(self, poller: Poller, webhook: Webhook) -> None:
        self._poller = poller
        self._webhook = webhook

    def told(self) -> dict[str, Any]:
        """Whether it polls or has a webhook; nothing else is known."""
        polling = self._poller.waiting
        active = polling or bool(self._webhook.url)
        return {
            "running": active,
            "managed": False,
            "polling": polling,
            "webhook": self._webhook.url or None,
            "log": [],
        }

    async def act(self, do: str) -> None:
        """Refuse."""
        raise ControlError(f"the sandbox did not start the bot, so it cannot {do or 'do that'}")


class Sandbox:
    """A Bot API server with a world behind it.

    Args:
        token: the only bot token it accepts.
        username: the bot's username.
        name: the bot's name until it sets one.
        clock_file: where the clock's offset is written for the bot to read.
        seed: makes every invented number repeatable.
        page: the directory served at `/`; None serves no page.

    Attributes:
        world: people, chats, messages, updates.
        control: the control API as an object.
        bugs: what the sandbox itself did wrong (it was about to send an invalid object); tests want it empty.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "muster_sandbox_bot",
        name: str = "Muster",
        clock_file: Path | None = None,
        seed: int = 0,
        page: Path | None = PAGE,
    ) -> None:
        self.token = token
        self.clock = Clock(clock_file)
        self.world = World(self.clock, token, username=username, name=name, seed=seed)
        self.weather = Weather(self.world.now)
        self.world.updates.distort = self.weather.distort
        self.pace = Pace()
        self.poller = Poller(self.world.updates)
        self.webhook = Webhook(self.world.updates, self.poller, self._run_reply)
        self.dispatcher = Dispatcher(self.world, self.weather, self.pace, self._waiting_methods())
        settling = Settling(self.world, self.dispatcher, self.poller, self.webhook)
        self.control = Control(self.world, self.weather, self.pace, settling)
        self.streams = EventStreams(self.world)
        self.bot: RunningBot = NobodysBot(self.poller, self.webhook)
        self.bugs: list[str] = []
        self.port = 0
        self._page = page
        self._runner: web.AppRunner | None = None
        self._ageing: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where the server listens, such as `http://127.0.0.1:8484`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as `base_file_url`."""
        return f"{self.address}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes any free one. Raises `OSError` when the port is taken."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self._api)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self._download)
        ControlRoutes(self.control, self.dispatcher, self.streams, lambda: self.bot).add_to(app)
        if self._page is not None and self._page.is_dir():
            app.on_response_prepare.append(_ask_again)
            app.router.add_get("/", self._index)
            app.router.add_static("/", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = int(self._runner.addresses[0][1])
        self._ageing = asyncio.create_task(self._age())

    async def stop(self) -> None:
        """Stop listening; waiting polls and streams end."""
        if self._ageing is not None:
            self._ageing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ageing
        await self.webhook.stop()
        self.poller.release()
        self.streams.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def _age(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.world.pass_time()

    def _waiting_methods(self) -> dict[str, Callable[[Call], Awaitable[Any]]]:
        return {
            "getUpdates": self.poller.get_updates,
            "setWebhook": self.webhook.set_webhook,
            "deleteWebhook": self.webhook.delete_webhook,
            "getWebhookInfo": self._webhook_information,
        }

    async def _webhook_information(self, _call: Call) -> Any:
        return self.webhook.information()

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        assert self._page is not None
        return web.FileResponse(self._page / "index.html")

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            raw = await read_request(request)
            method = self.dispatcher.proper_name(request.match_info["method"])
        except ApiError as refused:
            return answer_error(refused)
        entry, rule = self.dispatcher.begin(method, raw)
        error: ApiError | None = None
        try:
            if rule is not None:
                return await self._stormy(request, method, raw, rule, entry)
            return answer_ok(await self._run(method, raw), _SAID_BESIDE.get(method))
        except ApiError as raised:
            error = raised
            return answer_error(raised)
        finally:
            self.dispatcher.end(entry, error)

    async def _run(self, method: str, raw: RawRequest) -> Any:
        try:
            return await self.dispatcher.run(method, raw)
        except InvalidResult as bug:
            self.bugs.append(f"{method}: {bug}")
            log.exception("the sandbox made an invalid answer to %s", method)
            raise ApiError(500, f"Internal Server Error: sandbox: {bug}") from bug

    async def _stormy(
        self, request: web.Request, method: str, raw: RawRequest, rule: Rule, entry: LoggedCall
    ) -> web.StreamResponse:
        """Play a fault; `seconds` are real."""
        if rule.kind not in BROKEN:
            raise rule.error()
        if rule.kind in {"slow", "timeout-before"}:
            await asyncio.sleep(rule.seconds)
        if rule.kind == "slow":
            return answer_ok(await self._run(method, raw))
        if rule.kind == "bad-json":
            return web.Response(text="<html>upstream error</html>", content_type="text/html")
        if rule.kind == "accepted-then-lost":
            accepted = len(self.world.versions)
            await self._run(method, raw)
            for version in self.world.versions[accepted:]:
                version["answer_lost"] = True
        if rule.kind == "reset":
            await _half_answer(request)
        entry.status = 0
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return answer_error(error)
        stored = self.world.files.by_path.get(request.match_info["path"])
        if stored is None:
            return answer_error(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        """Source: server `ClientManager::send`."""
        if not re.fullmatch(r"[1-9][0-9]{0,18}:[A-Za-z0-9_-]{1,80}", token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _run_reply(self, call: dict[str, Any]) -> None:
        """Run a call that a webhook gave as its answer; a refusal goes nowhere, as on Telegram."""
        values = {name: value for name, value in call.items() if name != "method"}
        raw = RawRequest(values)
        try:
            method = self.dispatcher.proper_name(call["method"])
        except ApiError as refused:
            log.warning("the webhook answered with a call that is none: %s", refused)
            return
        entry, _ = self.dispatcher.begin(method, raw)
        error = None
        try:
            await self._run(method, raw)
        except ApiError as refused:
            error = refused
            log.warning("the call in the webhook's answer was refused: %s", refused)
        finally:
            self.dispatcher.end(entry, error)


async def _ask_again(_request: web.Request, response: web.StreamResponse) -> None:
    """Let no browser mix the page's modules of two versions: it asks whether a kept one is still right."""
    response.headers.setdefault("Cache-Control", "no-cache")


async def _half_answer(request: web.Request) -> None:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "4096"})
    await response.prepare(request)
    await response.write(b'{"ok":true,"result":{"message_id":')
