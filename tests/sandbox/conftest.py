"""A sandbox for one test, with a community in it and a bare client that plays the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox


class Refused(Exception):
    """The Bot API said no; `code`, `text` and `parameters` as it said them."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.code = body["error_code"]
        self.text = body["description"]
        self.parameters = body.get("parameters", {})


class BareBot:
    """Calls methods over HTTP and hands back results."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self.offset = 0

    def url(self, method: str) -> str:
        return f"{self.sandbox.base_url}{self.sandbox.token}/{method}"

    async def __call__(self, method: str, **params: Any) -> Any:
        async with self.session.post(self.url(method), json=params) as answer:
            body = await answer.json()
        if not body["ok"]:
            raise Refused(body)
        return body["result"]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Fetch what is new and remember to confirm it."""
        found = await self("getUpdates", offset=self.offset, timeout=0, **params)
        if found:
            self.offset = found[-1]["update_id"] + 1
        return found

    async def refusal(self, method: str, **params: Any) -> str:
        """The text of the refusal that the call gets."""
        with pytest.raises(Refused) as caught:
            await self(method, **params)
        return caught.value.text


@pytest.fixture
async def sandbox(caplog: pytest.LogCaptureFixture) -> AsyncIterator[Sandbox]:
    """A running sandbox; at the end it must not have made an invalid object nor have failed at all."""
    async with Sandbox(page=None) as running:
        yield running
    assert running.bugs == []
    assert [record.getMessage() for record in caplog.get_records("call") if record.name == "aiohttp.server"] == []


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[BareBot]:
    async with aiohttp.ClientSession() as session:
        yield BareBot(sandbox, session)


@pytest.fixture
def chen(sandbox: Sandbox) -> int:
    """A coordinator who has started the bot."""
    sandbox.control.people(name="Chen Guihua", language_code="en", username="chen")
    sandbox.control.start("Chen")
    return sandbox.control.find_person("Chen").id


@pytest.fixture
def li(sandbox: Sandbox) -> int:
    """A volunteer who never pressed Start."""
    return sandbox.control.people(name="Li Na", language_code="zh-hans")["people"][0]["id"]


@pytest.fixture
def group(sandbox: Sandbox, chen: int, li: int) -> int:
    """A supergroup where the bot is administrator."""
    made = sandbox.control.chats("Riverside", type="supergroup", owner=chen, members=[li], bot="administrator")
    sandbox.world.updates.clear()
    return made["chat_id"]


@pytest.fixture
def forum(sandbox: Sandbox, chen: int, li: int) -> tuple[int, int]:
    """A forum where the bot is administrator, and its topic Shifts."""
    made = sandbox.control.chats(
        "Harbour", type="forum", topics=["Shifts"], bot="administrator", owner=chen, members=[li]
    )
    sandbox.world.updates.clear()
    return made["chat_id"], made["topics"]["Shifts"]


@pytest.fixture
def basic_group(sandbox: Sandbox, chen: int, li: int) -> int:
    """A basic group where the bot is a plain member."""
    made = sandbox.control.chats("Yard", owner=chen, members=[li], bot="member")
    sandbox.world.updates.clear()
    return made["chat_id"]


def keyboard(*labels: str) -> dict[str, Any]:
    """One row of callback buttons; each one's data is its label."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something that no event tells of; fails after twenty seconds."""
    async with asyncio.timeout(120):
        while not holds():  # noqa: ASYNC110 - the thing waited for has no event of its own
            await asyncio.sleep(0.001)
