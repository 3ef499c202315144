"""Our copy of the core's records: fresh when it answers, marked when it does not."""

import json
from typing import Any

import pytest

from hub.domain.banking import CoreAccount, CoreCard, CoreChange, CorePayment, CoreRecord
from hub.domain.events import CustomerRecordChanged, Logged
from hub.journey.banking import ask
from hub.journey.banking.refresh import refresh
from hub.journey.banking.sync import LOOK_AGAIN_SECONDS, RecordKeeper
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import Account, Card, CoreSync, Payment, Receipt
from tests.integration.banking.bank import (
    CARD,
    CREDIT,
    CUSTOMER,
    EVERYDAY,
    SAVINGS,
    Bank,
    ScriptedCore,
)
from tests.support.core_bank import LIN_WEI
from tests.support.waiting import in_background, until
from tests.support.world import World

AGENT = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))


def account(key: str, balance: str, kind: str = "current") -> CoreAccount:
    return CoreAccount(
        id=key, kind=kind, currency="CNY", number="6600418807118810", balance=balance,
        name={"en": "Account", "zh": "账户"}, limit="20000.00",
    )  # fmt: skip


def card(state: str) -> CoreCard:
    return CoreCard(
        id=CARD, account_id=EVERYDAY, kind="debit", last_four="4417", state=state, expires="2029-08"
    )


def payment(key: str, at: float) -> CorePayment:
    return CorePayment(
        id=key, account_id=EVERYDAY, at=at, merchant="Luma", amount="-3.50", currency="CNY"
    )


def record(version: int, *, state: str = "active", balance: str = "10.00") -> CoreRecord:
    return CoreRecord(
        number=LIN_WEI, version=version,
        accounts=tuple(account(key, balance) for key in (EVERYDAY, SAVINGS, CREDIT)),
        cards=(card(state),), payments=(payment("pay_1", 1_799_999_000.0),),
    )  # fmt: skip


async def opened(world: World) -> tuple[Bank, ScriptedCore]:
    core = ScriptedCore()
    core.record = record(3)
    bank = Bank(world, core)
    await bank.open()
    return bank, core


async def balances(bank: Bank) -> set[str]:
    rows = await bank.hub.reader.rows(find(Account, "id", "detail_sealed", customer_id=CUSTOMER))
    return {
        json.loads(bank.hub.vault.open(sealed, "account", "detail", key))["balance"]
        for key, sealed in rows
    }


async def sync_row(bank: Bank) -> tuple[Any, ...]:
    rows = await bank.hub.reader.rows(
        find(CoreSync, "version", "fresh_at", "stale_since", customer_id=CUSTOMER)
    )
    return tuple(rows[0]) if rows else ()


def _is_change(logged: Logged) -> bool:
    return isinstance(logged.event, CustomerRecordChanged)


async def told(world: World) -> list[CustomerRecordChanged]:
    return [one for one in await world.events() if isinstance(one, CustomerRecordChanged)]


async def test_what_the_core_has_replaces_our_copy(world: World) -> None:
    bank, core = await opened(world)
    assert await refresh(bank.hub, core, CUSTOMER, force=True)
    await bank.hub.journal.caught_up()
    assert await balances(bank) == {"10.00"}
    rows = await bank.hub.reader.rows(find(Card, "id", "state", customer_id=CUSTOMER))
    assert rows == [(CARD, "active")]
    assert await sync_row(bank) == (3, world.clock.now(), None)
    [event] = await told(world)
    assert event.contact_ids == (bank.contact_id,)
    assert event.payment_ids == ("pay_1",)


async def test_an_unchanged_record_writes_no_row_and_tells_nobody(world: World) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    before = await bank.hub.reader.rows(find(Account, "id", "detail_sealed", customer_id=CUSTOMER))
    await world.clock.advance(100)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    await bank.hub.journal.caught_up()
    after = await bank.hub.reader.rows(find(Account, "id", "detail_sealed", customer_id=CUSTOMER))
    assert sorted(before) == sorted(after)
    assert len(await told(world)) == 1
    rows = await bank.hub.reader.rows(find(Payment, "id", customer_id=CUSTOMER))
    assert len(rows) == 1


async def test_an_answer_that_was_overtaken_is_dropped(world: World) -> None:
    bank, core = await opened(world)
    core.record = record(5, balance="50.00")
    await refresh(bank.hub, core, CUSTOMER, force=True)
    core.record = record(4, balance="40.00")
    await refresh(bank.hub, core, CUSTOMER, force=True)
    assert await balances(bank) == {"50.00"}


async def test_a_fresh_record_is_not_read_again_unless_it_must(world: World) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    core.record = record(4, balance="40.00")
    await refresh(bank.hub, core, CUSTOMER, force=False)
    assert await balances(bank) == {"10.00"}
    await world.clock.advance(bank.hub.banking.fresh_seconds + 1)
    await refresh(bank.hub, core, CUSTOMER, force=False)
    assert await balances(bank) == {"40.00"}


async def test_a_core_that_is_away_marks_the_record_once_and_its_return_clears_it(
    world: World,
) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    fresh_at = world.clock.now()
    await world.clock.advance(60)
    core.script = ["away", "away"]
    assert not await refresh(bank.hub, core, CUSTOMER, force=True)
    stale_since = world.clock.now()
    await world.clock.advance(60)
    assert not await refresh(bank.hub, core, CUSTOMER, force=True)
    assert await sync_row(bank) == (3, fresh_at, stale_since)
    await refresh(bank.hub, core, CUSTOMER, force=False)
    await bank.hub.journal.caught_up()
    assert await sync_row(bank) == (3, world.clock.now(), None)
    assert [one.cause for one in await told(world)] == ["refreshed", "stale", "refreshed"]


async def test_a_word_that_a_dead_node_took_is_read_by_another(world: World) -> None:
    bank, core = await opened(world)
    dead, living = RecordKeeper(bank.hub, core), RecordKeeper(bank.hub, core)
    assert await refresh(bank.hub, core, CUSTOMER, force=True)
    async with in_background(living.run()):
        await world.settle()
        core.record = record(4, balance="11.00")
        word = CoreChange(id="word-9", number=LIN_WEI, version=4)
        await dead.take_change(word)
        await world.settle()
        assert (await sync_row(bank))[0] == 3, "only the other node knows"
        before = len(await told(world))
        await world.clock.advance(LOOK_AGAIN_SECONDS + 1)
        await until(lambda: sum(map(_is_change, world.log)) > before)
    assert (await sync_row(bank))[0] == 4
    await living.take_change(word)
    assert len(await bank.hub.reader.rows(find(Receipt, "key", scope="core_change"))) == 1


async def test_the_same_word_of_the_core_twice_is_one(world: World) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    core.record = record(4, state="blocked")
    change = CoreChange(id="word-1", number=LIN_WEI, version=4)
    async with in_background(bank.keeper.run()):
        for _ in range(3):
            await bank.keeper.take_change(change)
        await world.clock.settle()
        await _until_version(bank, 4)
    assert await bank.hub.reader.rows(find(Receipt, "key", scope="core_change")) == [("word-1",)]
    assert len(await told(world)) == 2


async def test_a_word_about_nobody_of_ours_is_no_error(world: World) -> None:
    bank, _ = await opened(world)
    await bank.keeper.take_change(CoreChange(id="word-9", number="999", version=1))
    assert await bank.hub.reader.rows(find(Receipt, "key", scope="core_change")) == []


async def test_a_word_that_came_before_a_crash_is_acted_on_after_it(world: World) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    core.record = record(4, balance="40.00")
    await bank.keeper.take_change(CoreChange(id="word-1", number=LIN_WEI, version=4))
    # The node that took it dies here; another one begins.
    other = Bank(world, core)
    async with in_background(other.keeper.run()):
        await _until_version(bank, 4)
    assert await balances(bank) == {"40.00"}


async def test_waiting_orders_are_hurried_when_the_core_is_back(world: World) -> None:
    bank, core = await opened(world)
    core.script = ["away"] * 6
    await ask.block_card(
        bank.hub, "amara", contact_id=bank.contact_id, key="page-key", card_id=CARD, reason="lost"
    )
    for _ in range(6):
        await bank.runner.act_due()
        await world.clock.advance(300)
    assert core.script == []
    core.script = ["away", "fine"]
    await bank.runner.act_due()  # the last one pushes it far into the future
    assert await bank.states() == ["queued"]
    bank.keeper.lost()
    async with in_background(bank.keeper.run()):
        await until(lambda: core.script == [])
        await world.clock.settle()
        await _acted(bank)
    assert await bank.states() == ["applied"]


async def test_while_the_core_is_away_every_record_on_a_screen_is_marked(world: World) -> None:
    bank, core = await opened(world)
    await refresh(bank.hub, core, CUSTOMER, force=True)
    fresh_at = world.clock.now()
    core.script = ["away"] * 100
    await world.clock.advance(60)
    async with in_background(bank.keeper.run()):
        bank.keeper.lost()
        await until_stale(bank)
    assert await sync_row(bank) == (3, fresh_at, world.clock.now())
    pop = await screen_pop(bank.hub, bank.contact_id, AGENT)
    assert pop["core"] == {"as_of": fresh_at, "stale_since": world.clock.now()}
    assert [card["number"]["value"] for card in pop["cards"]] == ["•••• 4417"]


async def test_who_comes_while_the_core_is_away_is_marked_at_once(world: World) -> None:
    bank, core = await opened(world)
    core.script = ["away"] * 100
    async with in_background(bank.keeper.run()):
        bank.keeper.want(CUSTOMER)
        await until_stale(bank)
        assert (await sync_row(bank))[1] is None


async def test_the_customer_who_comes_is_read(world: World) -> None:
    bank, core = await opened(world)
    async with in_background(bank.keeper.run()):
        bank.keeper.follow(world.log)
        await _until_version(bank, 3)
    assert core.script == []
    assert await balances(bank) == {"10.00"}


async def _until_version(bank: Bank, version: int) -> None:
    async def has_it() -> bool:
        row = await sync_row(bank)
        return bool(row) and row[0] == version and row[2] is None

    for _ in range(2_000):
        if await has_it():
            return
        await bank.world.clock.settle()
    pytest.fail("the record was not read")


async def until_stale(bank: Bank) -> None:
    for _ in range(2_000):
        row = await sync_row(bank)
        if row and row[2] is not None:
            return
        await bank.world.clock.settle()
    pytest.fail("the record was not marked")


async def _acted(bank: Bank) -> None:
    for _ in range(2_000):
        if await bank.runner.act_due():
            return
        await bank.world.clock.settle()
    pytest.fail("nothing became due")
