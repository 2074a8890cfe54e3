"""The control API over HTTP."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web

from sandbox.control.desk import Control
from sandbox.control.events import EventStreams
from sandbox.dispatch import Dispatcher
from sandbox.errors import ControlError
from sandbox.wire import json_answer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RunningBot(Protocol):
    """The bot as something that runs, if the sandbox started it."""

    def told(self) -> dict[str, Any]:
        """What `/control/bot` says."""

    async def act(self, do: str) -> None:
        """`restart`, `kill` or `start` it. Raises `ControlError` if that is not ours to do."""


class ControlRoutes:
    """Handlers for everything under `/control/`."""

    def __init__(
        self, control: Control, dispatcher: Dispatcher, streams: EventStreams, bot: Callable[[], RunningBot]
    ) -> None:
        self._control = control
        self._dispatcher = dispatcher
        self._streams = streams
        self._bot = bot

    def add_to(self, app: web.Application) -> None:
        """Register all routes."""
        router = app.router
        router.add_get("/control/events", self._events)
        router.add_get("/control/files/{id}", self._file)
        for name, read in (
            ("people", self._people),
            ("view", self._view),
            ("press", self._press),
            ("received", self._received),
            ("calls", self._calls),
            ("clock", self._clock),
            ("faults", self._faults),
            ("later", self._planned),
            ("bot", self._bot_told),
        ):
            router.add_get(f"/control/{name}", _answering(read))
        router.add_post("/control/settle", _answering(self._settle))
        router.add_post("/control/bot", _answering(self._bot_act))
        router.add_post("/control/{verb}", _answering(self._verb))

    async def _verb(self, request: web.Request) -> dict[str, Any]:
        return self._control.perform(request.match_info["verb"], await _body(request))

    async def _people(self, _request: web.Request) -> dict[str, Any]:
        return self._control.everybody()

    async def _view(self, request: web.Request) -> dict[str, Any]:
        chat = _ref(request.query.get("chat"))
        return self._control.view(_ref(request.query.get("person")), chat, int(request.query.get("limit", "100")))

    async def _press(self, request: web.Request) -> dict[str, Any]:
        wait = min(60.0, float(request.query.get("wait", "0")))
        return await self._control.wait_for_press(int(request.query.get("id", "0")), wait)

    async def _received(self, request: web.Request) -> dict[str, Any]:
        chat, person = (_ref(request.query.get(name)) for name in ("chat", "person"))
        return self._control.received(chat, int(request.query.get("since", "0")), person)

    async def _calls(self, request: web.Request) -> dict[str, Any]:
        since = int(request.query.get("since", "0"))
        return {"calls": self._dispatcher.calls(since, request.query.get("method"))}

    async def _clock(self, _request: web.Request) -> dict[str, Any]:
        return self._control.clock()

    async def _faults(self, _request: web.Request) -> dict[str, Any]:
        return self._control.faults()

    async def _planned(self, _request: web.Request) -> dict[str, Any]:
        return self._control.planned()

    async def _settle(self, request: web.Request) -> dict[str, Any]:
        return await self._control.settle(float((await _body(request)).get("timeout", 5.0)))

    async def _bot_told(self, _request: web.Request) -> dict[str, Any]:
        return self._bot().told()

    async def _bot_act(self, request: web.Request) -> dict[str, Any]:
        await self._bot().act(str((await _body(request)).get("do", "")))
        return {}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        wanted = _ref(request.query.get("person"))
        return await self._streams.stream(request, self._control.find_person(wanted) if wanted is not None else None)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._control.world.files.by_id.get(request.match_info["id"])
        if stored is None:
            return json_answer({"ok": False, "error": "no such file"}, 404)
        return web.Response(body=stored.content, content_type=stored.mime_type)


def _answering(read: Callable[[web.Request], Awaitable[dict[str, Any]]]) -> Handler:
    """Turn a result or a `ControlError` into the JSON answer."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return json_answer({"ok": True, **await read(request)}, 200)
        except ControlError as mistake:
            return json_answer({"ok": False, "error": str(mistake)}, mistake.status)
        except (ValueError, KeyError, TypeError) as mistake:
            return json_answer({"ok": False, "error": f"{type(mistake).__name__}: {mistake}"}, 400)

    return handler


async def _body(request: web.Request) -> dict[str, Any]:
    text = await request.text()
    body = json.loads(text) if text.strip() else {}
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body


def _ref(text: str | None) -> Any:
    """A person or chat from a query: a number or a name."""
    return int(text) if text is not None and text.lstrip("-").isdigit() else text
