"""The network changes under a call, as when a telephone leaves a wireless network: it goes on."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.test_calls import CALLER, FIRST, VOICES, Line
from tests.support.browser import Pages
from tests.support.ears import hears
from tests.support.hub_server import HubServer
from tests.support.udp_wire import Wire
from tests.support.waiting import until

pytestmark = pytest.mark.long


class Roaming(Line):
    """A call whose people each have a network that can change."""

    def __init__(self, hub: HubServer, pages: Pages) -> None:
        super().__init__(hub, pages)
        self.wires: dict[int, Wire] = {}

    async def somebody(self, hz: int, **screen: Any) -> BrowserContext:
        person = await super().somebody(hz, **screen)
        wire = self.wires[hz] = Wire()
        await wire.lead(person)
        person.on("close", lambda _: wire.close())
        return person


@pytest.mark.timeout(240)
async def test_a_call_survives_the_change_of_either_network(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    await until(lambda: "media_connected" in hub_server.words(), seconds=60)
    line = Roaming(hub_server, pages)
    line.first = await line.come_to_work("amara", FIRST)
    await line.customer_calls()
    await line.accept(line.first)
    await line.hear({FIRST}, {CALLER})
    for wire in line.wires.values():
        wire.cut()
    await asyncio.gather(
        hears(line.caller, set(), VOICES), hears(line.first, set(), VOICES)
    )  # what was on its way has arrived: both ways are dead
    await until(lambda: all(wire.ways == 2 for wire in line.wires.values()), seconds=30)
    await line.hear({FIRST}, {CALLER})
    await expect(line.first.locator(".callbar")).to_contain_text("line good")
    await line.caller.get_by_role("button", name="End").click()
    await expect(line.caller.get_by_text("Call ended")).to_be_visible()
