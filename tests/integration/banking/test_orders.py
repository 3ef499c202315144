"""Orders through the hub on every kind of store: asked, approved, carried out once, told."""

import asyncio
import dataclasses
import random

import pytest

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.domain.events import BankOrderAsked
from hub.journey import transfer
from hub.journey.banking import approve, ask
from hub.journey.banking.orders import SELF_SERVICE
from hub.security import audit
from hub.store.outbox import retry_effect
from hub.store.rows import change, find
from hub.store.tables import Account, Card, Effect
from hub.store.unit import Unit
from tests.integration.banking.bank import CARD, CREDIT, EVERYDAY, Bank, ScriptedCore
from tests.support.world import World


async def opened(world: World, *script: str, **more: str) -> Bank:
    bank = Bank(world, ScriptedCore(*script))
    await bank.open(**more)
    return bank


async def block(bank: Bank, key: str = "page-key-1", by: str = "amara") -> ask.Asked:
    return await ask.block_card(
        bank.hub, by, contact_id=bank.contact_id, key=key, card_id=CARD, reason="lost"
    )


async def limit(bank: Bank, amount: str, key: str = "page-key-2") -> ask.Asked:
    return await ask.change_limit(
        bank.hub, "amara", contact_id=bank.contact_id, key=key, account_id=EVERYDAY, amount=amount
    )


async def test_a_card_is_blocked_and_the_customer_told(world: World) -> None:
    bank = await opened(world)
    asked = await block(bank)
    assert asked.state == "queued"
    await bank.act()
    assert await bank.states() == ["applied"]
    assert await bank.story() == ["Asked", "Sent", "Applied"]
    rows = await bank.hub.reader.rows(find(Card, "state", id=CARD))
    assert rows == [("blocked",)]
    [told] = await bank.receipts()
    assert "ending in 4417 is blocked" in told.body["text"]
    assert told.audience == "everyone"
    actions = [
        row[4]
        for row in await bank.hub.reader.rows(
            audit.entries_of_node(of_node="node-1", after_n=0, most=50)
        )
    ]
    assert [one for one in actions if "order" in str(one)] == [
        "bank_order_asked", "bank_order_applied",
    ]  # fmt: skip


async def test_the_receipt_is_in_the_customers_language(world: World) -> None:
    bank = await opened(world, language="zh")
    await block(bank)
    await bank.act()
    [told] = await bank.receipts()
    assert "尾号 4417 的银行卡已锁定" in told.body["text"]


async def test_the_same_key_is_one_order(world: World) -> None:
    bank = await opened(world)
    first, second = await asyncio.gather(block(bank), block(bank))
    assert first.order_id == second.order_id
    await bank.act()
    assert (await block(bank)).state == "applied"
    assert len(await bank.orders()) == 1
    with pytest.raises(Refused, match="key_used"):
        await limit(bank, "30000", key="page-key-1")


async def test_a_second_order_for_the_same_card_waits_for_the_first(world: World) -> None:
    bank = await opened(world)
    results = await asyncio.gather(
        *(block(bank, key=f"page-key-{n}") for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, ask.Asked) for one in results) == 1
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 4
    assert {one.code for one in refused} <= {"order_running", "conflict"}
    await bank.act()
    with pytest.raises(Refused, match="card_blocked"):
        await block(bank, key="page-key-late")


@pytest.mark.parametrize(
    "script",
    [
        ("away", "away", "fine"),
        ("dropped", "fine"),
        ("dropped", "away", "away", "fine"),
        ("lost", "fine", "fine"),
        ("lost", "away", "fine", "dropped", "fine"),
    ],
)
async def test_whatever_goes_wrong_it_is_applied_and_told_once(
    world: World, script: tuple[str, ...]
) -> None:
    bank = await opened(world, *script)
    asked = await block(bank)
    await bank.act(times=8)
    assert isinstance(bank.core, ScriptedCore)
    assert bank.core.applied == [asked.order_id]
    assert await bank.states() == ["applied"]
    assert (await bank.story()).count("Applied") == 1
    assert len(await bank.receipts()) == 1
    assert bank.lost >= 1


async def test_any_sequence_of_faults_applies_it_once(world: World) -> None:
    bank = await opened(world)
    core, dice = bank.core, random.Random(7)
    assert isinstance(core, ScriptedCore)
    for n in range(12):
        core.script = [dice.choice(("away", "lost", "dropped", "fine")) for _ in range(6)]
        await ask.ask_address_change(
            bank.hub, "amara", contact_id=bank.contact_id, key=f"address-{n}",
            address=f"{n} Lake Road, Shanghai",
        )  # fmt: skip
        await bank.act(times=10)
        core.script = []
        await bank.act()
    assert await bank.states() == ["applied"] * 12
    assert sorted(core.applied) == sorted(row[0] for row in await bank.orders())
    assert len(await bank.receipts()) == 12


async def test_a_crash_after_settling_changes_nothing_the_second_time(world: World) -> None:
    bank = await opened(world)
    asked = await block(bank)
    await bank.act()

    def again() -> Unit[None]:
        # As a node leaves it that died before it could write the effect down as done.
        yield change(Effect, asked.order_id, state="pending", payload_sealed=b"")

    await bank.hub.journal.run(again())
    await bank.act()
    assert len(await bank.receipts()) == 1
    assert (await bank.story()).count("Applied") == 1


async def test_the_banks_refusal_is_told_without_its_reason(world: World) -> None:
    bank = await opened(world)
    assert isinstance(bank.core, ScriptedCore)
    bank.core.refuses = "fraud_hold"
    await block(bank)
    await bank.act()
    [order] = await bank.orders()
    assert order[2:4] == ("refused", "fraud_hold")
    [told] = await bank.receipts()
    assert "could not do" in told.body["text"]
    assert "fraud" not in told.body["text"]


async def test_a_core_that_stays_away_fails_in_the_end_and_can_be_retried(world: World) -> None:
    bank = await opened(world, *["away"] * 400)
    asked = await block(bank)
    await bank.act(times=310)
    assert await bank.states() == ["failed"]
    assert (await bank.story())[-1] == "Failed"
    assert isinstance(bank.core, ScriptedCore)
    bank.core.script = []

    def retry() -> Unit[None]:
        yield retry_effect(asked.order_id, due_at=bank.hub.clock.now())

    await bank.hub.journal.run(retry())
    await bank.act()
    assert await bank.states() == ["applied"]
    assert len(await bank.receipts()) == 1


# -- who may -----------------------------------------------------------------------------------


async def test_each_kind_needs_its_identity_level(world: World) -> None:
    bank = await opened(world)
    await bank.set_level(1)
    await block(bank)
    for call in (
        ask.replace_card(
            bank.hub, "amara", contact_id=bank.contact_id, key="key-repl", card_id=CARD,
            reason="lost",
        ),
        limit(bank, "100"),
        ask.ask_address_change(
            bank.hub, "amara", contact_id=bank.contact_id, key="key-addr", address="1 Lake Road"
        ),
    ):  # fmt: skip
        with pytest.raises(Forbidden, match="identity_level"):
            await call


async def test_only_who_serves_the_customer_may_order(world: World) -> None:
    bank = await opened(world)
    await world.add_agent("chen")
    with pytest.raises(Forbidden):
        await block(bank, by="chen")
    with pytest.raises(Refused, match="contact_moved_on"):
        await block(bank, by=SELF_SERVICE)
    await transfer.transfer(
        bank.hub, "amara", contact_id=bank.contact_id, queue_id="payments", agent_to=None, note=""
    )
    with pytest.raises((Forbidden, Refused)):
        await block(bank)


async def test_nothing_of_another_customer_can_be_touched(world: World) -> None:
    bank = await opened(world)
    with pytest.raises(NotFound):
        await ask.block_card(
            bank.hub, "amara", contact_id=bank.contact_id, key="key-other", card_id="crd_other",
            reason="lost",
        )  # fmt: skip


@pytest.mark.parametrize(
    "amount", ["", "abc", "NaN", "-1", "1e3x", "10.001", "Infinity", "1000001"]
)
async def test_a_bad_amount_is_refused(world: World, amount: str) -> None:
    bank = await opened(world)
    with pytest.raises(Invalid, match="bad_amount"):
        await limit(bank, amount)


async def test_a_limit_that_is_none_or_the_same_is_refused(world: World) -> None:
    bank = await opened(world)
    with pytest.raises(Refused, match="same_limit"):
        await limit(bank, "20000")
    with pytest.raises(Refused, match="no_limit"):
        await ask.change_limit(
            bank.hub, "amara", contact_id=bank.contact_id, key="key-cred", account_id=CREDIT,
            amount="5",
        )  # fmt: skip


# -- the second person -------------------------------------------------------------------------


async def test_above_the_limit_a_second_person_decides(world: World) -> None:
    bank = await opened(world)
    asked = await limit(bank, "80000")
    assert asked.state == "awaiting_approval"
    await bank.act()
    assert await bank.story() == ["Asked"]
    with pytest.raises(Forbidden, match="own_order"):
        await approve.approve_order(bank.hub, "amara", order_id=asked.order_id)
    shown = await approve.order_to_decide(bank.hub, "rosa", order_id=asked.order_id)
    assert (shown["told"]["amount"], shown["told"]["amount_before"]) == ("80000.00", "20000.00")
    await approve.approve_order(bank.hub, "rosa", order_id=asked.order_id)
    await bank.act()
    assert await bank.story() == ["Asked", "Approved", "Sent", "Applied"]
    [told] = await bank.receipts()
    assert "CNY 80,000.00" in told.body["text"]


async def test_a_refusal_by_the_second_person_is_final_and_told(world: World) -> None:
    bank = await opened(world)
    asked = await limit(bank, "80000")
    with pytest.raises(Invalid, match="reason_needed"):
        await approve.refuse_order(bank.hub, "rosa", order_id=asked.order_id, reason=" ")
    await approve.refuse_order(bank.hub, "rosa", order_id=asked.order_id, reason="No income proof")
    with pytest.raises(Refused, match="order_decided"):
        await approve.approve_order(bank.hub, "rosa", order_id=asked.order_id)
    await bank.act()
    [order] = await bank.orders()
    assert order[2:] == ("refused", "No income proof", "rosa")
    [told] = await bank.receipts()
    assert "income" not in told.body["text"]


async def test_of_parallel_decisions_one_wins(world: World) -> None:
    bank = await opened(world)
    asked = await limit(bank, "80000")
    deciding = [
        *(
            approve.approve_order(bank.hub, f"super-{n}", order_id=asked.order_id)
            for n in range(4)
        ),
        *(
            approve.refuse_order(
                bank.hub, f"super-{n}", order_id=asked.order_id, reason="not today"
            )
            for n in range(4, 8)
        ),
    ]  # fmt: skip
    results = await asyncio.gather(*deciding, return_exceptions=True)
    assert results.count(None) == 1
    others = [one for one in results if one is not None]
    assert all(isinstance(one, Refused) for one in others)
    await bank.act()
    assert len(await bank.receipts()) == 1
    decisions = [one for one in await bank.story() if one in ("Approved", "Refused")]
    assert len(decisions) == 1


async def test_no_core_no_orders(world: World) -> None:
    bank = await opened(world)
    bank.world.hub = dataclasses.replace(bank.hub, core=None)
    with pytest.raises(Refused, match="no_core"):
        await block(bank)


async def test_what_an_order_says_is_sealed(world: World) -> None:
    bank = await opened(world)
    await ask.ask_address_change(
        bank.hub, "amara", contact_id=bank.contact_id, key="key-addr", address="7 Secret Street"
    )
    told = [one for one in await world.events() if isinstance(one, BankOrderAsked)]
    assert "Secret" not in repr(told)
    rows = await bank.hub.reader.rows(find(Account, "detail_sealed", id=EVERYDAY))
    assert b"6600" not in rows[0][0]
