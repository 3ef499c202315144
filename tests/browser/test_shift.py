"""What an agent's hands do at the end of a shift and when the language changes in mid-talk."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.test_walk import EN, ZH, Walk
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

FINISHING = re.compile("Finishing")


async def pick(page: Page, button: re.Pattern[str] | str, item: re.Pattern[str] | str) -> None:
    """Choose from a menu."""
    await page.get_by_role("button", name=button).first.click()
    menu = page.get_by_role("menu")
    await menu.get_by_text(item).first.click()


def offer_on(page: Page) -> Locator:
    """The offer on a desk."""
    return page.get_by_role("alertdialog")


@pytest.mark.timeout(240)
async def test_a_shift_ends_with_a_hand_over(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    walk = Walk(hub_server, pages, EN)
    walk.desk = amara = await walk.come_to_work("amara")
    await walk.customer_asks()
    await expect(offer_on(amara)).to_contain_text(EN.customer)
    await amara.keyboard.press("Alt+KeyA")
    await walk.answer(amara, "Hello, I see it")
    await expect(walk.chat).to_contain_text("Hello, I see it")

    await walk.answer(amara, "Your card is 4111 1111 1111 1111")
    stopped = amara.get_by_role("alert").filter(has_text="a card number")
    await expect(stopped).to_be_visible()
    await stopped.get_by_role("button", name="Correct it").click()
    box = amara.get_by_role("textbox", name=EN.reply)
    await expect(box).to_have_value("Your card is 4111 1111 1111 1111")
    await walk.answer(amara, "Your card ends in 1111")
    await expect(walk.chat).to_contain_text("Your card ends in 1111")
    await expect(walk.chat).not_to_contain_text("4111")

    await pick(amara, EN.presence, "Last contact, then offline")
    await expect(amara.get_by_role("button", name=FINISHING).first).to_be_visible()
    second = Walk(hub_server, pages, EN)
    second.bank = await pages.open(
        f"{hub_server.origin}/bank?lang=en", person=await second.somebody()
    )
    await second.bank.get_by_role("button", name=EN.chat).click()
    await second.bank.get_by_role("button", name=EN.person).last.click()
    tom = await walk.come_to_work("tom")
    await expect(offer_on(tom)).to_be_visible()
    await expect(offer_on(amara)).to_have_count(0)
    await tom.keyboard.press("Alt+KeyA")

    await pick(amara, "Amara Osei", "Sign out")
    dialog = amara.get_by_role("dialog")
    await expect(dialog).to_contain_text("You still have contacts")
    assert await serious_faults(amara) == []
    await dialog.get_by_role("button", name="Hand over and sign out").click()
    await expect(dialog.get_by_text("Choose where it goes").last).to_be_visible()
    await dialog.get_by_role("combobox").last.select_option(label="Tom Reyes")
    await dialog.get_by_role("textbox").fill("Shift is over, the card is in question")
    await dialog.get_by_role("button", name="Hand over and sign out").click()
    await amara.wait_for_url(re.compile("/sign-in"))
    await expect(offer_on(tom)).to_contain_text(EN.customer)
    await tom.keyboard.press("Alt+KeyA")
    await expect(tom.get_by_role("log")).to_contain_text("Shift is over")
    await walk.answer(tom, "I go on for Amara")
    await expect(walk.chat).to_contain_text("I go on for Amara")


@pytest.mark.timeout(240)
async def test_the_language_changes_in_mid_talk(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    walk = Walk(hub_server, pages, EN)
    walk.desk = tom = await walk.come_to_work("tom")
    await walk.customer_asks()
    await expect(offer_on(tom)).to_contain_text(EN.customer)
    await tom.keyboard.press("Alt+KeyA")
    await walk.answer(tom, "How can I help?")
    await expect(walk.chat).to_contain_text("How can I help?")
    chinese = Walk(hub_server, pages, ZH)
    liuxin = await chinese.come_to_work("liuxin")

    await pick(tom, re.compile("The customer's language"), "Go on in Chinese")
    dialog = tom.get_by_role("dialog")
    assert await serious_faults(tom) == []
    await dialog.get_by_role("textbox").fill("Asks about a payment, is signed in")
    await dialog.get_by_role("button", name="Go on in Chinese").click()
    await expect(offer_on(liuxin)).to_contain_text(ZH.customer)
    await liuxin.keyboard.press("Alt+KeyA")
    talk = liuxin.get_by_role("log")
    await expect(talk).to_contain_text("Asks about a payment")
    await expect(talk).to_contain_text("How can I help?")
    await chinese.answer(liuxin, "您好，我来为您处理")
    await expect(walk.chat).to_contain_text("您好，我来为您处理")
    await expect(walk.chat).not_to_contain_text("Asks about a payment")
