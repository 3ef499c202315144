"""What bot and IVR may do for a customer: proved first, truthful always, locked after misses."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from typing import Any

import pytest_asyncio

from config.demo import known
from config.demo.rows import Rows
from hub.domain.branches import Branch
from hub.domain.states import IdentityLevel
from hub.domain.work import CaseKind
from hub.journey.context import Hub
from hub.journey.errands.answer import Answer
from hub.journey.errands.run import run_errand
from hub.journey.errands.table import ERRANDS
from hub.journey.self_serve import Front
from hub.store.rows import change, find, put
from hub.store.tables import BankOrder, Case, Contact, Customer, CustomerNumber, Task
from hub.store.unit import Unit
from tests.integration.banking.bank import CARD, CUSTOMER, ScriptedCore
from tests.support.core_bank import LIN_WEI
from tests.support.units import write
from tests.support.world import World

NUMBER = "+8613800418807"
PIN, BORN = LIN_WEI[-6:], "19880517"


class Caller:
    """Somebody who talks to self-service from a number."""

    def __init__(self, world: World, front: Front) -> None:
        self.world, self.front = world, front

    async def asks(self, command: str, **arguments: str) -> Answer:
        return await run_errand(self.world.hub, self.front, command, arguments)

    async def row(self, *columns: str) -> tuple[Any, ...]:
        rows = await self.world.hub.reader.rows(find(Contact, *columns, id=self.front.contact_id))
        return tuple(rows[0])


def _record(hub: Hub, *, with_twin: bool) -> Unit[None]:
    rows = Rows(hub.vault, hub.lookup)
    one = known.known_customers(hub.clock.now())[0]
    people = [one.person]
    if with_twin:
        people.append(replace(one.person, number="20418899", birth_date="1990-01-02"))
    for person in people:
        yield rows.person(replace(person, phone=NUMBER, birth_date=person.birth_date), 0.0)
        yield rows.pin(person, 0.0)
    for account in one.accounts:
        yield rows.account(one.person, account)
    for card in one.cards:
        yield rows.card(one.person, card)
    for payment in one.payments:
        yield rows.payment(one.person, payment)


async def call(world: World, *, number: str = NUMBER, with_twin: bool = False) -> Caller:
    hub = world.hub
    await hub.journal.run(lambda: _record(hub, with_twin=with_twin))
    world.hub = replace(hub, core=ScriptedCore())
    posted = await world.customer_says("hello", visitor=number)
    assert posted.contact_id is not None
    return Caller(world, Front(posted.contact_id, "phone", "en", 0))


@pytest_asyncio.fixture
async def caller(world: World) -> AsyncIterator[Caller]:
    yield await call(world)


async def test_a_number_alone_opens_nothing(caller: Caller) -> None:
    told = await caller.asks("know_caller")
    assert (told["known"], "language" in told) == ("yes", False)
    for command in ("balance", "last_payments", "cards", "case_state"):
        told = await caller.asks(command)
        assert (told["ok"], told["code"]) == ("no", "proof_needed"), command
    assert (await caller.asks("block_card", card_id=CARD))["code"] == "proof_needed"
    assert await caller.row("customer_id", "identity_level") == (None, 0)


async def test_the_pin_proves_and_the_money_is_told(caller: Caller) -> None:
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "yes"
    row = await caller.row("customer_id", "identity_level", "identity_proof")
    assert row == (CUSTOMER, IdentityLevel.PROVED, "pin")
    told = await caller.asks("balance")
    assert "Your everyday account ending in 8810: 48,216.05" in told["text"]
    assert (await caller.asks("last_payments"))["count"] == "3"


async def test_a_birth_date_only_claims(caller: Caller) -> None:
    person = known.known_customers(0.0)[0].person
    digits = person.birth_date.replace("-", "")
    assert (await caller.asks("check_birth_date", digits=digits))["ok"] == "yes"
    assert await caller.row("identity_level", "identity_proof") == (1, "birth_date")
    assert (await caller.asks("balance"))["code"] == "proof_needed"
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "yes"
    assert (await caller.row("identity_level"))[0] == IdentityLevel.PROVED


async def test_three_misses_lock_this_way_for_a_day_in_any_call(caller: Caller) -> None:
    for left in ("2", "1"):
        told = await caller.asks("check_pin", digits="000000")
        assert (told["code"], told["tries_left"]) == ("wrong", left)
    told = await caller.asks("check_birth_date", digits="19000101")
    assert (told["code"], told["locked"]) == ("locked", "yes")
    told = await caller.asks("check_pin", digits=PIN)
    assert (told["ok"], told["locked"]) == ("no", "yes")
    await caller.world.clock.advance(caller.world.hub.settings.proof.lock_seconds + 1)
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "yes"


async def test_a_shared_number_is_decided_by_the_pin(world: World) -> None:
    caller = await call(world, with_twin=True)
    assert (await caller.asks("know_caller"))["known"] == "many"
    assert (await caller.asks("check_pin", digits="418899"))["ok"] == "yes"
    assert (await caller.row("customer_id"))[0] == "cus_demo20418899"
    assert (await caller.asks("balance"))["code"] == "none"


async def test_a_kept_number_says_whose_pin_it_is_and_opens_nothing(world: World) -> None:
    caller = await call(world, number="+8613900000001")
    assert (await caller.asks("know_caller"))["known"] == "no"
    hub = world.hub
    kept = put(
        CustomerNumber, id="num_1", customer_id=CUSTOMER, number_sealed=b"x", contact_id="con_1",
        number_key=hub.lookup.of("phone", "+8613900000001"), saved_by="amara", saved_at=0.0,
        proof="code", consent_version="1",
    )  # fmt: skip
    await hub.journal.run(write(kept))
    assert (await caller.asks("know_caller"))["known"] == "yes"
    assert (await caller.asks("balance"))["code"] == "proof_needed"
    assert await caller.row("customer_id", "identity_level") == (None, 0)
    assert (await caller.asks("check_pin", digits="000000"))["code"] == "wrong"
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "yes"
    assert (await caller.row("customer_id", "identity_level")) == (CUSTOMER, 2)


async def test_a_number_that_two_records_share_one_of_them_by_keeping_it(world: World) -> None:
    caller = await call(world, with_twin=True)
    await world.hub.journal.run(write(change(Customer, CUSTOMER, phone_key=None)))
    assert (await caller.asks("know_caller"))["known"] == "yes"
    key = world.hub.lookup.of("phone", NUMBER)
    kept = put(
        CustomerNumber, id="num_1", customer_id=CUSTOMER, number_sealed=b"x", contact_id="con_1",
        number_key=key, saved_by="amara", saved_at=0.0, proof="code", consent_version="1",
    )  # fmt: skip
    await world.hub.journal.run(write(kept))
    assert (await caller.asks("know_caller"))["known"] == "many"
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "yes"
    assert (await caller.row("customer_id"))[0] == CUSTOMER


async def test_a_withheld_number_can_prove_nothing_and_gets_no_call(world: World) -> None:
    caller = await call(world, number="withheld-1")
    assert (await caller.asks("know_caller"))["known"] == "no"
    assert (await caller.asks("check_pin", digits=PIN))["ok"] == "no"
    assert (await caller.asks("offer_callback"))["code"] == "no_number"


async def test_a_card_is_blocked_once(caller: Caller) -> None:
    await caller.asks("check_pin", digits=PIN)
    told = await caller.asks("cards")
    assert (told["count"], told["card_1_tail"]) == ("2", "4417")
    first = await caller.asks("block_card", card_id=told["card_1_id"], reason="lost")
    again = await caller.asks("block_card", card_id=told["card_1_id"], reason="lost")
    assert first["ok"] == again["ok"] == "yes"
    assert first["reference"] == again["reference"]
    assert "4417" in first["text"]
    rows = await caller.world.hub.reader.rows(find(BankOrder, "asked_by", customer_id=CUSTOMER))
    assert rows == [("self_service",)]


async def test_the_language_is_kept_and_spoken(caller: Caller) -> None:
    assert (await caller.asks("set_language", language="zh"))["language"] == "zh"
    assert (await caller.row("language"))[0] == "zh"
    caller.front = replace(caller.front, language="zh")
    assert "客服" in (await caller.asks("unheard_of"))["text"]
    assert (await caller.asks("set_language", language="xx"))["ok"] == "no"
    assert (await caller.asks("know_caller"))["language"] == "zh"


async def test_branches_and_cases_are_told(caller: Caller) -> None:
    hub = caller.world.hub
    branch = Branch(
        id="lake", name={"en": "Lake Road", "zh": "湖滨路"},
        address={"en": "16 Lake Road", "zh": ""},
        opens=time(9), closes=time(17, 30), days=frozenset({1, 2, 3, 4, 5}), slot_minutes=30,
        seats=1,
    )  # fmt: skip
    calendar = replace(hub.banking.calendar, branches={"lake": branch})
    caller.world.hub = replace(hub, banking=replace(hub.banking, calendar=calendar))
    told = (await caller.asks("branch_hours"))["text"]
    assert told == "Lake Road, 16 Lake Road: Monday to Friday, 09:00 to 17:30."
    await caller.asks("check_pin", digits=PIN)
    assert (await caller.asks("case_state"))["code"] == "none"
    kind: CaseKind = next(iter(hub.work.cases.values()))
    stage = kind.stages[0]

    def unit() -> Unit[None]:
        yield put(
            Case, id="cas_1", number="20418", customer_id=CUSTOMER, kind=kind.code,
            title='{"en": "Refund", "zh": "退款"}', stage=stage.code, opened_at=0.0, due_at=0.0,
        )  # fmt: skip

    await hub.journal.run(unit())
    told = (await caller.asks("case_state"))["text"]
    assert told.startswith(f"Your case 20418, Refund: {stage.label['en']}.")


async def test_a_callback_is_promised_once(caller: Caller) -> None:
    assert (await caller.asks("offer_callback"))["ok"] == "yes"
    assert (await caller.asks("offer_callback"))["ok"] == "yes"
    rows = await caller.world.hub.reader.rows(
        find(Task, "kind", contact_id=caller.front.contact_id)
    )
    assert rows == [("callback",)]


async def test_nothing_a_flow_may_give_it_breaks_an_errand(caller: Caller) -> None:
    strange = dict.fromkeys(("digits", "card_id", "language", "queue", "visit", "date"), "\0'𝕏")
    for command in sorted(ERRANDS):
        for words in ({}, strange):
            told = await run_errand(caller.world.hub, caller.front, command, words)
            assert told["ok"] in ("yes", "no"), command
            may_fail = command in ("set_language", "offer_callback")
            assert told.get("code") != "failed" or may_fail, command
