"""The floor in real pages: unusual payments first, stepping in while the bot still talks."""

import re

import pytest
from playwright.async_api import Page, expect

from hub.adapters.clock import SystemClock
from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.chat_client import page_of
from tests.support.desk_client import DeskClient, desk_of
from tests.support.hub_server import HubServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


async def core_page(hub: HubServer, pages: Pages) -> Page:
    page = await pages.open(f"{hub.origin}/demo/core?lang=en")
    await expect(page.get_by_role("switch")).to_be_checked(timeout=20_000)
    return page


async def waiting_tasks(board: DeskClient, queues: set[str]) -> None:
    """Wait until each of these queues has a task that waits."""

    def all_there(state: dict[str, dict[str, dict[str, str]]]) -> bool | None:
        tasks = [one for one in state["contacts"].values() if one["channel"] == "task"]
        return {one["queue_id"] for one in tasks if one["state"] == "queued"} >= queues or None

    await board.until(all_there, seconds=40)


async def test_an_unusual_payment_is_offered_before_a_task_that_waits(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    core = await core_page(hub_server, pages)
    person = await pages.person(language="en-GB", colours="dark")
    desk = await sign_in(hub_server, pages, person, "amara")
    async with desk_of(hub_server, "rosa", available=False) as rosa:
        await rosa.must("open_task", kind="follow_up", due_at=SystemClock().now(), words="later")
        board = DeskClient(rosa.held)
        await board.open(hub_server, topic="wallboard")
        await waiting_tasks(board, {"messages"})
        await core.get_by_role("button", name="Make an unusual payment").click()
        await waiting_tasks(board, {"messages", "cards"})
        await board.close()

    await be_available(desk, EN)
    offer = desk.get_by_role("alertdialog").first
    await expect(offer).to_contain_text("Check an unusual payment")
    await offer.get_by_role("button", name=EN.accept).click()
    evidence = desk.get_by_role("region", name="Was it the customer?")
    await expect(evidence).to_be_visible()
    await expect(desk.get_by_text(re.compile(r"times the usual")).first).to_be_visible()
    assert await serious_faults(desk) == []
    await evidence.get_by_role("button", name="Fraud").click()
    await expect(desk.get_by_text("The payment was judged as fraud").first).to_be_visible()
    row = core.locator("#verdicts tr")
    await expect(row.locator("td").nth(2)).to_have_text("Fraud", timeout=30_000)
    await expect(row).to_have_count(1)
    await expect(row.locator("td").last).to_have_text("1 ×")
    assert pages.uncaught == []


async def test_a_supervisor_takes_over_from_the_bot(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    person = await pages.person(language="zh-CN", colours="light")
    board = await sign_in(hub_server, pages, person, "chenbo")
    await board.goto(f"{hub_server.origin}/console/wallboard", wait_until="commit")
    async with page_of(hub_server) as customer:
        await customer.hello()
        await customer.say("hm")
        await board.get_by_role("button", name=re.compile("^智能助手接待 1")).click()
        row = board.locator("[data-contact]")
        await expect(row).to_have_count(1)
        await row.get_by_role("button", name="查看").first.click()
        pane = board.locator(".monitor")
        await expect(pane.get_by_role("log")).to_be_visible()
        assert await serious_faults(board) == []
        await pane.get_by_role("button", name="接管").click()
        await expect(board.get_by_role("alertdialog")).to_contain_text("智能助手不再回复")
        await board.get_by_role("alertdialog").get_by_role("button", name="接管").click()
        await customer.until_phase("agent")
        await expect(board.get_by_role("button", name="智能助手接待 0")).to_be_visible()

        await board.get_by_role("button", name="每日提醒").click()
        history = board.get_by_role("dialog", name="每日提醒")
        await expect(history.get_by_text("无人认领").first).to_be_visible()
        assert await serious_faults(board) == []
    assert pages.uncaught == []


async def test_closed_contacts_of_one_customer(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    desk = await sign_in(hub_server, pages, await pages.person(), "rosa")
    await desk.goto(f"{hub_server.origin}/console#contacts", wait_until="commit")
    rows = desk.locator(".closed-row")
    await expect(rows.first).to_be_visible()
    await desk.get_by_role("button", name="Any customer").click()
    dialog = desk.get_by_role("dialog", name="Whose contacts?")
    await dialog.get_by_role("searchbox").fill("lin wei")
    await desk.keyboard.press("Enter")
    await expect(dialog.get_by_role("list", name="Customer")).to_be_visible()
    assert await serious_faults(desk) == []
    await dialog.get_by_role("button", name=re.compile("8807")).click()
    await expect(desk.get_by_role("button", name=re.compile("Only of Lin"))).to_be_visible()
    await desk.get_by_role("textbox", name="From").fill("2020-01-01")
    await desk.get_by_role("button", name="Search").click()
    await expect(rows.first).to_contain_text("Lin")
    texts = await rows.all_inner_texts()
    assert texts
    assert all("Lin" in text for text in texts)
    assert pages.uncaught == []
