"""The page, the sandbox and the real bot, as `make run` starts them."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCENARIO = Path(__file__).with_name("last_place.scenario")


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path, root: Path) -> AsyncIterator[str]:
    """Where `python -m sandbox` says it is; it plays the scenario with one shift that has one place."""
    arguments = ["--port", "0", "--state", str(tmp_path), "--scenario", str(SCENARIO), "--patience", "120"]
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-m", "sandbox", *arguments, stdout=asyncio.subprocess.PIPE, cwd=root
    )
    assert child.stdout is not None
    said = ""
    try:
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", said)):
            line = await child.stdout.readline()
            assert line, f"the sandbox ended: {said}"
            said += line.decode()
        yield found[0]
    finally:
        if child.returncode is None:
            child.terminate()
        await child.communicate()


async def at_the_card(browser: Browser, address: str, person: str) -> Page:
    """The page as that person, with the card on the screen."""
    page = await open_page(browser, address)
    await page.locator(".person", has_text=person).click()
    await expect(page.locator(".topic", has_text="Shifts")).to_be_visible()
    await page.locator(".topic", has_text="Shifts").click()
    await expect(page.locator(".key.success")).to_be_visible()
    return page


async def last_answer(page: Page) -> Any:
    """What the bot told this person when they pressed, once it has."""
    view = "fetch('control/view?person=' + sessionStorage.getItem('sandbox.person')).then(answer => answer.json())"
    async with asyncio.timeout(20):
        while not (notices := (await page.evaluate(view))["notices"]):
            await page.wait_for_timeout(50)
    return notices[-1]["text"]


async def slow_edits(page: Page) -> None:
    """Let both presses reach a card that still shows the place as free."""
    rules = "{rules: [{kind: 'slow', method: 'editMessageText', seconds: 3}]}"
    await page.evaluate(f"fetch('control/faults', {{method: 'POST', body: JSON.stringify({rules})}})")


async def agreeing(page: Page, cards: list[Locator]) -> list[str]:
    """What the cards show once they show the same."""
    async with asyncio.timeout(20):
        while True:
            shown = [await card.locator(".text").inner_text() for card in cards]
            if len(set(shown)) == 1:
                return shown
            await page.wait_for_timeout(50)


async def test_two_people_claim_the_last_place_by_clicks_one_wins_and_both_cards_agree(
    browser: Browser, address: str
) -> None:
    li = await at_the_card(browser, address, "Li Wei")
    anna = await at_the_card(browser, address, "Anna Petrova")

    await slow_edits(li)
    await asyncio.gather(*(page.locator(".key.success").click() for page in (li, anna)))

    cards = [page.locator(".bubble", has_text="08:00–12:00") for page in (li, anna)]
    for card in cards:
        await expect(card).to_contain_text("1/1")
        await expect(card.locator(".edited")).to_have_text("edited")
    shown = await agreeing(li, cards)
    told = [await last_answer(page) for page in (li, anna)]
    winner = "Li Wei" if told[0].startswith("Yours:") else "Anna Petrova"
    assert winner in shown[0]
    assert sum(name in shown[0] for name in ("Li Wei", "Anna Petrova")) == 1
    assert sum(answer.startswith("Yours:") for answer in told) == 1
