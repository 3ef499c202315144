"""The assistant on real pages: a card is blocked with no agent; a guest is refused and handed over.

Led by the embedded engine with the model that is shipped, as at anybody's first `make run`.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.test_walk import EN, ZH, Tongue, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import CUSTOMER, HubServer, copy_seed
from tests.support.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
LOADED_SECONDS = 30.0
BOT_MESSAGES = re.compile(r"Show \d+ bot messages")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory, demo_seed: Path) -> Iterator[HubServer]:
    """A demo bank with its assistant; both tests share it."""
    hub = HubServer(tmp_path_factory.mktemp("hub"))
    copy_seed(demo_seed, hub.data)
    hub.environment["HUB_BOT__ENGINE"] = "embedded"
    hub.start()
    yield hub
    hub.stop()


def stored(hub: HubServer, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """Read the started hub's own database."""
    with closing(sqlite3.connect(f"file:{hub.data / 'hub.db'}?mode=ro", uri=True)) as store:
        return store.execute(sql, values).fetchall()


async def open_chat(hub: HubServer, pages: Pages, tongue: Tongue, who: str) -> Page:
    """The bank's page with the chat open, once the assistant has its model."""
    await until(lambda: "bot_model_in_use" in hub.words(), seconds=LOADED_SECONDS)
    person = await pages.person(language=tongue.locale, colours=tongue.colours)
    page = await pages.open(f"{hub.origin}/bank?lang={tongue.code}{who}", person=person)
    await page.get_by_role("button", name=tongue.chat).click()
    await expect(page.get_by_role("button", name=tongue.person).last).to_be_visible()
    return page


async def write(page: Page, tongue: Tongue, text: str) -> Locator:
    """The customer writes; returns the log."""
    await page.get_by_role("textbox", name=tongue.message).fill(text)
    await page.keyboard.press("Enter")
    return page.get_by_role("log", name=tongue.log)


async def test_a_chinese_customer_blocks_a_card_and_no_agent_is_needed(
    bank: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    page = await open_chat(bank, pages, ZH, f"&as={CUSTOMER}")
    log = await write(page, ZH, "我的银行卡丢了，请帮我挂失")
    await page.get_by_role("button", name="借记卡 尾号4417").click()
    await expect(log).to_contain_text("将挂失尾号4417的卡")
    await expect(page.get_by_role("button", name=ZH.person).last).to_be_visible()
    assert await serious_faults(page) == []
    await page.get_by_role("button", name="是", exact=True).click()
    await expect(log).to_contain_text("尾号4417的银行卡锁定申请已提交，业务编号")
    await expect(log.get_by_text("您尾号 4417 的银行卡已锁定")).to_have_count(1)
    await page.get_by_role("button", name="没有了，谢谢").last.click()
    star = page.get_by_role("radio", name=ZH.stars)
    await page.locator("label").filter(has=star).click()
    await page.get_by_role("button", name=ZH.submit, exact=True).last.click()
    await expect(page.get_by_text(ZH.thanks).first).to_be_visible()
    _was_contained(bank)
    core = await pages.open(f"{bank.origin}/demo/core?lang=zh")
    row = core.locator("#orders tr")
    await expect(row).to_have_count(1)
    await expect(row.locator("td").last).to_have_text("1 次")


def _was_contained(hub: HubServer) -> None:
    """No agent, one order by self-service, written down in the audit, one survey."""
    ((contact_id, ending, agent, score),) = stored(
        hub,
        "SELECT contact.id, ending, first_assigned_at, contact.score FROM contact "
        "JOIN bank_order ON bank_order.contact_id = contact.id",
    )
    assert (ending, agent, score) == ("contained", None, 5)
    asked = stored(hub, "SELECT kind, asked_by, state FROM bank_order")
    assert asked == [("block_card", "self_service", "applied")]
    audited = stored(hub, "SELECT actor FROM audit_entry WHERE action = 'bank_order_asked'")
    assert audited == [("self_service",)]
    surveys = stored(hub, "SELECT count(*) FROM survey WHERE contact_id = ?", contact_id)
    assert surveys == [(1,)]


async def test_a_guest_is_refused_a_balance_and_handed_over_with_the_transcript(
    bank: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    staff = await pages.person(language=EN.locale, colours=EN.colours)
    desk = await sign_in(bank, pages, staff, EN.skilled)
    await be_available(desk, EN)
    page = await open_chat(bank, pages, EN, "")
    log = await write(page, EN, "What is my balance?")
    await expect(log).to_contain_text("I cannot see who you are here")
    await desk.get_by_role("alertdialog").get_by_role("button", name=EN.accept).click()
    talk = desk.get_by_role("log")
    await expect(talk).to_contain_text("Nobody known")
    await talk.get_by_role("button", name=BOT_MESSAGES).click()
    await expect(talk).to_contain_text("I cannot see who you are here")
    await expect(talk).to_contain_text("What is my balance?")
    await write(page, EN, "Hello, are you a person?")
    await expect(talk).to_contain_text("are you a person?")
    await desk.get_by_role("textbox", name=EN.reply).fill("Yes, I am Amara")
    await desk.keyboard.press("Control+Enter")
    await expect(log).to_contain_text("Yes, I am Amara")
    await expect(log).not_to_contain_text("I am a bot; ask")
    said = stored(bank, "SELECT speaker FROM message ORDER BY at DESC LIMIT 2")
    assert {row[0] for row in said} == {"agent", "customer"}, "the assistant is silent"
