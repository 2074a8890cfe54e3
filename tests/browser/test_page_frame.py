"""What surrounds the chat: languages, clock, phone, tour, a lost connection."""

import pytest
from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from tests.browser.conftest import open_page, remember_mistakes
from tests.browser.echo import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_speaks_chinese_when_asked_and_remembers_it(browser: Browser, sandbox: Sandbox) -> None:
    page = await open_page(browser, sandbox.address)

    await page.get_by_role("button", name="中文", exact=True).click()
    await expect(page.locator("#people-title")).to_have_text("您的身份")
    await page.reload()

    await expect(page.locator("#people-title")).to_have_text("您的身份")
    assert await page.evaluate("document.documentElement.lang") == "zh-Hans"


async def test_the_clock_moves_an_hour_and_bad_weather_is_switched_on(browser: Browser, sandbox: Sandbox) -> None:
    page = await open_page(browser, sandbox.address)
    before = sandbox.clock.now()

    await page.get_by_role("button", name="+1 h").click()
    await page.get_by_role("button", name="Bad", exact=True).click()
    await expect(page.get_by_role("button", name="Bad", exact=True)).to_have_attribute("aria-pressed", "true")
    await page.get_by_label("Enforce Telegram's rate limits").check()

    await expect(page.get_by_label("Enforce Telegram's rate limits")).to_be_checked()
    assert 3600 <= sandbox.clock.now() - before < 3900
    assert sandbox.control.faults()["preset"] == "bad"
    assert sandbox.control.faults()["pace"] is True


async def test_telegram_goes_away_for_ten_minutes_and_is_called_back(browser: Browser, sandbox: Sandbox) -> None:
    page = await open_page(browser, sandbox.address)

    await page.get_by_role("button", name="10 min", exact=True).click()
    await expect(page.locator("#weather")).to_contain_text("Telegram cannot be reached until")
    assert 500 < sandbox.control.faults()["away"] <= 600

    await page.get_by_role("button", name="Back now").click()
    await expect(page.get_by_role("button", name="12 h", exact=True)).to_be_visible()
    assert sandbox.control.faults()["away"] == 0


async def test_every_single_fault_can_be_let_happen_from_the_page(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await open_page(browser, sandbox.address)
    mistakes = remember_mistakes(page)
    await page.locator(".chat", has_text="Riverside").click()
    await page.locator("#faults summary").click()
    choice = page.get_by_label("Let one thing go wrong")

    await choice.select_option(label="accepted, the answer is lost")
    await page.get_by_role("button", name="Let it happen").click()
    await expect(page.locator("#toasts")).to_contain_text("next occasion")
    [rule] = sandbox.control.faults()["rules"]
    assert (rule["kind"], rule["times"]) == ("accepted-then-lost", 1)
    await choice.select_option(label="a button is tapped twice")
    await page.get_by_role("button", name="Let it happen").click()
    await choice.select_option(label="the bot is put out")
    await page.get_by_role("button", name="Let it happen").click()

    await expect(page.locator("#panel")).to_contain_text("“Riverside”: not in the group")
    assert [rule["kind"] for rule in sandbox.control.faults()["rules"]] == ["double-tap", "accepted-then-lost"]
    kinds = await choice.locator("option").count()
    assert kinds == 11 + 5 + 5
    assert mistakes == []


async def test_every_button_and_field_has_a_name_and_a_phone_shows_one_column(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    await echo.card(sandbox.control.find_chat("Riverside").id)
    page = await open_page(browser, sandbox.address, viewport={"width": 390, "height": 844}, has_touch=True)
    await expect(page.locator("#conversation")).to_be_hidden()

    await page.locator(".chat", has_text="Riverside").click()
    await expect(page.get_by_role("button", name="Claim 08:00")).to_be_visible()

    nameless = "[...document.querySelectorAll('button, input, textarea')].filter(e => e.checkVisibility() && !e.textContent.trim() && !e.ariaLabel && !e.labels?.length).map(e => e.outerHTML)"
    assert await page.evaluate(nameless) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.get_by_role("button", name="Back to the chats").click()
    await expect(page.locator("#chat-list")).to_be_visible()


async def test_the_tour_leads_from_a_person_to_a_claim_and_comes_only_once(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    await echo.card(sandbox.control.find_chat("Riverside").id, message_thread_id=2)
    sandbox.control.start(person="Chen Guihua")
    page = await open_page(browser, sandbox.address, tour=True)
    tour = page.locator("#tour")

    await expect(tour).to_contain_text("Click Li Wei")
    await page.get_by_role("button", name="Li Wei").click()
    await expect(tour).to_contain_text("Look at the card in the group")
    await tour.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Claim 08:00").click()
    await expect(tour).to_contain_text("See it in private")
    await page.locator("[data-chat=bot]").click()
    await page.locator("#gate").get_by_role("button", name="Start").click()
    await tour.get_by_role("button", name="Send /mine").click()
    await expect(page.locator(".bubble").last).to_contain_text("You said: /mine")
    await tour.get_by_role("button", name="Done").click()

    await page.reload()
    await expect(page.locator(".person").first).to_be_visible()
    await expect(tour).to_be_hidden()


async def test_after_a_broken_connection_the_page_catches_up(browser: Browser, sandbox: Sandbox) -> None:
    page = await open_page(browser, sandbox.address)
    port = sandbox.port

    await sandbox.stop()
    await expect(page.locator("#offline")).to_contain_text("Connection lost")
    sandbox.control.say(person="Li Wei", chat="Riverside", text="said while nobody listened")
    await sandbox.start(port)

    await expect(page.locator("#offline")).to_be_hidden()
    await expect(page.locator(".bubble", has_text="said while nobody listened")).to_be_visible()


async def test_the_bot_is_made_an_administrator_and_taken_out_of_the_group(browser: Browser, sandbox: Sandbox) -> None:
    page = await open_page(browser, sandbox.address)
    mistakes = remember_mistakes(page)
    panel = page.locator("#panel")

    await panel.get_by_role("button", name="Take admin away").click()
    await expect(panel).to_contain_text("“Riverside”: member")
    await panel.get_by_role("button", name="Make admin").click()
    await expect(panel).to_contain_text("“Riverside”: administrator")
    await panel.get_by_role("button", name="Remove").click()
    await expect(panel).to_contain_text("“Riverside”: not in the group")

    await panel.get_by_role("button", name="Add to group").click()
    await expect(panel).to_contain_text("“Riverside”: member")
    assert mistakes == []
