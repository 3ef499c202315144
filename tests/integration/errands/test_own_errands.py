"""Limits, appointments, loan applications and cards in every state: distinct and truthful."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest_asyncio

from hub.domain.branches import Branch, Topic
from hub.domain.work import CaseKind, CaseStage
from hub.journey.banking.orders import arguments_of
from hub.journey.errands.answer import Answer
from hub.store.engine import Store
from hub.store.rows import change, find, put
from hub.store.tables import BankOrder, Card, Case, Contact, CoreSync, Customer
from hub.store.unit import Call
from tests.integration.banking.bank import CARD, CUSTOMER
from tests.integration.errands.test_errands import PIN, Caller, call
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.units import write
from tests.support.world import make_hub

HOUR_SECONDS = 3600.0


@pytest_asyncio.fixture
async def caller(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[Caller]:
    """Lin Wei, proved; one branch with one seat."""
    world = make_hub(sqlite_store, clock, new_id, tmp_path)
    branch = Branch(
        id="lake", name={"en": "Lake Road", "zh": "湖滨路"},
        address={"en": "16 Lake Road", "zh": "湖滨路16号"}, opens=time(9), closes=time(11),
        days=frozenset(range(1, 8)), slot_minutes=30, seats=1,
    )  # fmt: skip
    topics = {"loan": Topic(code="loan", name={"en": "Home loan", "zh": "住房贷款"})}
    hub = world.hub
    calendar = replace(hub.banking.calendar, branches={"lake": branch}, topics=topics)
    world.hub = replace(hub, banking=replace(hub.banking, calendar=calendar))
    caller = await call(world)
    await caller.asks("check_pin", digits=PIN)
    yield caller


def offered(told: Answer) -> list[str]:
    assert told["ok"] == "yes", told
    return [told[f"choice_{n}"] for n in range(1, int(told["count"]) + 1)]


async def store(caller: Caller, call: Call) -> None:
    await caller.world.hub.journal.run(lambda: write(call))


async def orders(caller: Caller) -> list[tuple[str, str]]:
    rows = await caller.world.hub.reader.rows(
        find(BankOrder, "kind", "state", customer_id=CUSTOMER)
    )
    return [(str(kind), str(state)) for kind, state in rows]


# -- limits --------------------------------------------------------------------------------------


async def test_limits_are_told_and_changed_after_a_sum(caller: Caller) -> None:
    told = await caller.asks("transfer_limits")
    assert "everyday account ending in 8810: up to 20,000.00 CNY a day" in told["text"]
    assert "7735" not in told["text"], "nothing is transferred from a credit card account"
    assert offered(await caller.asks("limit_accounts")) == ["8810", "2094"]
    assert offered(await caller.asks("limit_accounts", account="savings")) == ["2094"]
    wish = {"account": "8810", "amount": "30000 CNY"}
    told = await caller.asks("limit_summary", **wish)
    assert offered(told) == ["yes", "no"]
    assert "from 20,000.00 CNY to 30,000.00 CNY" in told["question"]
    first, again = [await caller.asks("change_limit", **wish) for _ in range(2)]
    assert first["reference"] == again["reference"]
    assert await orders(caller) == [("change_limit", "queued")]


async def test_a_limit_that_cannot_be_is_asked_for_again(caller: Caller) -> None:
    for amount in ("20000", "2000000", "50 USD"):
        code = "same_limit" if amount == "20000" else "bad_amount"
        told = await caller.asks("limit_summary", account="8810", amount=amount)
        assert (told["ok"], told["code"], told["again"]) == ("no", code, "amount"), amount
    told = await caller.asks("limit_summary", account="9999", amount="1")
    assert (told["code"], told["again"]) == ("which_account", "account")
    assert await orders(caller) == []


async def test_a_large_limit_waits_for_a_second_person(caller: Caller) -> None:
    wish = {"account": "8810", "amount": "60000"}
    assert "second colleague" in (await caller.asks("limit_summary", **wish))["question"]
    assert "stays as it is" in (await caller.asks("change_limit", **wish))["text"]
    assert await orders(caller) == [("change_limit", "awaiting_approval")]


# -- cards ---------------------------------------------------------------------------------------


async def test_every_state_of_a_card_has_its_own_answer(caller: Caller) -> None:
    rows = await caller.world.hub.reader.rows(find(Card, "id", customer_id=CUSTOMER))
    (first,), (second,) = sorted(rows)
    await store(caller, change(Card, second, state="frozen"))
    told = await caller.asks("cards")
    assert offered(told) == ["4417", "7735"]
    assert "frozen by you" in told["choice_2_label"]
    assert (await caller.asks("block_card", card_tail="7735"))["ok"] == "yes"
    await store(caller, change(Card, second, state="blocked"))
    assert offered(await caller.asks("cards")) == ["4417"]
    assert offered(await caller.asks("cards_to_replace")) == ["4417", "7735"]
    await store(caller, change(Card, first, state="expired"))
    assert (await caller.asks("cards"))["code"] == "card_blocked"
    await store(caller, change(Card, second, state="replaced"))
    assert (await caller.asks("cards"))["code"] == "card_expired"
    await store(caller, change(Card, first, state="replaced"))
    assert (await caller.asks("cards_to_replace"))["code"] == "card_replaced"
    assert (await caller.asks("block_card", card_tail="0000"))["code"] == "no_such_card"


async def test_while_the_core_is_away_nothing_is_claimed_to_be_done(caller: Caller) -> None:
    now = caller.world.clock.now()
    sync = put(CoreSync, customer_id=CUSTOMER, fresh_at=now - HOUR_SECONDS, stale_since=now)
    await store(caller, sync)
    assert "does not answer" in (await caller.asks("balance"))["text"]
    told = await caller.asks("block_card", card_id=CARD)
    assert "may still work" in told["text"]
    assert told["reference"]


# -- appointments --------------------------------------------------------------------------------


async def booked(caller: Caller, **wish: str) -> tuple[Answer, dict[str, str]]:
    """Book the first free time; returns the answer and what was chosen."""
    wish = {"visit": "new", "branch": "lake", "appointment_topic": "loan"} | wish
    wish |= {"date": offered(await caller.asks("visit_days", **wish))[0]}
    wish |= {"time": offered(await caller.asks("visit_times", **wish))[0]}
    summary = await caller.asks("visit_summary", **wish)
    assert "Lake Road, 16 Lake Road" in summary["question"]
    return await caller.asks("appointment", **wish), wish


async def test_an_appointment_is_booked_moved_and_cancelled(caller: Caller) -> None:
    assert offered(await caller.asks("visits")) == ["new"]
    told, wish = await booked(caller)
    name = told["reference"]
    assert await orders(caller) == [("appointment", "applied")]
    assert offered(await caller.asks("visits")) == [f"move-{name}", f"cancel-{name}", "new"]
    assert offered(await caller.asks("visits", visit="cancel")) == [f"cancel-{name}"]
    moving = {"visit": f"move-{name}", "branch": "lake", "date": wish["date"], "time": "10:30"}
    assert offered(await caller.asks("visit_topics", **moving)) == ["loan"]
    assert "move your appointment" in (await caller.asks("visit_summary", **moving))["question"]
    assert (await caller.asks("appointment", **moving))["reference"] == name
    rows = await caller.world.hub.reader.rows(find(BankOrder, "id", "arguments_sealed"))
    moved = arguments_of(caller.world.hub, *rows[0])
    assert wish["time"] == "09:00"
    assert offered(await caller.asks("visit_times", branch="lake", date=wish["date"]))[0] == "09:00"
    leaving = {"visit": f"cancel-{name}", "branch": "lake"}
    assert len(offered(await caller.asks("visit_days", **leaving))) == 1, "nothing is asked"
    assert "cancel your appointment" in (await caller.asks("visit_summary", **leaving))["question"]
    assert (await caller.asks("appointment", **leaving))["ok"] == "yes"
    assert await orders(caller) == [("appointment", "cancelled")]
    assert (await caller.asks("appointment", **leaving))["code"] == "appointment_over"
    assert moved["topic"] == "loan"


async def test_a_time_that_was_taken_is_not_promised(caller: Caller) -> None:
    told, wish = await booked(caller)
    assert told["ok"] == "yes"
    assert (await caller.asks("visit_summary", **wish))["again"] == "time"
    assert (await caller.asks("appointment", **wish))["code"] == "slot_taken"
    times = await caller.asks("visit_times", **wish)
    assert times["text"].startswith("That time is not free")
    assert offered(times) == ["09:30", "10:00", "10:30"]
    far = await caller.asks("visit_days", **(wish | {"date": "2030-01-01"}))
    assert far["text"].startswith("There is no free time on that day")


async def test_a_guest_learns_of_no_appointment(caller: Caller) -> None:
    await booked(caller)
    await store(caller, change(Contact, caller.front.contact_id, identity_level=0))
    assert (await caller.asks("visits"))["code"] == "proof_needed"
    assert (await caller.asks("visits", visit="cancel"))["code"] == "proof_needed"
    wish = {"visit": "cancel", "branch": "lake"}
    assert (await caller.asks("appointment", **wish))["ok"] == "no"
    assert await orders(caller) == [("appointment", "applied")]


# -- loans ---------------------------------------------------------------------------------------


async def test_a_loan_application_is_told_by_its_stage(caller: Caller) -> None:
    assert (await caller.asks("loan_state"))["code"] == "no_application"
    hub = caller.world.hub
    kind = CaseKind(
        code="loan_application", label={"en": "", "zh": ""}, due_seconds=1.0, queue_id="cards",
        stages=(CaseStage(code="checking", label={"en": "Being checked", "zh": "审核中"}),),
        resolutions={"approved": {"en": "Approved", "zh": "已批准"}},
    )  # fmt: skip
    caller.world.hub = replace(hub, work=replace(hub.work, cases={kind.code: kind}))
    case = put(
        Case, id="cas_1", number="30511", customer_id=CUSTOMER, kind=kind.code,
        title='{"en": "Home loan", "zh": "住房贷款"}', stage="checking", opened_at=0.0, due_at=0.0,
    )  # fmt: skip
    await store(caller, case)
    told = (await caller.asks("loan_state"))["text"]
    assert told.startswith("Your application 30511, Home loan: Being checked. You hear from us by")
    await store(caller, change(Case, "cas_1", closed_at=1.0, resolution="approved"))
    assert (await caller.asks("loan_state"))["text"].endswith("Home loan: Approved.")
    await store(caller, change(Contact, caller.front.contact_id, identity_level=1))
    assert (await caller.asks("loan_state"))["code"] == "proof_needed"


async def test_who_writes_is_called_on_the_number_of_the_record(caller: Caller) -> None:
    posted = await caller.world.customer_says("hello", visitor="in-the-chat")
    assert posted.contact_id is not None
    front = replace(caller.front, contact_id=posted.contact_id, channel="web_chat")
    chat = Caller(caller.world, front)
    assert (await chat.asks("offer_callback"))["code"] == "proof_needed"
    proved = {"customer_id": CUSTOMER, "identity_level": 2}
    await store(caller, change(Contact, posted.contact_id, **proved))
    assert "number that we have of you" in (await chat.asks("offer_callback"))["text"]
    assert await caller.world.hub.reader.rows(find(Customer, "id", id=CUSTOMER))
