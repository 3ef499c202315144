"""Unusual payments: each becomes one Task before ordinary ones; its verdict goes back once."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from hub.customers.unusual import DAY_SECONDS, UnusualRules
from hub.domain import events as e
from hub.domain.banking import CorePayment, CoreRecord, Verdict
from hub.domain.errors import Forbidden, Refused
from hub.journey import answer, close, presence
from hub.journey.banking import ask
from hub.journey.banking.refresh import refresh
from hub.journey.banking.verdict import judge_payment
from hub.journey.context import Viewer
from hub.journey.work import tasks
from hub.journey.work.lists import tasks_of
from hub.journey.work.open import NewTask
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import Contact, Effect, Payment, PaymentCheck, Task
from tests.integration.banking.bank import CARD, CUSTOMER, EVERYDAY, Bank, ScriptedCore
from tests.integration.banking.test_sync import record
from tests.integration.journey.test_notify import Carrier, outbox_of
from tests.support.world import World

BEN = Viewer(user_id="ben", roles=frozenset({Role.AGENT}))
MINA = Viewer(user_id="mina", roles=frozenset({Role.AGENT}))


def paid(key: str, at: float, amount: str = "-120.00", **more: Any) -> CorePayment:
    return CorePayment(
        id=key, account_id=EVERYDAY, at=at, amount=amount, currency="CNY",
        **{"merchant": "Luma", **more},
    )  # fmt: skip


def with_payments(version: int, payments: Sequence[CorePayment]) -> CoreRecord:
    return dataclasses.replace(record(version), payments=tuple(payments))


class Watch:
    """A bank whose core knows a quiet customer, and what it says next."""

    def __init__(self, world: World) -> None:
        self.world, self.core = world, ScriptedCore()
        self.bank = Bank(world, self.core)
        banking = dataclasses.replace(world.hub.banking, unusual=UnusualRules())
        self.bank.world.hub = dataclasses.replace(world.hub, banking=banking)
        self.bank = Bank(world, self.core)
        now = world.clock.now()
        self.payments = [paid(f"pay_{n}", now - (20 - n) * DAY_SECONDS) for n in range(10)]

    async def hear(self, *more: CorePayment) -> None:
        """The core tells us of payments."""
        self.payments += more
        self.core.record = with_payments(3 + len(self.payments), self.payments)
        assert await refresh(self.bank.hub, self.core, CUSTOMER, force=True)
        await self.world.settle()

    async def checks(self) -> list[tuple[Any, ...]]:
        rows = await self.bank.hub.reader.rows(
            find(PaymentCheck, "id", "task_id", "verdict", "told_at")
        )
        return [tuple(row) for row in rows]

    async def check_in_hand(self, agent_id: str = "ben") -> tuple[str, str]:
        """An agent takes the check of a payment; its Task and its Contact."""
        await self.hear(self.large("pay_big"))
        await self.world.add_agent(agent_id)
        await self.world.settle()
        offer = await self.world.offer_of(agent_id)
        assert offer is not None
        await answer.accept(self.bank.hub, agent_id, offer)
        rows = await self.bank.hub.reader.rows(find(Task, "id", "work_contact_id", state="open"))
        return rows[0][0], rows[0][1]

    def large(self, key: str) -> CorePayment:
        return paid(key, self.world.clock.now() - 60, "-900.00", place="Dubai")


@pytest.fixture
async def watch(world: World) -> Watch:
    found = Watch(world)
    await found.bank.open()
    await found.hear()
    await presence.set_presence(found.bank.hub, "amara", presence="break")
    return found


async def test_an_ordinary_payment_and_an_old_one_are_nobodys_work(watch: Watch) -> None:
    now = watch.world.clock.now()
    await watch.hear(paid("pay_old", now - 4 * DAY_SECONDS, "-90000.00"))
    await watch.hear(paid("pay_ok", now), paid("pay_in", now, "90000.00"))
    assert await watch.checks() == []
    assert "TaskOpened" not in await watch.world.kinds()


async def test_an_unusual_payment_is_marked_and_becomes_one_task_for_ever(watch: Watch) -> None:
    await watch.hear(watch.large("pay_big"))
    await watch.hear()
    rows = await watch.bank.hub.reader.rows(find(Payment, "unusual", "unusual_times", id="pay_big"))
    assert [tuple(row) for row in rows] == [("amount", 7.5)]
    [check] = await watch.checks()
    assert check[0] == "pay_big"
    assert (await watch.world.kinds()).count("TaskOpened") == 1
    [line] = await tasks_of(watch.bank.hub, "rosa", "team", steers=True)
    assert line["evidence"][0] == ["payment_amount", "900.00|CNY"]
    assert ["payment_place", "Dubai"] in line["evidence"]
    assert ["unusual_amount", "7.5|120.00"] in line["evidence"]


async def test_the_check_is_offered_before_an_ordinary_task(watch: Watch) -> None:
    world = watch.world
    ordinary = await tasks.open_task(
        watch.bank.hub, NewTask(kind="follow_up", by="amara", due_at=world.clock.now())
    )
    await world.pass_time(60)
    await watch.hear(watch.large("pay_big"))
    await world.add_agent("ben")
    await world.settle()
    made = next(
        one
        for one in await world.events()
        if isinstance(one, e.ReservationMade) and one.agent_id == "ben"
    )
    rows = await watch.bank.hub.reader.rows(find(Contact, "id", "priority", channel="task"))
    assert {row[0]: row[1] for row in rows}[made.contact_id] == 2
    [(of_ordinary,)] = await watch.bank.hub.reader.rows(find(Task, "work_contact_id", id=ordinary))
    assert of_ordinary not in (None, made.contact_id)


async def test_a_genuine_payment_ends_the_work_and_the_core_hears_of_it(watch: Watch) -> None:
    task_id, contact_id = await watch.check_in_hand()
    await judge_payment(watch.bank.hub, BEN, task_id=task_id, verdict=Verdict.GENUINE)
    rows = await watch.bank.hub.reader.rows(find(Contact, "state", id=contact_id))
    assert rows[0][0] == "closed"
    rows = await watch.bank.hub.reader.rows(find(Task, "state", "outcome", "done_by", id=task_id))
    assert tuple(rows[0]) == ("done", "genuine", "ben")
    await watch.bank.act()
    [told] = watch.core.verdicts.values()
    assert (told.key, told.payment_id, told.verdict) == (task_id, "pay_big", Verdict.GENUINE)
    [check] = await watch.checks()
    assert check[2:] == ("genuine", check[3])
    assert check[3] is not None


async def test_after_fraud_the_card_can_be_blocked_in_the_same_contact(watch: Watch) -> None:
    carrier = Carrier([])
    object.__setattr__(watch.bank.hub, "notify", carrier)
    task_id, contact_id = await watch.check_in_hand()
    await judge_payment(watch.bank.hub, BEN, task_id=task_id, verdict=Verdict.FRAUD)
    await ask.block_card(
        watch.bank.hub, "ben", contact_id=contact_id, key="page-key", card_id=CARD, reason="fraud"
    )
    await close.close(watch.bank.hub, contact_id, by="ben", reason="agent_ended")
    await watch.bank.act(times=2)
    assert await watch.bank.states() == ["applied"]
    assert [one.verdict for one in watch.core.verdicts.values()] == [Verdict.FRAUD]
    await outbox_of(watch.bank.hub).act_due()
    [told] = carrier.given
    assert (told.to_kind, told.purpose) == ("sms", "service")
    assert "4417" in told.text
    [line] = await tasks_of(watch.bank.hub, "ben", "done", steers=False)
    assert line["outcome"] == "fraud"


async def test_the_verdict_is_kept_once_whatever_becomes_of_the_line(watch: Watch) -> None:
    task_id, _ = await watch.check_in_hand()
    await judge_payment(watch.bank.hub, BEN, task_id=task_id, verdict=Verdict.FRAUD)
    watch.core.script = ["away", "lost", "dropped", "away"]
    await watch.bank.act(times=8)
    assert watch.core.heard == 2, "once with a lost answer, once more under the same key"
    assert list(watch.core.verdicts) == [task_id]
    rows = await watch.bank.hub.reader.rows(find(Effect, "state", id=task_id))
    assert rows[0][0] == "done"
    assert (await watch.world.kinds()).count("PaymentJudged") == 1


async def test_nobody_judges_twice_or_over_a_colleagues_shoulder(watch: Watch) -> None:
    task_id, contact_id = await watch.check_in_hand()
    with pytest.raises(Forbidden, match="colleague"):
        await judge_payment(watch.bank.hub, MINA, task_id=task_id, verdict=Verdict.FRAUD)
    with pytest.raises(Refused, match="fraud or genuine"):
        await tasks.finish_task(watch.bank.hub, BEN, task_id)
    with pytest.raises(Refused, match="fraud or genuine"):
        await close.close(watch.bank.hub, contact_id, by="ben", reason="agent_ended")
    await judge_payment(watch.bank.hub, BEN, task_id=task_id, verdict=Verdict.GENUINE)
    with pytest.raises(Refused, match="done"):
        await judge_payment(watch.bank.hub, BEN, task_id=task_id, verdict=Verdict.FRAUD)
    assert [check[2] for check in await watch.checks()] == ["genuine"]
