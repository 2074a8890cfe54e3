"""Webhooks: updates pushed in order, with the secret, until confirmed."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from tests.sandbox.conftest import until


class Hook:
    """A web server that a bot would run; answers with the next of `answers`, then 200."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[web.Response | int] = []
        self.got: list[dict] = []
        self.secrets: list[str | None] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.append(await request.json())
        await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else 200
        return web.Response(status=answer) if isinstance(answer, int) else answer

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got if "message" in update]


@pytest.fixture
async def hook(bot, sandbox):
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    made.gate.set()
    await bot("deleteWebhook")
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(bot, sandbox, hook, chen):
    await bot("setWebhook", url=hook.url, secret_token="s3cret")
    sandbox.control.say(chen, "bot", "hello")
    assert (await sandbox.control.settle(5))["settled"]
    assert (hook.texts(), set(hook.secrets)) == (["/start", "hello"], {"s3cret"})


async def test_a_failed_push_is_repeated_before_anything_later_of_that_chat(bot, sandbox, hook, chen):
    hook.answers = [500]
    await bot("setWebhook", url=hook.url)
    sandbox.control.say(chen, "bot", "hello")
    await sandbox.control.settle(5)
    assert hook.texts() == ["/start", "/start", "hello"]
    assert (await bot("getWebhookInfo"))["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_one_chat_waits_while_another_goes_on(bot, sandbox, hook, chen):
    sandbox.control.people(name="Wang")
    sandbox.world.updates.clear()
    hook.gate.clear()
    await bot("setWebhook", url=hook.url)
    sandbox.control.say(chen, "bot", "one")
    sandbox.control.say(chen, "bot", "two")
    sandbox.control.say("Wang", "bot", "other")
    await until(lambda: len(hook.got) == 2)
    assert sorted(hook.texts()) == ["one", "other"]
    hook.gate.set()
    await sandbox.control.settle(5)
    assert hook.texts()[-1] == "two"


async def test_a_call_in_the_answer_is_run(bot, sandbox, hook, chen):
    sandbox.world.updates.clear()
    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": chen, "text": "pong"})]
    await bot("setWebhook", url=hook.url)
    sandbox.control.say(chen, "bot", "ping")
    await sandbox.control.settle(5)
    assert sandbox.control.view(chen)["chats"][0]["messages"][-1]["text"] == "pong"


async def test_pending_updates_can_be_dropped_and_counted(bot, sandbox, hook, chen):
    assert (await bot("getWebhookInfo"))["pending_update_count"] == 1
    await bot("setWebhook", url=hook.url, drop_pending_updates=True, max_connections=5, allowed_updates=["message"])
    told = await bot("getWebhookInfo")
    assert (told["pending_update_count"], told["max_connections"], told["allowed_updates"]) == (0, 5, ["message"])
    assert hook.got == []
