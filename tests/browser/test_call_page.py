"""The page that calls the bank, while the line rests: the wait before the call, and the keypad."""

from typing import Literal

import pytest
from playwright.async_api import expect

from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

FITS = "document.documentElement.scrollWidth <= innerWidth"


async def test_keys_before_the_call_are_shown_and_taken_back(
    demo_bank: HubServer, pages: Pages
) -> None:
    page = await pages.open(f"{demo_bank.origin}/call?lang=en")
    waits = page.get_by_role("list", name="How long you wait now").get_by_role("listitem")
    await expect(waits.nth(1)).to_contain_text("Cards")
    await page.get_by_role("group", name="Keypad").get_by_role("button", name="2").click()
    await page.keyboard.press("1")
    await expect(page.get_by_text("Keys for the menu: 2 1")).to_be_visible()
    await page.get_by_role("button", name="Take back the last key").click()
    await expect(page.get_by_text("Keys for the menu: 2", exact=True)).to_be_visible()
    # What is typed into a field is a number, not a key.
    await page.get_by_label("Call from this number").press_sequentially("91")
    await expect(page.get_by_text("Keys for the menu: 2", exact=True)).to_be_visible()
    assert await serious_faults(page) == []


@pytest.mark.parametrize("forced", ["none", "active"])
async def test_a_small_dark_chinese_phone_has_all_of_it(
    demo_bank: HubServer, pages: Pages, forced: Literal["none", "active"]
) -> None:
    person = await pages.person(language="zh-CN", colours="dark", width=320)
    page = await pages.open(f"{demo_bank.origin}/call?lang=zh", person=person)
    await page.emulate_media(color_scheme="dark", forced_colors=forced)
    await expect(page.get_by_role("list", name="当前等候时间")).to_contain_text("银行卡")
    await expect(page.get_by_role("button", name="立即拨打")).to_be_visible()
    await page.get_by_role("button", name="井号").click()
    await expect(page.get_by_text("菜单按键：#")).to_be_visible()
    assert await page.evaluate(FITS)
    assert await serious_faults(page) == []
