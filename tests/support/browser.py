"""Real pages in Debian's Chromium, driven by Playwright.

Tests that use a page carry the marker `browser`; tests below `tests/browser` carry it by
themselves. Without a Chromium they are skipped and say so.
"""

import shutil
from collections.abc import AsyncIterator, Callable
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Pages:
    """People at their screens: each `person` has cookies, language and colours of their own.

    An exception that a page does not catch fails the test when it ends. A test that means one to
    happen takes it out of `uncaught`.
    """

    def __init__(self, browser: Browser) -> None:
        self.uncaught: list[str] = []
        self.console: list[str] = []
        self._browser = browser

    async def person(
        self,
        *,
        language: str = "en-GB",
        colours: Literal["light", "dark"] = "light",
        width: int = 1440,
        height: int = 900,
    ) -> BrowserContext:
        """Return a fresh browser profile; times are shown in Shanghai's zone."""
        return await self._browser.new_context(
            locale=language,
            timezone_id="Asia/Shanghai",
            color_scheme=colours,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )

    async def open(self, url: str, *, person: BrowserContext | None = None) -> Page:
        """Open the address in a new tab of the person (else of a new English one)."""
        page = await (person or await self.person()).new_page()
        page.on("pageerror", self._uncaught(page))
        page.on("console", lambda message: self.console.append(message.text))
        await page.goto(url)
        return page

    def _uncaught(self, page: Page) -> Callable[[Error], None]:
        return lambda error: self.uncaught.append(f"{page.url}: {error.message}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where no browser is, before their other fixtures start."""
    if item.get_closest_marker("browser") and find_chromium() is None:
        pytest.skip("no Chromium on the PATH: browser test")


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own: Playwright's objects belong to one event loop."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=find_chromium(), args=list(FLAGS)
        )
        yield started
        await started.close()


@pytest_asyncio.fixture
async def pages(browser: Browser) -> AsyncIterator[Pages]:
    """Open pages with this; see `Pages`."""
    opened = Pages(browser)
    yield opened
    assert opened.uncaught == [], "a page threw an exception"
