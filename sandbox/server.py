"""The sandbox: everything put together behind one address."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from sandbox.api import BotApi
from sandbox.clock import Clock
from sandbox.control.desk import Control
from sandbox.control.events import EventStreams
from sandbox.control.routes import ControlRoutes, RunningBot
from sandbox.control.settle import Settling
from sandbox.dispatch import Dispatcher
from sandbox.errors import ControlError
from sandbox.gate import Gate
from sandbox.methods.call import Call
from sandbox.pace import Pace
from sandbox.polling import Poller
from sandbox.weather import Weather
from sandbox.webhook import Webhook
from sandbox.wire import MAX_BODY
from sandbox.world.world import World

TOKEN = "7000000001:AAFsandbox-plays-Telegram-for-tests"  # noqa: S105 - invented, opens nothing
PAGE = Path(__file__).with_name("page")


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
        steady: seconds of a clock that never steps; the machine's unless time is virtual.

    Attributes:
        world: people, chats, messages, updates.
        control: the control API as an object.
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
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.clock = Clock(clock_file)
        self.world = World(self.clock, token, username=username, name=name, seed=seed)
        self.world.steady = steady
        self.weather = Weather(self.world.now, self.world.updates.renumber)
        self.world.updates.distort = self.weather.distort
        self.world.press_fate = self.weather.press_fate
        self.pace = Pace(steady)
        self.poller = Poller(self.world.updates, steady)
        self.webhook = Webhook(self.world.updates, self.poller, self._run_reply, steady)
        self.dispatcher = Dispatcher(self.world, self.weather, self.pace, self._waiting_methods())
        self.api = BotApi(token, self.world, self.weather, self.dispatcher)
        settling = Settling(self.world, self.dispatcher, self.poller, self.webhook)
        self.control = Control(self.world, self.weather, self.pace, settling)
        self.streams = EventStreams(self.world)
        self.bot: RunningBot = NobodysBot(self.poller, self.webhook)
        self.gate = Gate(self._bots_app, self._shut_for)
        self.weather.listeners.append(self.gate.look)
        self.clock.moved.append(self.gate.look)
        self.port = 0
        self._page = page
        self._runner: web.AppRunner | None = None
        self._ageing: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where the server listens, such as `http://127.0.0.1:8484`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def gate_address(self) -> str:
        """Where the Bot API alone is, behind the gate: a bot that calls here meets refused connections too."""
        return f"http://127.0.0.1:{self.gate.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"{self.gate_address}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as `base_file_url`."""
        return f"{self.gate_address}/file/bot"

    @property
    def bugs(self) -> list[str]:
        """What the sandbox itself did wrong (it was about to send an invalid object); tests want it empty."""
        return self.api.bugs

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes any free one. Raises `OSError` when the port is taken."""
        app = self._bots_app()
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
        await self.gate.start()
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
        await self.gate.stop()
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
            self.pass_time()

    def pass_time(self) -> None:
        """Let happen what falls due: presses grow too old, and what was planned for later comes."""
        self.world.pass_time()
        self.control.pass_time()

    def _bots_app(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY)
        self.api.add_to(app)
        return app

    def _shut_for(self) -> float:
        return max(self.weather.away_until - self.world.now(), self.api.refusing_until - self.world.steady(), 0.0)

    async def _run_reply(self, call: dict[str, Any]) -> None:
        await self.api.run_pushed(call)

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


async def _ask_again(_request: web.Request, response: web.StreamResponse) -> None:
    """Let no browser mix the page's modules of two versions: it asks whether a kept one is still right."""
    response.headers.setdefault("Cache-Control", "no-cache")
