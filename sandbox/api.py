"""The Bot API over HTTP: one request in, one answer out, or whatever the weather makes of it."""

import asyncio
import contextlib
import logging
import re
from typing import Any

from aiohttp import web

from sandbox.dispatch import Dispatcher, InvalidResult, LoggedCall
from sandbox.errors import ApiError
from sandbox.faults import BROKEN, MISHAPS, Rule
from sandbox.mishaps import befall
from sandbox.weather import Weather
from sandbox.wire import RawRequest, answer_error, answer_ok, read_request
from sandbox.world.world import World

# Beside their result these say something (server `process_set_webhook_query`).
_SAID_BESIDE = {"setWebhook": "Webhook was set", "deleteWebhook": "Webhook was deleted"}
log = logging.getLogger("sandbox")


class BotApi:
    """Serves calls and files.

    Args:
        token: the only bot token it accepts.
        world: what the calls are about.
        weather: what goes wrong.
        dispatcher: does the calls.

    Attributes:
        bugs: what the sandbox itself did wrong (it was about to send an invalid object); tests want it empty.
        refusing_until: until when connections are refused after a `refuse`, on the world's steady clock.
    """

    def __init__(self, token: str, world: World, weather: Weather, dispatcher: Dispatcher) -> None:
        self.token = token
        self._world = world
        self._weather = weather
        self._dispatcher = dispatcher
        self.bugs: list[str] = []
        self.refusing_until = 0.0

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self._call)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self._download)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if self._weather.away:
            return _hung_up(request)
        try:
            self._check_token(request.match_info["token"])
            raw = await read_request(request)
            method = self._dispatcher.proper_name(request.match_info["method"])
        except ApiError as refused:
            return answer_error(refused)
        entry, rule = self._dispatcher.begin(method, raw)
        error: ApiError | None = None
        try:
            if rule is not None:
                return await self._stormy(request, method, raw, rule, entry)
            return answer_ok(await self.run(method, raw), _SAID_BESIDE.get(method))
        except ApiError as raised:
            error = raised
            return answer_error(raised)
        finally:
            self._dispatcher.end(entry, error)

    async def run(self, method: str, raw: RawRequest) -> Any:
        """Do a call. Raises `ApiError`."""
        try:
            return await self._dispatcher.run(method, raw)
        except InvalidResult as bug:
            self.bugs.append(f"{method}: {bug}")
            log.exception("the sandbox made an invalid answer to %s", method)
            raise ApiError(500, f"Internal Server Error: sandbox: {bug}") from bug

    async def run_pushed(self, call: dict[str, Any]) -> None:
        """Run a call that a webhook gave as its answer; a refusal goes nowhere, as on Telegram."""
        raw = RawRequest({name: value for name, value in call.items() if name != "method"})
        try:
            method = self._dispatcher.proper_name(call["method"])
        except ApiError as refused:
            log.warning("the webhook answered with a call that is none: %s", refused)
            return
        entry, _ = self._dispatcher.begin(method, raw)
        error = None
        try:
            await self.run(method, raw)
        except ApiError as refused:
            error = refused
            log.warning("the call in the webhook's answer was refused: %s", refused)
        finally:
            self._dispatcher.end(entry, error)

    async def _stormy(
        self, request: web.Request, method: str, raw: RawRequest, rule: Rule, entry: LoggedCall
    ) -> web.StreamResponse:
        """Play a fault."""
        if rule.kind in MISHAPS:
            self._befall(rule.kind, entry, raw)
            return answer_ok(await self.run(method, raw), _SAID_BESIDE.get(method))
        if rule.held and rule.kind != "refuse":
            await asyncio.sleep(rule.held)
        if rule.kind == "slow":
            return answer_ok(await self.run(method, raw), _SAID_BESIDE.get(method))
        if rule.done or rule.kind == "accepted-then-lost":
            await self.run_in_vain(method, raw)
        if rule.kind not in BROKEN:
            raise rule.error()
        return await self._broken(request, rule, entry)

    async def _broken(self, request: web.Request, rule: Rule, entry: LoggedCall) -> web.StreamResponse:
        if rule.kind == "bad-json":
            return web.Response(text="<html>upstream error</html>", content_type="text/html")
        entry.status = 0
        if rule.kind == "reset":
            await _half_answer(request)
        if rule.kind == "refuse" and rule.held:
            self.refusing_until = self._world.steady() + rule.held
            self._weather.changed()
        return _hung_up(request)

    def _befall(self, kind: str, entry: LoggedCall, raw: RawRequest) -> None:
        chat = self._world.chats.get(entry.chat_id or 0)
        if chat is None:
            return
        message_id, thread_id = (_number(raw, name) for name in ("message_id", "message_thread_id"))
        message = chat.messages.get(message_id or 0)
        if thread_id is None and message is not None:
            thread_id = message.thread_id
        befall(self._world, kind, chat, thread_id=thread_id, message_id=message_id)

    async def run_in_vain(self, method: str, raw: RawRequest) -> None:
        """Do the call and note on everything it has shown to people that the bot does not know."""
        if self._dispatcher.waits(method):  # shows nobody anything, and others do while it waits
            await self.run(method, raw)
            return
        versions, notices = len(self._world.versions), len(self._world.notices)
        try:
            await self.run(method, raw)
        except ApiError as refused:
            log.info("a refusal was lost on the way: %s", refused)
        for version in self._world.versions[versions:]:
            version["answer_lost"] = True
        for notice in self._world.notices[notices:]:
            notice.answer_lost = True

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if self._weather.away:
            return _hung_up(request)
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return answer_error(error)
        stored = self._world.files.by_path.get(request.match_info["path"])
        if stored is None:
            return answer_error(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        """Source: server `ClientManager::send`."""
        if not re.fullmatch(r"[1-9][0-9]{0,18}:[A-Za-z0-9_-]{1,80}", token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise ApiError(401, "Unauthorized")


def _hung_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _number(raw: RawRequest, name: str) -> int | None:
    value = str(raw.values.get(name, ""))
    return int(value) if value.isdigit() else None


async def _half_answer(request: web.Request) -> None:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "4096"})
    with contextlib.suppress(ConnectionError):  # the caller may be gone already
        await response.prepare(request)
        await response.write(b'{"ok":true,"result":{"message_id":')
