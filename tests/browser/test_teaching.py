"""The page of the assistant: a sentence is taught, trained beside the hub, compared, published.

The bank's set-up with few of its sentences: the same walk, and seconds of training instead of a
minute.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from config.settings import SET_UP_FOLDER
from tests.browser.test_walk import PASSWORD
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(420)]
TRAINED_MS = 120_000
"""The longest wait for a process that learns, on a machine that is busy."""
SENTENCES = 2
"""Of an intent in a language."""
EXAMPLE = "    - "
SAID = "strongbox rental, a strongbox"


def _few(folder: Path) -> Path:
    """A copy of the set-up that teaches each intent by a few sentences, without a trained model."""
    left_out = shutil.ignore_patterns("*.py", "__pycache__", "*.npz", "articles")
    shutil.copytree(SET_UP_FOLDER, folder, ignore=left_out)
    for file in (folder / "bot" / "nlu").glob("*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(_first_examples(lines)), encoding="utf-8")
    return folder


def _first_examples(lines: list[str]) -> Iterator[str]:
    is_intent, said = False, 0
    for line in lines:
        if line.startswith("- "):
            is_intent, said = line.startswith("- intent:"), 0
        said += line.startswith(EXAMPLE)
        if not is_intent or not line.startswith(EXAMPLE) or said <= SENTENCES:
            yield line


async def at_the_assistant(hub: HubServer, pages: Pages, login: str, **person: object) -> Page:
    page = await pages.open(
        f"{hub.origin}/sign-in",
        person=await pages.person(**person),  # type: ignore[arg-type]  # by name
    )
    await page.locator("input[name=login]").fill(login)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console**")
    await page.goto(f"{hub.origin}/console/assistant")
    return page


async def test_a_sentence_is_taught_compared_and_published_by_two_people(
    hub_server: HubServer, pages: Pages, tmp_path: Path
) -> None:
    hub_server.environment |= {
        "HUB_BOT__ENGINE": "ngrams",
        "HUB_SET_UP_DIR": str(_few(tmp_path / "set-up")),
    }
    hub_server.start()
    ines = await at_the_assistant(hub_server, pages, "ines")
    # The model of the files is trained beside the hub while the page is there.
    await expect(ines.get_by_text("words alone")).to_be_visible(timeout=TRAINED_MS)
    assert await serious_faults(ines) == []
    await ines.get_by_role("tab", name="Taught").click()
    await ines.get_by_role("button", name="Add a sentence").first.click()
    dialog = ines.get_by_role("dialog", name="Add a sentence")
    await dialog.get_by_label("Sentence").fill(SAID)
    await dialog.get_by_label("It means").select_option("appointment")
    assert await serious_faults(ines) == []
    await dialog.get_by_role("button", name="Add a sentence").click()
    await expect(ines.get_by_role("cell", name=SAID, exact=True)).to_be_visible()
    await ines.get_by_role("button", name="Train and compare").click()
    await ines.get_by_role("tab", name="Compare").click()
    await expect(ines.get_by_role("row", name="Matters understood")).to_contain_text(
        "%", timeout=TRAINED_MS
    )
    await expect(ines.locator(".confusions")).to_be_visible()
    assert await serious_faults(ines) == []
    await ines.get_by_role("button", name="Hand in").click()
    await ines.get_by_label("Reason").fill("Strongboxes")
    await ines.keyboard.press("Enter")
    await expect(ines.get_by_text("Strongboxes")).to_be_visible()

    chenbo = await at_the_assistant(hub_server, pages, "chenbo", language="zh-CN", colours="dark")
    await chenbo.get_by_role("tab", name="对比").click()
    await expect(chenbo.locator(".confusions")).to_be_visible()
    assert await serious_faults(chenbo) == []
    await chenbo.get_by_role("button", name="发布", exact=True).click()
    await chenbo.keyboard.press("Enter")
    await expect(chenbo.get_by_text("生效版本：2")).to_be_visible()
    await expect(chenbo.get_by_text("仅词语")).to_be_visible()
    await chenbo.get_by_label("输入客户可能会写的话").fill(SAID)
    await chenbo.get_by_role("button", name="试用").click()
    await expect(chenbo.locator(".try-ranks li").first).to_contain_text("预约")
