"""Writing, sending pictures and places, replying, reacting."""

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests.browser.conftest import open_page, remember_mistakes
from tests.browser.echo import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def private_page(browser: Browser, sandbox: Sandbox) -> Page:
    """The page as Chen Guihua, in her private chat, which she has started."""
    page = await open_page(browser, sandbox.address)
    await page.locator("[data-chat=bot]").click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".bubble").last).to_contain_text("Welcome.")
    return page


async def test_what_is_typed_is_sent_by_enter_and_answered(browser: Browser, sandbox: Sandbox, echo: EchoBot) -> None:
    page = await private_page(browser, sandbox)

    await page.locator("#composer-text").fill("hello <b>there</b> 👨‍👩‍👧")
    await page.keyboard.press("Enter")

    await expect(page.locator(".bubble").last).to_contain_text("You said: hello <b>there</b> 👨‍👩‍👧")
    await expect(page.locator("#composer-text")).to_have_value("")


async def test_a_slash_offers_the_commands_and_the_keyboard_chooses_one(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    await echo.call(
        "setMyCommands",
        commands=[{"command": "shifts", "description": "All"}, {"command": "mine", "description": "My shifts"}],
    )
    page = await private_page(browser, sandbox)

    await page.locator("#composer-text").press_sequentially("/")
    await expect(page.get_by_role("option")).to_have_text(["/shiftsAll", "/mineMy shifts"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.locator(".bubble").last).to_contain_text("You said: /mine")


async def test_a_sample_picture_and_a_place_on_the_map_reach_the_bot(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await private_page(browser, sandbox)
    mistakes = remember_mistakes(page)

    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name="Photo").click()
    await page.get_by_label("Caption").fill("third floor")
    await page.get_by_role("button", name="Smoke from a window").click()
    await expect(page.locator(".bubble img")).to_be_visible()
    await expect(page.locator(".bubble").last).to_contain_text("third floor")
    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name="Location").click()
    await page.get_by_role("application", name="Map").press("ArrowUp")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()

    await expect(page.locator(".bubble").last).to_contain_text("31.23049, 121.47370")
    private = sandbox.control.view("Chen Guihua", "bot")["chats"][0]["messages"]
    assert [message["kind"] for message in private][-2:] == ["photo", "location"]
    assert (private[-2]["photo"]["width"], private[-2]["photo"]["height"]) == (960, 720)
    assert mistakes == []


async def test_a_message_can_be_answered_and_reacted_to_from_its_menu(
    browser: Browser, sandbox: Sandbox, echo: EchoBot
) -> None:
    page = await private_page(browser, sandbox)
    welcome = page.locator(".bubble", has_text="Welcome.")

    await welcome.click(button="right")
    await page.get_by_role("menuitem", name="React with 👍").click()
    await expect(welcome.get_by_role("button", name="👍, 1")).to_have_attribute("aria-pressed", "true")
    await welcome.click(button="right")
    await page.get_by_role("menuitem", name="Reply").click()
    await expect(page.locator("#draft")).to_contain_text("Reply to Echo")
    await page.locator("#composer-text").fill("thanks")
    await page.keyboard.press("Enter")

    own = page.locator(".row.out .bubble", has_text="thanks")
    await expect(own.locator(".quote")).to_contain_text("Welcome.")
    await expect(page.locator("#draft")).to_be_empty()


async def test_what_people_write_or_are_called_never_becomes_markup(browser: Browser, sandbox: Sandbox) -> None:
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    sandbox.control.people(name=hostile, description=hostile, age=30)
    sandbox.control.join(person=hostile, chat="Riverside")
    sandbox.control.title(person="Chen Guihua", chat="Riverside", title=hostile)
    said = sandbox.control.say(
        person=hostile, chat=hostile, text=f"{hostile} \u202eevil\u202c & [x](javascript:alert(1)) /start"
    )
    sandbox.control.pin(person="Chen Guihua", chat=hostile, message=said["message_id"])
    sandbox.control.say(person="Li Wei", chat=hostile, text="so?", reply_to=said["message_id"])
    page = await open_page(browser, sandbox.address)

    await page.locator(".topic", has_text="General").click()

    await expect(page.locator(".bubble", has_text="javascript:alert(1)").first).to_be_visible()
    assert await page.locator("img, main script").count() == 0
    assert await page.locator("a[href^=javascript]").count() == 0
    assert "taken" not in await page.title()
