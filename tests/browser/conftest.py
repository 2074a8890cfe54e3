"""A browser (one for all tests of a worker), a sandbox in the test's own process, and the small echo bot."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from sandbox.server import Sandbox
from tests.browser.echo import EchoBot

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # ms: a busy machine with two cores is slow, not wrong
PEOPLE = [
    {"name": "Chen Guihua", "language_code": "zh-hans", "age": 52, "description": "Coordinator"},
    {"name": "Li Wei", "language_code": "zh-hans", "age": 67, "description": "Retired teacher"},
    {"name": "Rosa Delgado", "language_code": "es", "age": 61, "description": "Speaks some English"},
]

expect.set_options(timeout=PATIENCE)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's chromium with a fresh profile; without it the test is skipped."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine (Debian: apt install chromium)")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The browser; windows opened in it are closed after the test."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox with three people and a forum group."""
    async with Sandbox(username="echo_sandbox_bot", name="Echo") as running:
        running.control.people(people=[dict(person) for person in PEOPLE])
        running.control.chats(
            title="Riverside",
            type="forum",
            owner="Chen Guihua",
            members=["Li Wei", "Rosa Delgado"],
            topics=["Shifts"],
            bot="administrator",
        )
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def echo(sandbox: Sandbox) -> AsyncIterator[EchoBot]:
    """The echo bot, polling."""
    async with EchoBot(sandbox.base_url, sandbox.token) as bot:
        yield bot


async def open_page(browser: Browser, address: str, *, tour: bool = False, **options: Any) -> Page:
    """A new window on the page, in English and a laptop's size unless told otherwise; with `tour`, as at a first visit."""
    settings: dict[str, Any] = {"viewport": {"width": 1380, "height": 860}, "locale": "en-GB"}
    still: dict[str, Any] = {"timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
    context: BrowserContext = await browser.new_context(**settings | still | options)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE)
    if not tour:
        await context.add_init_script("localStorage.setItem('sandbox.tour', 'done')")
    page = await context.new_page()
    await page.goto(address, wait_until="commit")
    await expect(page.locator("#people-list .person").first).to_be_visible()
    return page


def remember_mistakes(page: Page) -> list[str]:
    """A list that fills with whatever the page complains of from now on."""
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda line: mistakes.append(line.text) if line.type in {"error", "warning"} else None)
    return mistakes
