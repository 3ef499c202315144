"""Standing over the store: judged on change and at night, one row per change, and it steers."""

import dataclasses
import json
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.customers.standing import Rule, StandingRules, ValueRule, When
from hub.domain import events as e
from hub.domain.banking import CoreRecord
from hub.journey.banking.refresh import refresh
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.journey.standing.history import standing_of_contact
from hub.journey.standing.keeper import StandingKeeper
from hub.journey.standing.nightly import AT_ONCE, BEGIN, keep_judging, next_night
from hub.journey.waiting import TimerKind
from hub.security.roles import Role
from hub.store.rows import find, put
from hub.store.tables import Account, Customer, StandingChange, Timer
from hub.store.unit import Unit
from tests.integration.banking.bank import CUSTOMER, Bank, ScriptedCore
from tests.integration.banking.test_sync import record
from tests.support.waiting import in_background, until
from tests.support.world import World

WHY = {"en": "balances over 500,000", "zh": "余额超过 50 万"}
RULES = StandingRules(
    segments=(
        Rule(code="premier", why=WHY, when=When(balances_at_least=Decimal(500_000))),
        Rule(code="everyday", why={"en": "otherwise", "zh": "其他"}),
    ),
    values=(ValueRule(add=0.5, why=WHY, when=When(balances_at_least=Decimal(500_000))),),
    managers={"premier": ("amara",)},
    manager_why={"en": "looks after them", "zh": "负责"},
)
AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))


@pytest.fixture
async def bank(world: World) -> Bank:
    world.hub = dataclasses.replace(world.hub, standing=RULES)
    core = ScriptedCore()
    found = Bank(world, core)
    await found.open()
    return found


def rich(version: int, balance: str) -> CoreRecord:
    return record(version, balance=balance)


async def history(bank: Bank) -> list[tuple[Any, ...]]:
    rows = await bank.hub.reader.rows(
        find(StandingChange, "field", "before", "after", customer_id=CUSTOMER)
    )
    return sorted(tuple(row) for row in rows)


async def hear(bank: Bank, told: CoreRecord) -> None:
    """The core tells of a change, and whoever hears of it judges."""
    keeper = StandingKeeper(bank.hub)
    end = bank.hub.journal.follow(keeper.follow)
    assert isinstance(bank.core, ScriptedCore)
    bank.core.record = told
    before = (await bank.world.kinds()).count("CustomerRecordChanged")

    def changed() -> int:
        return sum(isinstance(one.event, e.CustomerRecordChanged) for one in bank.world.log)

    async with in_background(keeper.run()):
        assert await refresh(bank.hub, bank.core, CUSTOMER, force=True)
        await bank.hub.journal.caught_up()
        await until(lambda: changed() >= before + 2)
    end()


async def test_a_change_of_the_record_is_judged_and_shown_with_its_reason(bank: Bank) -> None:
    await hear(bank, rich(3, "10.00"))
    assert await history(bank) == [("segment", "premier", "everyday")]
    await bank.world.clock.advance(86_400)
    await hear(bank, rich(4, "200000.00"))
    assert ("segment", "everyday", "premier") in await history(bank)
    assert ("value", "0", "0.5") in await history(bank)
    pop = await screen_pop(bank.hub, bank.contact_id, AMARA)
    told = pop["customer"]["standing"]["segment"]
    assert told == {"since": bank.world.clock.now(), "why": WHY}
    assert pop["customer"]["manager"] == {"en": "amara", "zh": "员工"}
    changed = [one for one in await bank.world.events() if isinstance(one, e.CustomerRecordChanged)]
    assert changed[-1].cause == "standing"
    assert changed[-1].contact_ids == (bank.contact_id,)


async def test_the_history_is_dated_and_says_why(bank: Bank) -> None:
    await hear(bank, rich(3, "10.00"))
    first_at = bank.world.clock.now()
    await bank.world.clock.advance(86_400)
    await hear(bank, rich(4, "200000.00"))
    lines = await standing_of_contact(bank.hub, bank.contact_id)
    assert [one["at"] for one in lines] == [bank.world.clock.now()] * 3 + [first_at]
    told = {one["field"]: one for one in lines[:3]}
    assert told["segment"]["after"] == {"code": "premier", "name": None}
    assert told["segment"]["why"] == WHY
    assert told["manager"]["after"]["name"] == {"en": "amara", "zh": "员工"}
    assert told["value"]["after"]["code"] == "0.5"
    assert await standing_of_contact(bank.hub, "con_none") == []


async def test_the_value_counts_in_the_line(bank: Bank) -> None:
    await hear(bank, rich(3, "200000.00"))
    await bank.world.customer_says(
        "agent", visitor="visitor-2", customer_id=CUSTOMER, identity_level=2,
        proof="signed_in_page",
    )  # fmt: skip
    queued = [one for one in await bank.world.events() if isinstance(one, e.ContactQueued)]
    assert (queued[0].value, queued[-1].value) == (0.0, 0.5)
    assert queued[-1].segment == "premier"


def _crowd(bank: Bank, count: int) -> Unit[None]:
    for n in range(count):
        key = f"cus_{n:04}"
        sealed = bank.hub.vault.seal('{"name": "X"}', "customer", "profile", key)
        yield put(
            Customer, id=key, number=f"n{n}", segment="student", lifecycle="active",
            language="en", since_year=2020, profile_sealed=sealed, created_at=0.0,
        )  # fmt: skip
        detail = json.dumps({"number": "1", "balance": "5.00", "name": {}})
        yield put(
            Account, id=f"acc_{n:04}", customer_id=key, kind="current", currency="CNY",
            detail_sealed=bank.hub.vault.seal(detail, "account", "detail", f"acc_{n:04}"),
        )  # fmt: skip


async def test_the_nightly_round_judges_everybody_once_in_parts(bank: Bank) -> None:
    count = AT_ONCE + 7
    await bank.hub.journal.run(_crowd(bank, count))
    await keep_judging(bank.hub)
    await keep_judging(bank.hub)
    [(subject, due_at)] = await bank.hub.reader.rows(
        find(Timer, "subject", "due_at", kind=TimerKind.STANDING.value)
    )
    assert subject == BEGIN
    assert due_at == next_night(bank.world.clock.now(), ZoneInfo("UTC"))
    await bank.world.clock.advance(due_at - bank.world.clock.now())
    await bank.world.settle()
    rows = await bank.hub.reader.rows(find(Customer, "id", segment="everyday"))
    assert 0 < len([row for row in rows if row[0] < "cus_demo"]) < count
    await bank.world.pass_time(5)
    rows = await bank.hub.reader.rows(find(StandingChange, "customer_id", field="segment"))
    changed = [row[0] for row in rows if row[0] < "cus_demo"]
    assert sorted(changed) == [f"cus_{n:04}" for n in range(count)]
    timers = await bank.hub.reader.rows(find(Timer, "subject", kind=TimerKind.STANDING.value))
    assert [row[0] for row in timers] == [BEGIN]
