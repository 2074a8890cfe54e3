"""Every failure of the aiohttp client is the error that python-telegram-bot promises, and says whether a call was sent."""

import asyncio
import logging
import socket
import traceback

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.wire.faults import Flood, StatusError, certainly_not_sent
from handlers.wire.request import AiohttpRequest
from tests.edges.servers import TOKEN, Answerer, Serve, always, refused


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(400, "Bad Request: chat not found"), BadRequest),
        (refused(401, "Unauthorized"), InvalidToken),
        (refused(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refused(404, "Not Found"), InvalidToken),
        (refused(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refused(429, "Too Many Requests: retry after 7", retry_after=7), Flood),
        (refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007), ChatMigrated),
        (refused(500, "Internal Server Error: restart"), StatusError),
        (always(502, "<html>Bad Gateway</html>"), StatusError),
        (always(413, "too large"), StatusError),
        (always(302, "", Location="http://127.0.0.1:1/"), StatusError),
        (always(200, "not json"), TelegramError),
        (always(200, "[1, 2]"), TelegramError),
    ],
)
async def test_every_status_becomes_the_error_that_python_telegram_bot_promises(
    serve: Serve, request_: AiohttpRequest, answer: Answerer, error: type[TelegramError]
) -> None:
    base = await serve(answer)
    with pytest.raises(error) as caught:
        await request_.post(f"{base}{TOKEN}/sendMessage")
    assert type(caught.value) is error
    assert isinstance(caught.value, TelegramError)


async def test_a_429_without_parameters_is_read_from_its_header(serve: Serve, request_: AiohttpRequest) -> None:
    base = await serve(always(429, "slow down", **{"Retry-After": "12"}))
    with pytest.raises(RetryAfter) as caught:
        await request_.post(f"{base}{TOKEN}/sendMessage")
    assert caught.value.retry_after == 12


async def test_a_refused_connection_was_certainly_not_sent(request_: AiohttpRequest) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(NetworkError) as caught:
        await request_.post(f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage")
    assert certainly_not_sent(caught.value)
    assert not isinstance(caught.value, TimedOut)


async def test_an_unknown_host_was_certainly_not_sent(request_: AiohttpRequest) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.post(f"http://no-such-host.invalid/bot{TOKEN}/sendMessage", connect_timeout=20)
    assert certainly_not_sent(caught.value)


async def test_an_answer_that_does_not_come_in_time_may_have_been_sent(serve: Serve, request_: AiohttpRequest) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.Response()

    base = await serve(answer)
    with pytest.raises(TimedOut) as caught:
        await request_.post(f"{base}{TOKEN}/sendMessage", read_timeout=0.02)
    assert not certainly_not_sent(caught.value)


async def test_a_connection_cut_before_the_answer_may_have_been_sent(serve: Serve, request_: AiohttpRequest) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    base = await serve(answer)
    with pytest.raises(NetworkError) as caught:
        await request_.post(f"{base}{TOKEN}/sendMessage")
    assert not certainly_not_sent(caught.value)


async def test_when_every_connection_is_busy_the_call_was_certainly_not_sent(serve: Serve) -> None:
    let_go = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await let_go.wait()
        return web.json_response({"ok": True, "result": True})

    base = await serve(answer)
    async with AiohttpRequest(pool_size=1, read_timeout=5) as narrow:
        first = asyncio.create_task(narrow.post(f"{base}{TOKEN}/sendMessage"))
        await asyncio.sleep(0)
        with pytest.raises(TimedOut) as caught:
            await narrow.post(f"{base}{TOKEN}/sendMessage", pool_timeout=0.05)
        assert certainly_not_sent(caught.value)
        let_go.set()
        assert await first is True


@pytest.mark.parametrize(
    "answer",
    [
        always(404, f"<p>The requested URL /bot{TOKEN}/sendMessage was not found"),
        always(502, f"<p>upstream http://10.0.0.1/bot{TOKEN}/sendMessage"),
        always(200, f"{{'echo': '/bot{TOKEN}/sendMessage'}}"),
        always(302, "", Location=f"/bot{TOKEN}/elsewhere"),
        refused(400, f"Bad Request: {TOKEN}"),
    ],
)
async def test_the_token_stands_in_no_error_and_no_log_line(
    serve: Serve, request_: AiohttpRequest, answer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    base = await serve(answer)
    with pytest.raises(TelegramError) as caught:
        await Bot(TOKEN, base_url=base, request=request_).delete_message(1, 2)
    logging.getLogger("test").error("failed", exc_info=caught.value)
    seen = caplog.text.split("failed")[-1] + "".join(traceback.format_exception(caught.value)) + str(caught.value)
    assert "secret_secret" not in seen


async def test_an_address_that_is_none_does_not_leak_the_token_either(request_: AiohttpRequest) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.post(f"http://:99999/bot{TOKEN}/getMe")
    assert "secret_secret" not in "".join(traceback.format_exception(caught.value))
