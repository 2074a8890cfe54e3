"""Buttons under a message, pressed with a real mouse in a real browser."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests.browser.conftest import open_page, remember_mistakes
from tests.browser.echo import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def card_page(browser: Browser, sandbox: Sandbox, echo: EchoBot, person: str) -> Page:
    """The page as that person, with the group's card on the screen; makes the card if there is none."""
    (group,) = sandbox.control.view(person, "Riverside")["chats"]
    if not any(message["keyboard"] for message in group["messages"]):
        await echo.card(group["id"], message_thread_id=2)
    page = await open_page(browser, sandbox.address)
    await page.get_by_role("button", name=person).click()
    await page.get_by_role("tab", name="Shifts").click()
    await expect(page.get_by_role("button", name="Claim 08:00")).to_be_visible()
    return page


async def test_a_pressed_button_spins_until_the_bot_answers(browser: Browser, sandbox: Sandbox, echo: EchoBot) -> None:
    page = await card_page(browser, sandbox, echo, "Li Wei")
    await page.get_by_role("button", name="Wait").click()
    await expect(page.locator(".key.waiting")).to_have_text("Waitwaiting for the bot")

    echo.release.set()

    await expect(page.locator(".key.waiting")).to_have_count(0)


async def test_a_toast_appears_at_the_bottom_and_an_alert_wants_an_ok(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await card_page(browser, sandbox, echo, "Li Wei")
    mistakes = remember_mistakes(page)

    await page.get_by_role("button", name="Claim 08:00").click()
    await expect(page.locator("#toasts")).to_contain_text("You are on duty: East Gate, Tue 08:00.")
    await page.get_by_role("button", name="Release").click()
    alert = page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Less than 24 hours to go.")
    await alert.get_by_role("button", name="OK").click()

    await expect(alert).to_have_count(0)
    assert mistakes == []
    assert sandbox.bugs == []


async def test_two_people_press_for_the_last_place_and_both_see_the_same_card(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    li = await card_page(browser, sandbox, echo, "Li Wei")
    rosa = await card_page(browser, sandbox, echo, "Rosa Delgado")

    await asyncio.gather(*(page.get_by_role("button", name="Claim 08:00").click() for page in (li, rosa)))

    for page in (li, rosa):
        await expect(page.locator(".bubble").last).to_contain_text("On duty: ")
        await expect(page.locator(".bubble").last.locator(".edited")).to_have_text("edited")
    cards = [await page.locator(".bubble").last.locator(".text").inner_text() for page in (li, rosa)]
    told = sorted(sandbox.control.view(name)["notices"][-1]["text"] for name in ("Li Wei", "Rosa Delgado"))
    assert cards[0] == cards[1]
    assert told == ["Full: somebody was faster.", "You are on duty: East Gate, Tue 08:00."]


async def test_a_deep_link_button_opens_the_private_chat_with_start(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await card_page(browser, sandbox, echo, "Li Wei")

    await page.get_by_role("button", name="Open in private").click()
    await expect(page.locator("#conversation-title")).to_contain_text("Echo")
    await expect(page.get_by_text("What can this bot do?")).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()

    await expect(page.locator(".bubble").last).to_contain_text("Welcome. Payload: card_7")
    await expect(page.locator("#composer-text")).to_be_visible()


async def test_a_copy_button_copies_its_text(browser: Browser, sandbox: Sandbox, echo: EchoBot) -> None:
    page = await card_page(browser, sandbox, echo, "Li Wei")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    await page.get_by_role("button", name="Copy the code").click()

    await expect(page.locator("#toasts")).to_contain_text("Copied: GATE-42")
    assert await page.evaluate("navigator.clipboard.readText()") == "GATE-42"


async def test_the_same_card_is_seen_by_the_next_person_with_one_click(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await card_page(browser, sandbox, echo, "Li Wei")

    await page.get_by_role("button", name="Rosa Delgado").click()

    await expect(page.locator("#chats-title")).to_have_text("Chats of Rosa Delgado")
    await expect(page.get_by_role("tab", name="Shifts")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_role("button", name="Claim 08:00")).to_be_visible()
