"""Whoever catches what python-telegram-bot's own HTTP client raises catches ours as well: both meet the same server."""

import asyncio
import warnings

import pytest
from aiohttp import web
from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

from handlers.wire.request import AiohttpRequest
from tests.edges.servers import TOKEN, Answerer, Serve, always, refused


async def cut_off(request: web.Request) -> web.StreamResponse:
    """Answer half and hang up."""
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"ok": true')
    request.transport.close()
    return answer


async def silent(_request: web.Request) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    return web.Response()


async def failure(request: BaseRequest, url: str) -> TelegramError:
    """Return what a call fails with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)  # the library warns of its own RetryAfter
        async with request:
            with pytest.raises(TelegramError) as caught:
                await request.post(url, read_timeout=0.2)
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        *(refused(code, f"Error: {code}") for code in (400, 401, 403, 404, 409, 413, 418, 500, 502, 503, 504)),
        refused(400, "Bad Request: chat not found"),
        refused(403, "Forbidden: bot was blocked by the user"),
        refused(429, "Too Many Requests: retry after 7", retry_after=7),
        refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007),
        always(502, "<html>Bad Gateway</html>"),
        always(200, "not json"),
        always(200, ""),
        cut_off,
        silent,
    ],
)
async def test_a_failure_is_of_the_class_that_the_librarys_client_raises(serve: Serve, answer: Answerer) -> None:
    url = f"{await serve(answer)}{TOKEN}/sendMessage"

    theirs, ours = await failure(HTTPXRequest(), url), await failure(AiohttpRequest(), url)

    assert isinstance(ours, type(theirs))
    if isinstance(theirs, ChatMigrated):
        assert isinstance(ours, ChatMigrated)
        assert ours.new_chat_id == theirs.new_chat_id
    if isinstance(theirs, RetryAfter):
        assert ours.message == theirs.message


async def test_a_server_that_is_not_there_is_a_network_error_for_both() -> None:
    url = f"http://127.0.0.1:1/bot{TOKEN}/getMe"

    theirs, ours = await failure(HTTPXRequest(), url), await failure(AiohttpRequest(), url)

    assert type(ours) is type(theirs)
