"""A merge joins our records; the core keeps both, and is read and told under both numbers."""

import dataclasses
from typing import Any

from hub.customers.profile import add_customer
from hub.journey.banking import ask
from hub.journey.banking.refresh import refresh
from hub.journey.context import Viewer
from hub.journey.finding.merge import merge, undo_merge
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import Account, Card, CoreSync, Payment
from tests.integration.banking.bank import CARD, CUSTOMER, EVERYDAY, Bank, ScriptedCore
from tests.integration.banking.test_sync import account, opened, payment, record
from tests.support.world import World

SUE = Viewer(user_id="sue", roles=frozenset({Role.SUPERVISOR}))
OTHER, NUMBER, WHY = "cus_other", "60099", "Same person, told at the desk"
OLD_CARD = "crd_other"
PLAIN = {"segment": "premier", "lifecycle": "active", "language": "en", "since_year": 2016}


async def merged(world: World) -> tuple[Bank, ScriptedCore, str]:
    """Lin Wei has had a second record, with an account and a card of its own."""
    bank, core = await opened(world)
    hub = bank.hub
    await hub.journal.run(
        add_customer(
            hub.vault, hub.lookup, OTHER, number=NUMBER, profile={"name": "Lin"}, created_at=0.0,
            **PLAIN,
        )
    )  # fmt: skip
    old_card = dataclasses.replace(record(1).cards[0], id=OLD_CARD, account_id="acc_other")
    long_ago = dataclasses.replace(payment("pay_9", 1_795_000_000.0), account_id="acc_other")
    core.others[NUMBER] = dataclasses.replace(
        record(1), number=NUMBER, accounts=(account("acc_other", "7.00"),), cards=(old_card,),
        payments=(long_ago,),
    )  # fmt: skip
    assert await refresh(hub, core, CUSTOMER, force=True)
    assert await refresh(hub, core, OTHER, force=True)
    merge_id = await merge(hub, SUE, kept_id=CUSTOMER, merged_id=OTHER, choices={}, reason=WHY)
    return bank, core, merge_id


async def of(bank: Bank, model: Any, customer_id: str) -> set[str]:
    rows = await bank.hub.reader.rows(find(model, "id", customer_id=customer_id))
    return {row[0] for row in rows}


async def test_nothing_of_either_record_is_lost_when_both_are_read_again(world: World) -> None:
    bank, core, _ = await merged(world)
    new = account("acc_new", "1.00")
    core.others[NUMBER] = dataclasses.replace(
        core.others[NUMBER], version=2, accounts=(*core.others[NUMBER].accounts, new)
    )
    for asked in (CUSTOMER, OTHER):
        assert await refresh(bank.hub, core, asked, force=True)
        assert {EVERYDAY, "acc_other", "acc_new"} <= await of(bank, Account, CUSTOMER)
        assert {CARD, OLD_CARD} <= await of(bank, Card, CUSTOMER)
        assert {"pay_1", "pay_9"} <= await of(bank, Payment, CUSTOMER)
        assert await of(bank, Account, OTHER) == set()
    rows = await bank.hub.reader.rows(find(CoreSync, "version", customer_id=OTHER))
    assert rows[0][0] == 2


async def test_an_order_goes_under_the_number_that_the_core_knows(world: World) -> None:
    bank, core, _ = await merged(world)
    for key, card_id in (("k1", OLD_CARD), ("k2", CARD)):
        await ask.block_card(
            bank.hub, "amara", contact_id=bank.contact_id, key=key, card_id=card_id, reason="lost"
        )
        await bank.act()
    assert core.numbers == [NUMBER, record(1).number]
    assert await bank.states() == ["applied", "applied"]


async def test_what_was_opened_in_between_goes_back_with_an_undo(world: World) -> None:
    bank, core, merge_id = await merged(world)
    core.others[NUMBER] = dataclasses.replace(
        core.others[NUMBER], version=2, accounts=(account("acc_new", "1.00"),), cards=()
    )
    assert await refresh(bank.hub, core, CUSTOMER, force=True)
    await undo_merge(bank.hub, SUE, merge_id=merge_id, reason=WHY)
    for asked in (CUSTOMER, OTHER):
        assert await refresh(bank.hub, core, asked, force=True)
    assert await of(bank, Account, OTHER) == {"acc_new"}
    assert "acc_new" not in await of(bank, Account, CUSTOMER)
