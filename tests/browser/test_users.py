"""An empty bank in the browser: the first administrator adds people, who make the place theirs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from hub.security.second_factor import STEP_SECONDS, code_at
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HUB, ROOT, HubServer

PASSWORD = "a first password"
SHEET = "login,name,roles,skills,queues\nlena.k,,,cards:5,cards\nbo.li,Bo Li,agent,,messages\n"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[HubServer]:
    """A bank that `hub init` began."""
    server = HubServer(tmp_path, command="serve")
    given = {"HUB_DATA_DIR": str(server.data), "HUB_INIT_PASSWORD": PASSWORD}
    subprocess.run(
        [sys.executable, "-c", HUB, "init", "--login", "ada"], check=True, cwd=ROOT,
        env={**os.environ, **given, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    server.start()
    yield server
    server.stop()


async def sign_in(page: Page, login: str, password: str) -> None:
    await page.locator("input[name=login]").fill(login)
    await page.locator("input[name=password]").fill(password)
    await page.keyboard.press("Enter")


async def test_people_are_added_and_come_in(bank: HubServer, pages: Pages) -> None:
    page = await pages.open(f"{bank.origin}/console/users")
    await sign_in(page, "ada", PASSWORD)
    password = await _added(page)
    await _brought_in(page)
    row = page.get_by_role("row").filter(has_text="lena.k")
    await expect(row).to_contain_text("Cards 5")
    assert await serious_faults(page) == []

    lena = await pages.open(f"{bank.origin}/sign-in", person=await pages.person(language="zh-CN"))
    await sign_in(lena, "lena.k", password)
    await expect(lena.get_by_role("heading", name="设置密码")).to_be_visible()
    await lena.goto(f"{bank.origin}/console")
    await expect(lena.get_by_role("heading", name="设置密码")).to_be_visible()
    await lena.get_by_label("管理员给的密码").fill(password)
    await lena.get_by_label("新密码").fill("my own password")
    await lena.keyboard.press("Enter")
    await lena.wait_for_url("**/console")


async def test_an_authenticator_is_set_up_and_asked_for(bank: HubServer, pages: Pages) -> None:
    page = await pages.open(f"{bank.origin}/console/account")
    await sign_in(page, "ada", PASSWORD)
    await page.wait_for_url("**/console/users")
    await page.goto(f"{bank.origin}/console/account")
    await page.get_by_role("button", name="Set up an authenticator").click()
    secret = (await page.locator("code").inner_text()).replace(" ", "")
    await page.get_by_label("Code", exact=True).fill(_code(secret))
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_label("Recovery codes")).to_be_visible()
    codes = await page.get_by_label("Recovery codes").get_by_role("listitem").all_inner_texts()
    await page.get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_text("In force")).to_be_visible()
    assert await serious_faults(page) == []
    await _mailbox_connected(page, bank.origin)

    other = await pages.open(f"{bank.origin}/sign-in", person=await pages.person(colours="dark"))
    await sign_in(other, "ada", PASSWORD)
    await other.get_by_label("Code", exact=True).fill("000000")
    await other.keyboard.press("Enter")
    await expect(other.get_by_text("That code was not right")).to_be_visible()
    assert await serious_faults(other) == []
    await other.get_by_label("Code", exact=True).fill(codes[0])
    await other.keyboard.press("Enter")
    await other.wait_for_url("**/console/users")


async def _added(page: Page) -> str:
    await page.get_by_role("button", name="Add a user").click()
    await page.get_by_role("textbox", name="Login").last.fill("lena.k")
    await page.get_by_label("Name in Latin letters").fill("Lena Kim")
    await page.get_by_role("dialog").get_by_role("button", name="Add a user").click()
    password = await page.locator("output").inner_text()
    await page.get_by_role("button", name="I have passed it on").click()
    return password


async def _brought_in(page: Page) -> None:
    await page.get_by_role("button", name="Import users").click()
    await page.locator("input[type=file]").set_input_files(
        {"name": "users.csv", "mimeType": "text/csv", "buffer": SHEET.encode("gb18030")}
    )
    await expect(page.get_by_text("It would add 1, change 1")).to_be_visible()
    await page.get_by_role("button", name="Bring them in").click()
    await expect(page.get_by_text("Added 1, changed 1")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Close").last.click()


async def _mailbox_connected(page: Page, origin: str) -> None:
    """A bank without mailboxes gets one by the page, sees that it fails, and removes it."""
    await page.goto(f"{origin}/console/accounts")
    await expect(page.get_by_text("No mailbox or number yet")).to_be_visible()
    assert await serious_faults(page) == []
    await page.get_by_role("button", name="Connect a mailbox").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox", name="Address").fill("service@bank.example")
    await form.get_by_label("Read a mailbox on a server").uncheck()
    await form.get_by_role("textbox", name="Server").fill("127.0.0.1")
    await form.get_by_role("textbox", name="Port").fill("9")
    await form.get_by_role("combobox", name="Encryption").select_option("none")
    assert await serious_faults(page) == []
    await form.get_by_role("button", name="Connect", exact=True).click()
    card = page.get_by_role("region", name="service@bank.example")
    await expect(card).to_be_visible()
    await card.get_by_role("button", name="Check now").click()
    await expect(card.get_by_role("status")).to_contain_text("The server does not answer")
    await expect(card.get_by_text("Failing")).to_be_visible()
    await card.get_by_role("button", name="Pause").click()
    await expect(card.get_by_text("nothing is lost")).to_be_visible()
    assert await serious_faults(page) == []
    await card.get_by_role("button", name="More for service@bank.example").click()
    await page.get_by_role("menuitem", name="Remove").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("No mailbox or number yet")).to_be_visible()


def _code(secret: str) -> str:
    return code_at(secret, int(time.time() // STEP_SECONDS))
