"""Many messages: the newest in sight, and nothing jumps under the reader's eyes."""

import pytest
from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from tests.browser.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FROM_BOTTOM = "(() => { const s = document.getElementById('scroller'); return Math.round(s.scrollHeight - s.scrollTop - s.clientHeight); })()"
TOP = "document.getElementById('scroller').scrollTop"


async def test_five_hundred_messages_stay_in_place_while_one_reads_and_follow_at_the_end(
    browser: Browser, sandbox: Sandbox
) -> None:
    for number in range(500):
        sandbox.control.say(
            person="Li Wei", chat="Riverside", topic="Shifts", text=f"message {number}\n" * (1 + number % 4)
        )
    page = await open_page(browser, sandbox.address)
    entries = page.locator("#messages > li")
    await expect(entries.last).to_contain_text("message 499")

    while await page.locator("#older").is_visible() and await entries.count() < 500:
        before = await entries.count()
        await page.locator("#older").click()
        await expect(entries).not_to_have_count(before)
    assert await entries.count() >= 500

    await page.locator("#jump").click()
    await expect(page.locator("#jump")).to_be_hidden()
    sandbox.control.say(person="Li Wei", chat="Riverside", topic="Shifts", text="the newest")
    await expect(entries.last).to_contain_text("the newest")
    await expect(entries.last).to_be_in_viewport()
    assert await page.evaluate(FROM_BOTTOM) <= 1

    await page.evaluate("document.getElementById('scroller').scrollTop = 2000")
    await expect(page.locator("#jump")).to_be_visible()
    held = await page.evaluate(TOP)
    sandbox.control.say(person="Li Wei", chat="Riverside", topic="Shifts", text="while reading above")
    await expect(page.locator("#jump .badge")).to_have_text("1")
    assert abs(await page.evaluate(TOP) - held) <= 2
