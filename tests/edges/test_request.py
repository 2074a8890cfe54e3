"""The aiohttp client keeps python-telegram-bot's contract, against a raw server on the loopback."""

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import BodyPartReader, web
from telegram import Bot, InputFile
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
from telegram.request import BaseRequest

from handlers.wire.faults import Flood, StatusError, certainly_not_sent
from handlers.wire.request import AiohttpRequest

TOKEN = "123456:AbCdEf-secret_secret_secret"
Answerer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Answerer], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts a server that answers everything with one function; gives the address up to '/bot'."""
    runners = []

    async def start(answer: Answerer) -> str:
        app = web.Application(client_max_size=10**8)
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.01)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/bot"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connect_timeout=5) as opened:
        yield opened


def always(status: int, body: object, **headers: str) -> Answerer:
    async def answer(request: web.Request) -> web.Response:
        if isinstance(body, str):
            return web.Response(status=status, text=body, headers=headers)
        return web.json_response(body, status=status, headers=headers)

    return answer


def refused(code: int, description: str, **parameters: int) -> Answerer:
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return always(code, body | ({"parameters": parameters} if parameters else {}))


async def test_the_result_of_a_call_comes_back(serve: Serve, request_: AiohttpRequest) -> None:
    base = await serve(always(200, {"ok": True, "result": {"message_id": 7}}))
    assert await request_.post(f"{base}{TOKEN}/sendMessage") == {"message_id": 7}


async def test_parameters_arrive_as_json_with_nested_values_intact(serve: Serve, request_: AiohttpRequest) -> None:
    seen = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.json())
        return web.json_response({"ok": True, "result": True})

    base = await serve(answer)
    bot = Bot(TOKEN, base_url=base, request=request_)
    await bot.set_my_commands([("start", "Begin · 开始")], language_code="zh")
    assert seen == {"commands": [{"command": "start", "description": "Begin · 开始"}], "language_code": "zh"}


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


async def test_a_broken_surrogate_in_an_answer_is_still_read(serve: Serve, request_: AiohttpRequest) -> None:
    base = await serve(always(200, '{"ok": true, "result": {"first_name": "\\ud83d"}}'))
    assert await request_.post(f"{base}{TOKEN}/getMe") == {"first_name": "\ud83d"}


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


async def test_a_file_is_streamed_as_multipart_beside_the_parameters(serve: Serve, request_: AiohttpRequest) -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            content = await (part.read() if part.filename else part.text())
            seen[str(part.name)] = (
                (part.filename, bytes(content)) if isinstance(content, (bytes, bytearray)) else content
            )
        return web.json_response({"ok": True, "result": True})

    base = await serve(answer)
    bot = Bot(TOKEN, base_url=base, request=request_)
    handle = io.BytesIO(b"BEGIN:VCALENDAR")
    file = InputFile(handle, filename="班次.ics", read_file_handle=False)
    await bot.set_webhook(url="https://example.org", certificate=file, max_connections=3)
    assert seen == {
        "url": "https://example.org",
        "max_connections": "3",
        "certificate": ("班次.ics", b"BEGIN:VCALENDAR"),
    }


async def test_an_upload_that_the_server_does_not_take_times_out(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(1)  # the body is never read
        return web.Response()

    base = await serve(answer)
    async with AiohttpRequest(read_timeout=0.1, connect_timeout=0.1, media_write_timeout=0.1) as impatient:
        bot = Bot(TOKEN, base_url=base, request=impatient)
        with pytest.raises(TimedOut) as caught:
            await bot.set_webhook(url="https://example.org", certificate=InputFile(b"x" * 20_000_000, "big"))
    assert not certainly_not_sent(caught.value)


async def test_a_download_returns_the_bytes_and_may_take_longer_than_any_timeout(
    serve: Serve, request_: AiohttpRequest
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse()
        await stream.prepare(request)
        for _ in range(4):
            await stream.write(b"x" * 1000)
            await asyncio.sleep(0.1)
        return stream

    base = await serve(answer)
    body = await request_.retrieve(f"{base}{TOKEN}/file", read_timeout=0.3)
    assert body == b"x" * 4000


async def test_a_proxy_is_used_for_every_call(serve: Serve) -> None:
    paths = []

    async def answer(request: web.Request) -> web.Response:
        paths.append(request.raw_path)
        return web.json_response({"ok": True, "result": True})

    proxy = (await serve(answer)).removesuffix("/bot")
    async with AiohttpRequest(proxy=proxy) as proxied:
        await proxied.post(f"http://telegram.invalid/bot{TOKEN}/getMe")
    assert paths == [f"http://telegram.invalid/bot{TOKEN}/getMe"]


async def test_the_proxy_named_in_the_environment_is_used_but_not_for_excluded_hosts(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []

    async def answer(request: web.Request) -> web.Response:
        paths.append(request.raw_path)
        return web.json_response({"ok": True, "result": True})

    direct = await serve(answer)
    monkeypatch.setenv("http_proxy", direct.removesuffix("/bot"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with AiohttpRequest() as proxied:
        await proxied.post("http://telegram.invalid/bot1/getMe")
        await proxied.post(f"{direct}1/getMe")
    assert paths == ["http://telegram.invalid/bot1/getMe", "/bot1/getMe"]


def test_a_socks_proxy_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="http"):
        AiohttpRequest(proxy="socks5://127.0.0.1:1080")


async def test_it_can_be_opened_and_closed_twice_and_says_when_it_is_not_open(serve: Serve) -> None:
    base = await serve(always(200, {"ok": True, "result": 1}))
    request = AiohttpRequest()
    await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post(f"{base}{TOKEN}/getMe")
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(f"{base}{TOKEN}/getMe") == 1
        await request.shutdown()
        await request.shutdown()


def test_its_read_timeout_is_known_to_long_polls() -> None:
    assert AiohttpRequest(read_timeout=4).read_timeout == 4
    assert AiohttpRequest(read_timeout=None).read_timeout is None
    assert issubclass(AiohttpRequest, BaseRequest)


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
