"""What the screen pop says of orders and of what may be asked, by level and by role."""

from typing import Any

from hub.journey.banking import approve, ask
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from tests.integration.banking.bank import CARD, EVERYDAY, Bank, ScriptedCore
from tests.support.world import World

AGENT = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
ADMINISTRATOR = Viewer(user_id="ines", roles=frozenset({Role.ADMINISTRATOR}))


async def opened(world: World) -> Bank:
    bank = Bank(world, ScriptedCore())
    await bank.open()
    return bank


async def pop(bank: Bank, viewer: Viewer = AGENT) -> dict[str, Any]:
    return await screen_pop(bank.hub, bank.contact_id, viewer)


def whys(record: dict[str, Any]) -> dict[str, str | None]:
    return {one["kind"]: one["why"] for one in record["actions"]}


async def test_each_level_opens_its_actions(world: World) -> None:
    bank = await opened(world)
    assert set(whys(await pop(bank)).values()) == {None}
    await bank.set_level(1)
    assert whys(await pop(bank)) == {
        "block_card": None,
        "replace_card": "identity_level_2",
        "change_limit": "identity_level_2",
        "change_address": "identity_level_2",
    }
    assert set(whys(await pop(bank, ADMINISTRATOR)).values()) == {"role"}


async def test_an_order_is_shown_with_all_that_became_of_it(world: World) -> None:
    bank = await opened(world)
    asked = await ask.change_limit(
        bank.hub, "amara", contact_id=bank.contact_id, key="page-key", account_id=EVERYDAY,
        amount="80000",
    )  # fmt: skip
    [line] = (await pop(bank))["orders"]
    assert (line["state"], line["subject_id"]) == ("awaiting_approval", EVERYDAY)
    assert line["told"] == {"amount": "80000.00", "amount_before": "20000.00", "currency": "CNY"}
    assert line["asked_by"] == {"en": "amara", "zh": "员工"}
    await approve.refuse_order(bank.hub, "rosa", order_id=asked.order_id, reason="No proof")
    [line] = (await pop(bank))["orders"]
    assert (line["state"], line["reason"]) == ("refused", "No proof")


async def test_orders_are_closed_to_who_may_not_see_customers(world: World) -> None:
    bank = await opened(world)
    await ask.block_card(
        bank.hub, "amara", contact_id=bank.contact_id, key="page-key", card_id=CARD, reason="lost"
    )
    await ask.ask_address_change(
        bank.hub, "amara", contact_id=bank.contact_id, key="page-addr", address="7 Lake Road"
    )
    assert len((await pop(bank))["orders"]) == 2
    assert (await pop(bank, ADMINISTRATOR))["orders"] == []
    await bank.set_level(1)
    [address] = [one for one in (await pop(bank))["orders"] if one["kind"] == "change_address"]
    assert address["address"]["value"] is None
    await bank.set_level(0)
    assert (await pop(bank))["orders"] == []


async def test_the_limit_opens_with_the_balance(world: World) -> None:
    bank = await opened(world)
    limits = [one["limit"]["value"] for one in (await pop(bank))["accounts"]]
    assert limits == ["20000.00", "5000.00", ""]
    await bank.set_level(1)
    assert {one["limit"]["shown"] for one in (await pop(bank))["accounts"]} == {"closed"}
