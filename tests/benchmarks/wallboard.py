"""A supervisor's wallboard in a real browser, over a floor of 400 agents and 40 queues.

    python -m tests.benchmarks wallboard

The floor lives as in `floor`. For half a minute each frame of the page is timed; one that comes
more than 50 ms after the one before was dropped. The raw limit is a page that shows nothing, in
the same browser, beside the same life. No graphics card: the processor paints.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import BrowserContext, Page, async_playwright

from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.floor import AGENTS, WARM_SECONDS, Worker, live, set_up, staff
from tests.benchmarks.process import HUB, free_port, pin_client, running
from tests.benchmarks.records import Record, at_most, percentile, table
from tests.support.browser import FLAGS, find_chromium

SECONDS: Final = 30
DROPPED_MS: Final = 50.0
TIME_FRAMES: Final = """(seconds) => new Promise((done) => {
  const gaps = [];
  let last = performance.now();
  const end = last + seconds * 1000;
  const next = (now) => {
    gaps.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(next);
    else done(gaps);
  };
  requestAnimationFrame(next);
})"""


def run() -> list[Record]:
    """Fill a floor and look at it."""
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError("there is no Chromium on the PATH")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        set_up(folder / "setup")
        bank = prepare(folder / "data", port, AGENTS)
        watchers = asyncio.run(staff(folder / "data"))
        environment = bank.environment | {"HUB_SET_UP_DIR": str(folder / "setup")}
        with running(["-c", HUB, "serve"], port, folder / "log", environment):
            return asyncio.run(_measure(bank, watchers[0], chromium))


async def _measure(bank: Bank, token: str, chromium: str) -> list[Record]:
    workers = [Worker() for _ in bank.tokens]
    for worker, agent in zip(workers, bank.tokens, strict=True):
        await worker.come(bank, agent)
    life = asyncio.create_task(live(bank, workers))
    await asyncio.sleep(WARM_SECONDS)
    async with async_playwright() as playwright:
        with _both_cores():
            browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        person = await browser.new_context(viewport={"width": 1440, "height": 900})
        blank = await _gaps(await person.new_page())
        page = await _wallboard(person, bank, token)
        elements = await page.evaluate("document.querySelectorAll('*').length")
        shown = await _gaps(page)
        await page.locator("#contacts").scroll_into_view_if_needed()
        below = await _gaps(page)
        await browser.close()
    life.cancel()
    return [
        at_most("wallboard.elements", elements, "elements"),
        *_figures("wallboard", shown, blank),
        *_figures("wallboard.contacts", below, blank),
    ]


def _figures(name: str, gaps: list[float], blank: list[float]) -> list[Record]:
    dropped = at_most(
        f"{name}.dropped_frames", _dropped(gaps), f"in {SECONDS} s", target=0, raw=_dropped(blank)
    )
    rate, raw_rate = len(gaps) / SECONDS, len(blank) / SECONDS
    return [
        dropped,
        at_most(f"{name}.frames_per_second", rate, "frames/s", raw=raw_rate),
        at_most(f"{name}.frame_p99_ms", percentile(gaps, 99), "ms", raw=percentile(blank, 99)),
        at_most(f"{name}.frame_longest_ms", max(gaps), "ms", raw=max(blank)),
    ]


def _dropped(gaps: list[float]) -> int:
    return sum(gap > DROPPED_MS for gap in gaps)


async def _gaps(page: Page) -> list[float]:
    """The milliseconds between the page's frames."""
    gaps: list[float] = await page.evaluate(TIME_FRAMES, SECONDS)
    return gaps[1:]


async def _wallboard(person: BrowserContext, bank: Bank, token: str) -> Page:
    cookie = {"name": "hub-session", "value": token, "url": bank.origin}
    await person.add_cookies([cookie])  # type: ignore[list-item]
    page = await person.new_page()
    await page.goto(f"{bank.origin}/console/wallboard")
    await page.locator("[data-contact]").first.wait_for()
    return page


@contextmanager
def _both_cores() -> Iterator[None]:
    """A person's browser is not held to the core of the load."""
    held = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, held)


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
