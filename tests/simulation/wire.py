"""The wire between the bot and the sandbox, without sockets: aiohttp's requests are carried over by hand.

Everything above `aiohttp.ClientSession` is the production's, everything behind is the sandbox's; in between time passes,
and the sandbox's weather does what it does to a real connection.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any, Self
from unittest.mock import patch
from urllib.parse import urlsplit

import aiohttp
from aiohttp.client_reqrep import ConnectionKey

from sandbox.errors import ApiError
from sandbox.faults import MISHAPS, Rule
from sandbox.methods.call import Upload
from sandbox.mishaps import befall
from sandbox.server import Sandbox
from sandbox.wire import RawRequest, answer_error, answer_ok
from tests.simulation.virtual import owner

# Takes headers and body pushed to the bot's webhook, gives a status.
Pushed = Callable[[Mapping[str, str], bytes], Awaitable[int]]
_KEY = ConnectionKey(
    host="telegram.invalid", port=443, is_ssl=False, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)


class Answer:
    """As much of an aiohttp response as anybody looks at."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.status = status
        self.reason = ""
        self.headers = headers
        self._body = body

    async def read(self) -> bytes:
        return self._body

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None


class Wire:
    """Carries calls to the sandbox, and pushes to the bot.

    `alive` names the bot whose calls arrive; those of a dead one go nowhere, though what was on its way still does.
    `attempted` are the presses that the bot has begun to answer, whether it succeeded or not.
    """

    def __init__(self, sandbox: Sandbox, rng: Random) -> None:
        self._sandbox = sandbox
        self._rng = rng
        self.alive = ""
        self.attempted: set[str] = set()
        self.pushed: Pushed | None = None
        self._served: list[tuple[str, asyncio.Future[None]]] = []
        self._on_the_way: set[asyncio.Task[Any]] = set()

    def served(self, method: str) -> asyncio.Future[None]:
        """Return what is done the moment Telegram has next carried out that method, its answer not yet on its way."""
        waiting = (method, asyncio.get_running_loop().create_future())
        self._served.append(waiting)
        return waiting[1]

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Put the wire in place of aiohttp's network."""

        async def request(_session: Any, _method: str, url: Any, **options: Any) -> Answer:
            return await self._request(str(url), **options)

        with patch.object(aiohttp.ClientSession, "_request", request):
            yield

    async def _request(self, url: str, **options: Any) -> Answer:
        path = urlsplit(url).path
        if not path.startswith("/bot"):
            return await self._push(options.get("headers") or {}, options["data"])
        if owner.get() != self.alive:
            await asyncio.get_running_loop().create_future()
        raw = _read(options)
        if "callback_query_id" in raw.values:
            self.attempted.add(raw.values["callback_query_id"])
        return await self._call(path.rsplit("/", 1)[1], raw, options.get("timeout"))

    async def _push(self, headers: Mapping[str, str], body: bytes) -> Answer:
        await self._travel()
        if self.pushed is None:
            raise aiohttp.ClientConnectorError(_KEY, ConnectionRefusedError(111, "Connection refused"))
        token = owner.set(self.alive)  # what it does with it is the bot's own doing
        try:
            return Answer(await self.pushed(headers, body), b"", {})
        finally:
            owner.reset(token)

    async def _call(self, name: str, raw: RawRequest, limits: aiohttp.ClientTimeout | None) -> Answer:
        away = self._sandbox.weather.away or self._sandbox.api.refusing_until > self._sandbox.world.steady()
        if away:
            await self._travel()
            raise aiohttp.ClientConnectorError(_KEY, ConnectionRefusedError(111, "Connection refused"))
        token = owner.set("telegram")
        try:  # once sent it arrives, whatever becomes of the sender
            call = asyncio.create_task(self._serve(name, raw))
        finally:
            owner.reset(token)
        self._on_the_way.add(call)
        call.add_done_callback(self._on_the_way.discard)
        call.add_done_callback(_retrieve)
        patience = limits.sock_read if limits is not None else None
        try:
            async with asyncio.timeout(patience):
                return await asyncio.shield(call)
        except TimeoutError:
            raise aiohttp.SocketTimeoutError("Timeout on reading data from socket") from None

    async def _serve(self, name: str, raw: RawRequest) -> Answer:
        await self._travel()
        sandbox = self._sandbox
        method = sandbox.dispatcher.proper_name(name)
        entry, rule = sandbox.dispatcher.begin(method, raw)
        error: ApiError | None = None
        try:
            if rule is not None:
                return await self._stormy(method, raw, rule)
            return await self._done(method, raw)
        except ApiError as refused:
            error = refused
            return _answer(answer_error(refused))
        finally:
            sandbox.dispatcher.end(entry, error)
            self._tell_served(method)
            await self._travel()

    def _tell_served(self, method: str) -> None:
        for waiting in [waiting for waiting in self._served if waiting[0] == method]:
            self._served.remove(waiting)
            if not waiting[1].done():
                waiting[1].set_result(None)

    async def _done(self, method: str, raw: RawRequest) -> Answer:
        return _answer(answer_ok(await self._sandbox.api.run(method, raw)))

    async def _stormy(self, method: str, raw: RawRequest, rule: Rule) -> Answer:
        if rule.kind in MISHAPS:
            self._befall(rule.kind, raw)
            return await self._done(method, raw)
        if rule.kind != "refuse":
            await asyncio.sleep(rule.held)
        if rule.kind == "slow":
            return await self._done(method, raw)
        if rule.done or rule.kind == "accepted-then-lost":
            await self._sandbox.api.run_in_vain(method, raw)
        match rule.kind:
            case "429" | "5xx" | "error" | "403":
                raise rule.error()
            case "bad-json":
                return Answer(200, b"<html>upstream error</html>", {})
            case "refuse":
                self._sandbox.api.refusing_until = self._sandbox.world.steady() + rule.held
                raise aiohttp.ServerDisconnectedError
            case "reset":
                raise aiohttp.ClientPayloadError("Response payload is not completed")
            case _:
                raise aiohttp.ClientOSError(104, "Connection reset by peer")

    def _befall(self, kind: str, raw: RawRequest) -> None:
        chat = self._sandbox.world.chats.get(int(raw.values.get("chat_id") or 0))
        if chat is not None:
            befall(self._sandbox.world, kind, chat, message_id=raw.values.get("message_id"))

    async def _travel(self) -> None:
        await asyncio.sleep(self._rng.uniform(0.015, 0.06))


def _read(options: Mapping[str, Any]) -> RawRequest:
    """Read a body as the sandbox's server would: JSON, or a form with files."""
    body = options.get("data")
    if not isinstance(body, aiohttp.FormData):
        return RawRequest(json.loads(body) if body else {})
    raw = RawRequest()
    for told, headers, value in body._fields:
        if "filename" in told:
            raw.files[told["name"]] = Upload(told["filename"], value.read(), headers.get("Content-Type", ""))
        else:
            raw.values[told["name"]] = value
    return raw


def _retrieve(done: asyncio.Task[Any]) -> None:
    """Look at how a call ended whose caller may be gone, so that nobody calls it forgotten."""
    if not done.cancelled():
        done.exception()


def _answer(response: Any) -> Answer:
    body = response.body
    return Answer(response.status, bytes(body) if isinstance(body, bytes) else response.text.encode(), response.headers)
