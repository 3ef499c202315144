"""Many hands at once and hands of others: one wins, and nobody reaches another's contact."""

import asyncio
from contextlib import AsyncExitStack

from tests.support.chat_client import page_of
from tests.support.desk_client import DeskClient, desk_of
from tests.support.hub_server import HubServer

TABS = 5
ACCEPTS = 50


async def test_fifty_parallel_accepts_of_one_offer_have_one_winner(demo_bank: HubServer) -> None:
    async with AsyncExitStack() as tabs:
        first = await tabs.enter_async_context(desk_of(demo_bank, "ben"))
        others = [
            await tabs.enter_async_context(
                desk_of(demo_bank, "ben", available=False, held=first.held)
            )
            for _ in range(TABS - 1)
        ]
        page = await tabs.enter_async_context(page_of(demo_bank))
        await page.hello()
        await page.ask_for_a_person()
        offer = await first.offer()
        desks: list[DeskClient] = [first, *others]
        answers = await asyncio.gather(
            *(
                desks[n % TABS].do("accept", reservation_id=offer["reservation_id"])
                for n in range(ACCEPTS)
            )
        )
        won = [answer for answer in answers if answer["ok"]]
        assert len(won) == 1
        assert {answer["code"] for answer in answers if not answer["ok"]} == {"offer_gone"}
        for desk in desks:  # every tab shows the same one contact
            await desk.until(lambda s: s["contacts"].get(offer["contact_id"]))
            assert list(desk.state["contacts"]) == [offer["contact_id"]]
            assert not desk.state["offers"]
