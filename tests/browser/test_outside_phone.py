"""An agent away from the desk's headset: her own telephone rings, is taken by a key, and the number
that calls is kept with the record of who is proved and agrees.

The telephones are those of the carrier's page, which speaks Twilio to the hub.
"""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, expect

from config.demo.robots.agent import sign_in as pass_of
from tests.browser.test_record import Talk
from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.http_client import call
from tests.support.hub_server import HubServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]
CALLER, MINE = "+8613911110001", "+8613800135512"


async def approve_the_number(hub: HubServer) -> None:
    """An administrator lets the agent take calls there."""
    held = await asyncio.to_thread(pass_of, hub.origin, "ines")
    numbers = {"outside_phones": [MINE]}
    path = "/api/users/usr_demo_amara"
    reply = await asyncio.to_thread(call, hub, "POST", path, data=numbers, held=held)
    assert reply.status == 200, reply.body


def line_of(carrier: Page, number: str) -> Locator:
    """One telephone of the carrier's page."""
    return carrier.locator("#calls article").filter(has_text=number)


async def press(phone: Locator, keys: str) -> None:
    for key in keys:
        await phone.get_by_role("button", name=key, exact=True).click()


async def test_a_call_is_taken_away_from_the_desk_and_its_number_kept(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    await approve_the_number(hub_server)
    talk = Talk(hub_server, pages)
    talk.desk = desk = await sign_in(hub_server, pages, await pages.person(), "amara")
    await desk.get_by_role("button", name=re.compile("^Phone")).click()
    await desk.get_by_role("menuitemradio", name=re.compile("5512")).click()
    await expect(desk.get_by_role("button", name=re.compile("Calls ring at"))).to_be_visible()
    await be_available(desk, EN)
    assert await serious_faults(desk) == []

    carrier = await pages.open(f"{hub_server.origin}/carrier?lang=en")
    await carrier.locator("input[name=from]").fill(CALLER)
    await carrier.get_by_role("button", name="Call", exact=True).click()
    caller = line_of(carrier, CALLER)
    await expect(caller).to_contain_text("For English, press 1")
    await press(caller, "1")
    await expect(caller).to_contain_text("lost or stolen card")
    await press(caller, "0")
    await expect(desk.get_by_role("alertdialog")).to_be_visible()
    await desk.keyboard.press("Alt+KeyA")
    mine = line_of(carrier, MINE)
    await mine.get_by_role("button", name="Answer").click()
    await expect(mine).to_contain_text("press 1")
    await press(mine, "1")
    await expect(caller).to_contain_text("talks")
    await expect(mine).to_contain_text("talks")

    await talk.link_to_lin_wei()
    await prove(talk)
    await keep_the_number(desk)


async def prove(talk: Talk) -> None:
    """The code goes to the phone of the record; the customer reads it out."""
    await talk.desk.keyboard.press("Alt+KeyI")
    await talk.record.get_by_role("button", name="Send code").click()
    phone = await talk.pages.open(f"{talk.hub.origin}/demo/outbox?lang=en")
    text = phone.get_by_text("is your one-time code")
    await expect(text).to_be_visible()
    code = re.findall(r"\b\d{6}\b", await text.inner_text())[0]
    await phone.close()
    await talk.record.get_by_role("textbox", name=re.compile("[Cc]ode")).fill(code)
    await talk.desk.keyboard.press("Enter")
    await expect(talk.record).to_contain_text("Identity verified, level 2")


async def keep_the_number(desk: Page) -> None:
    more = desk.get_by_role("button", name="More actions").first
    await more.click()
    await desk.get_by_role("menuitem", name="Keep this number with the record").click()
    dialog = desk.get_by_role("dialog", name="Keep this number with the record")
    assert await serious_faults(desk) == []
    await dialog.get_by_text("The customer agrees").click()
    await dialog.get_by_role("button", name="Keep the number").click()
    await expect(dialog).to_have_count(0)
    await more.click()
    await expect(
        desk.get_by_role("menuitem", name=re.compile("Take .* off|[Rr]emove"))
    ).to_be_visible()
