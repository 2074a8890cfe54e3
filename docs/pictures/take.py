"""Take the pictures of the page: start the sandbox with the real bot, wait for the demo, claim a shift by real clicks.

Run `python docs/pictures/take.py` in the project's folder; with an address behind it, a sandbox that runs already is
photographed (its demo community must be fresh). It needs Debian's chromium and the tests' packages, and
writes `page.png`, `page-dark.png` and `page-phone.png` beside itself.
"""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

HERE = Path(__file__).parent
PATIENCE = 180_000  # ms
LARGEST = 300 * 1024  # bytes
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@asynccontextmanager
async def running_sandbox() -> AsyncIterator[str]:
    """`python -m sandbox` as a child; gives the page's address, and stops it at the end."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-m", "sandbox", stdout=asyncio.subprocess.PIPE, cwd=HERE.parents[1]
    )
    assert child.stdout is not None
    try:
        async for line in child.stdout:
            if found := ADDRESS.search(line.decode()):
                yield found[0]
                return
        sys.exit("the sandbox ended before it said where it is")
    finally:
        if child.returncode is None:
            child.terminate()
        await child.wait()


async def open_page(
    browser: Browser, address: str, person: str, *, width: int, height: int, dark: bool = False
) -> Page:
    """The page as that person, in a quiet state without the tour."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    await context.add_init_script("localStorage.setItem('sandbox.tour', 'done')")
    page = await context.new_page()
    await page.goto(address, wait_until="commit")
    await page.locator(".person", has_text=person).click()
    return page


async def show_card(page: Page) -> None:
    """Open the topic with the cards, and wait for a green button."""
    if await page.locator("#back").is_hidden() and await page.locator("#chats").is_visible():
        await page.locator(".chat:not([data-chat=bot])").first.click()
    await page.locator(".topic", has_text="Shifts").click()
    await expect(page.locator(".key.success").last).to_be_visible()


async def take(page: Page, name: str) -> None:
    """Save what the window shows."""
    path = HERE / f"{name}.png"
    await page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path.name}: {size / 1024:.0f} KB\n")
    if size > LARGEST:
        sys.exit(f"{path.name} is larger than {LARGEST // 1024} KB")


async def main() -> None:
    """Take all pictures."""
    expect.set_options(timeout=PATIENCE)
    chromium = shutil.which("chromium") or sys.exit("there is no chromium (Debian: apt install chromium)")
    sandbox = nullcontext(sys.argv[1]) if len(sys.argv) > 1 else running_sandbox()
    async with sandbox as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = await open_page(browser, address, "Anna", width=1280, height=800)
        await show_card(page)
        await page.locator(".key.success").last.click()
        await expect(page.locator(".toast")).to_be_visible()
        await take(page, "page")
        dark = await open_page(browser, address, "James", width=1280, height=800, dark=True)
        await show_card(dark)
        await take(dark, "page-dark")
        phone = await open_page(browser, address, "James", width=390, height=844)
        await phone.locator(".chat:not([data-chat=bot])").first.click()
        await show_card(phone)
        await take(phone, "page-phone")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
