"""What a raw server on the loopback answers in the tests of the HTTP client."""

from collections.abc import Awaitable, Callable

from aiohttp import web

TOKEN = "123456:AbCdEf-secret_secret_secret"
Answerer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Answerer], Awaitable[str]]


def always(status: int, body: object, **headers: str) -> Answerer:
    async def answer(request: web.Request) -> web.Response:
        if isinstance(body, str):
            return web.Response(status=status, text=body, headers=headers)
        return web.json_response(body, status=status, headers=headers)

    return answer


def refused(code: int, description: str, **parameters: int) -> Answerer:
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return always(code, body | ({"parameters": parameters} if parameters else {}))
