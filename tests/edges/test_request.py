"""The aiohttp client keeps python-telegram-bot's contract, against a raw server on the loopback."""

import asyncio
import io

import pytest
from aiohttp import BodyPartReader, web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

from handlers.wire.faults import certainly_not_sent
from handlers.wire.request import AiohttpRequest
from tests.edges.servers import TOKEN, Serve, always


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


async def test_a_broken_surrogate_in_an_answer_is_still_read(serve: Serve, request_: AiohttpRequest) -> None:
    base = await serve(always(200, '{"ok": true, "result": {"first_name": "\\ud83d"}}'))
    assert await request_.post(f"{base}{TOKEN}/getMe") == {"first_name": "\ud83d"}


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


async def test_the_proxy_named_in_the_environment_is_used_but_not_for_excluded_hosts_and_this_machine(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []

    async def answer(request: web.Request) -> web.Response:
        paths.append(request.raw_path)
        return web.json_response({"ok": True, "result": True})

    direct = await serve(answer)
    monkeypatch.setenv("http_proxy", direct.removesuffix("/bot"))
    monkeypatch.setenv("no_proxy", "excluded.invalid")
    async with AiohttpRequest() as proxied:
        await proxied.post("http://telegram.invalid/bot1/getMe")
        await proxied.post(f"{direct}1/getMe")
        with pytest.raises(NetworkError):
            await proxied.post("http://excluded.invalid/bot1/getMe")
    assert paths == ["http://telegram.invalid/bot1/getMe", "/bot1/getMe"]


async def test_a_socks_proxy_in_the_environment_is_named_as_what_keeps_every_call_back(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = await serve(always(200, {"ok": True, "result": 1}))
    monkeypatch.setenv("all_proxy", "socks5://name:word@127.0.0.1:1080")
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError, match="names a socks5 proxy; only one whose address begins with http") as held:
            await request.post(f"https://telegram.invalid/bot{TOKEN}/getMe")
        assert certainly_not_sent(held.value)
        assert "word" not in str(held.value)
        assert await request.post(f"{base}{TOKEN}/getMe") == 1


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
