"""A card is blocked while the bank's system is slow and is killed once in between.

Once in English and light, once in Chinese and dark: the agent sees every state by itself, the
customer reads one receipt, and the bank's own page says that it was applied once.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_walk import EN, ZH, Tongue, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import CUSTOMER, HubServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people read and press about a card."""

    tongue: Tongue
    block: str
    sent: str
    blocked: str
    receipt: str
    once: str
    choose: str


WORDS = (
    Words(
        tongue=EN, block="Block card", sent="Sent",
        blocked="Blocked", receipt="Your card ending in 4417 is blocked", once="1 ×",
        choose="Behave like this",
    ),
    Words(
        tongue=ZH, block="锁定银行卡", sent="已发送", blocked="已锁定",
        receipt="您尾号 4417 的银行卡已锁定", once="1 次", choose="照此运行",
    ),
)  # fmt: skip


async def customer_asks(hub: HubServer, pages: Pages, words: Words) -> Page:
    tongue = words.tongue
    person = await pages.person(language=tongue.locale, colours=tongue.colours)
    bank = await pages.open(f"{hub.origin}/bank?as={CUSTOMER}&lang={tongue.code}", person=person)
    await bank.get_by_role("button", name=tongue.chat).click()
    await expect(bank.get_by_role("button", name=tongue.person)).to_be_visible()
    await bank.get_by_role("textbox", name=tongue.message).fill(tongue.ask)
    await bank.keyboard.press("Enter")
    await expect(bank.get_by_role("log", name=tongue.log)).to_contain_text(tongue.missed)
    await bank.get_by_role("button", name=tongue.person).last.click()
    return bank


async def core_page(hub: HubServer, pages: Pages, words: Words) -> Page:
    person = await pages.person(language=words.tongue.locale, colours=words.tongue.colours)
    page = await pages.open(f"{hub.origin}/demo/core?lang={words.tongue.code}", person=person)
    await expect(page.get_by_role("switch")).to_be_checked(timeout=20_000)
    assert await serious_faults(page) == []
    return page


@pytest.mark.parametrize("words", WORDS, ids=lambda one: one.tongue.code)
async def test_a_block_is_applied_once_by_a_slow_bank_that_is_killed(
    hub_server: HubServer, pages: Pages, words: Words
) -> None:
    hub_server.start()
    tongue = words.tongue
    core = await core_page(hub_server, pages, words)
    person = await pages.person(language=tongue.locale, colours=tongue.colours)
    desk = await sign_in(hub_server, pages, person, tongue.skilled)
    await be_available(desk, tongue)
    bank = await customer_asks(hub_server, pages, words)
    await desk.get_by_role("button", name=tongue.accept).first.click(timeout=30_000)

    await core.locator("[name=delay_seconds]").fill("5")
    await core.get_by_role("button", name=words.choose).click()
    record = desk.locator(".pop")
    await record.get_by_role("button", name=re.compile("4417")).click()
    await desk.get_by_role("menuitem", name=words.block).click()
    assert await serious_faults(desk) == []
    await desk.get_by_role("dialog").get_by_role("button", name=words.block).click()
    await expect(record).to_contain_text(words.sent)
    await core.get_by_role("switch").click()
    await expect(core.get_by_role("switch")).not_to_be_checked()
    await core.get_by_role("switch").click()
    await expect(core.get_by_role("switch")).to_be_checked(timeout=20_000)

    await expect(record.get_by_text(words.blocked, exact=True)).to_be_visible(timeout=40_000)
    told = bank.get_by_role("log", name=tongue.log).get_by_text(words.receipt)
    await expect(told).to_have_count(1)
    row = core.locator("#orders tr")
    await expect(row).to_have_count(1)
    await expect(row.locator("td").last).to_have_text(words.once)
