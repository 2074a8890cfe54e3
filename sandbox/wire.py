"""HTTP in, HTTP out: reading a Bot API request of any form, and writing the answer."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.errors import ApiError
from sandbox.methods.call import Upload

MAX_BODY = 55 * 1024 * 1024  # bytes; 50 MB of file and what surrounds it


@dataclass
class RawRequest:
    """Parameters and files as they came."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


async def read_request(request: web.Request) -> RawRequest:
    """Query, form, JSON or multipart. Raises `ApiError` 400 for a body that cannot be read (guess at the text)."""
    raw = RawRequest(dict(request.query))
    kind = request.content_type
    if request.method != "POST" or not request.can_read_body:
        return raw
    if kind == "application/json":
        raw.values |= await _json_body(request)
    elif kind == "multipart/form-data":
        await _multipart(request, raw)
    elif kind == "application/x-www-form-urlencoded":
        raw.values |= {name: str(value) for name, value in (await request.post()).items()}
    return raw


async def _json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ApiError(400, "Bad Request: can't parse request JSON object")
    return body


async def _multipart(request: web.Request, raw: RawRequest) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is not None:
            raw.files[part.name] = Upload(part.filename, content, part.headers.get("Content-Type", ""))
        else:
            raw.values[part.name] = content.decode()


def answer_ok(result: Any, description: str | None = None) -> web.Response:
    """A success; some webhook methods say something beside it."""
    body: dict[str, Any] = {"ok": True, "result": result}
    if description:
        body["description"] = description
    return json_answer(body, 200)


def answer_error(error: ApiError) -> web.Response:
    """A failure, with the `Retry-After` header that belongs to 429 (server)."""
    headers = {}
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return json_answer(error.body(), error.code, headers)


def json_answer(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> web.Response:
    """Any JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)
