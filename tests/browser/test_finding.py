"""An agent finds who a guest is, links, thinks again, and reads what is over; in a real page."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.chat_client import page_of
from tests.support.hub_server import HubServer


@pytest.mark.timeout(180)
async def test_a_guest_is_found_linked_and_unlinked(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    person = await pages.person(language="en-GB", colours="light")
    desk = await sign_in(hub_server, pages, person, "ben")
    await be_available(desk, EN)
    async with page_of(hub_server) as customer:
        await customer.hello()
        await customer.ask_for_a_person()
        await expect(desk.get_by_role("alertdialog")).to_be_visible()
        await desk.keyboard.press("Alt+KeyA")
        # What was accepted is chosen once the hub has answered; that would close a dialog again.
        await expect(desk.get_by_role("textbox", name=EN.reply)).to_be_focused()
        await desk.get_by_role("button", name="Find the customer").click()
        field = desk.get_by_role("searchbox", name="Find a customer")
        await expect(field).to_be_focused()
        assert await serious_faults(desk) == []
        await field.fill("lin wei")
        row = desk.get_by_role("button", name=re.compile("8807"))
        await expect(row).to_contain_text("Lin W••")
        await field.press("ArrowDown")
        await expect(row).to_be_focused()
        await row.press("Enter")
        await expect(desk.get_by_role("textbox", name="Reason")).to_be_focused()
        assert await serious_faults(desk) == []
        await desk.get_by_role("button", name=re.compile("^Link to Guest")).click()
        await desk.get_by_role("radio", name="Gave the customer number").check()
        await desk.get_by_role("dialog").get_by_role("button", name="Link", exact=True).click()
        record = desk.get_by_role("complementary", name="Customer record")
        await expect(record).to_contain_text("Lin Wei")
        await expect(record.get_by_role("button", name="Not this customer")).to_be_visible()
        await desk.get_by_role("button", name="Undo").click()
        await expect(record.get_by_role("button", name="Find the customer")).to_be_visible()
        assert pages.uncaught == []


@pytest.mark.timeout(180)
async def test_what_is_over_is_found_read_and_noted(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    person = await pages.person(language="zh-CN", colours="dark")
    desk = await sign_in(hub_server, pages, person, "chenbo")
    await desk.goto(f"{hub_server.origin}/console#contacts", wait_until="commit")
    first = desk.locator(".closed-row").first
    await expect(first).to_be_visible()
    assert await serious_faults(desk) == []
    reference = await first.locator(".mono").inner_text()
    await desk.get_by_role("textbox", name="会话编号").fill(reference.lower())
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".closed-row")).to_have_count(1)
    await desk.locator(".closed-row").click()
    await desk.get_by_role("button", name="可执行的操作").click()
    await desk.get_by_role("menuitem", name="添加备注").click()
    await desk.get_by_role("dialog").get_by_role("textbox").fill("客户来信致谢")
    await desk.get_by_role("dialog").get_by_role("button", name="添加备注").click()
    await expect(desk.get_by_role("region", name="会话内容")).to_contain_text("客户来信致谢")
    assert await serious_faults(desk) == []
    assert pages.uncaught == []
