"""Tasks: promised, due, offered like any other work, put off, given away, finished once."""

import json
from typing import Any

import pytest

from hub.domain import events as e
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.journey import answer, close, wrap_up
from hub.journey.context import Viewer
from hub.journey.work import tasks
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words, open_words
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import Contact, Survey, Task
from tests.support.world import World

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
BEN = Viewer(user_id="ben", roles=frozenset({Role.AGENT}))
ROSA = Viewer(user_id="rosa", roles=frozenset({Role.SUPERVISOR}))
HOUR = 3_600.0


async def row_of(world: World, task_id: str, *columns: str) -> tuple[Any, ...]:
    rows = await world.hub.reader.rows(find(Task, *columns, id=task_id))
    return tuple(rows[0])


async def promise(world: World, *, kind: str = "follow_up", **more: Any) -> str:
    new = NewTask(kind=kind, by="amara", due_at=world.clock.now() + HOUR, **more)
    return await tasks.open_task(world.hub, new)


async def tasks_of_hub(world: World, kind: str) -> str:
    new = NewTask(kind=kind, by="system", due_at=world.clock.now() + HOUR)
    return await world.hub.journal.run(lambda: add_task(world.hub, new))


async def test_a_due_task_is_offered_to_its_owner_with_its_evidence(world: World) -> None:
    await world.add_agent("amara")
    await world.add_agent("ben")
    words = Words("Ask for the receipt", [("Merchant", "Bookshop")])
    await promise(world, owner_id="ben", words=words)
    await world.pass_time(HOUR - 10)
    assert await world.offer_of("ben") is None
    await world.pass_time(15)
    assert await world.offer_of("ben") is not None
    assert await world.offer_of("amara") is None
    rows = await world.hub.reader.rows(find(Contact, "id", "hand_off_sealed", channel="task"))
    told = json.loads(world.hub.vault.open(rows[0][1], "contact", "hand_off", rows[0][0]))
    assert told["wants"] == "Ask for the receipt"
    assert told["collected"] == {"Merchant": "Bookshop"}


async def test_work_that_is_closed_finishes_its_task_and_asks_no_customer(world: World) -> None:
    await world.add_agent("amara")
    task_id = await promise(world)
    await world.pass_time(HOUR + 5)
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    contact_id = (await row_of(world, task_id, "work_contact_id"))[0]
    await close.close(world.hub, contact_id, by="amara", reason="agent_ended")
    await wrap_up.finish(world.hub, "amara", contact_id=contact_id, disposition="solved")
    assert await row_of(world, task_id, "state", "done_by", "outcome") == (
        "done", "amara", "worked",
    )  # fmt: skip
    assert await world.hub.reader.rows(find(Survey, "id", contact_id=contact_id)) == []
    assert (await world.kinds()).count("TaskDone") == 1


async def test_a_task_put_off_frees_its_agent_and_comes_back(world: World) -> None:
    await world.add_agent("amara")
    task_id = await promise(world)
    await world.pass_time(HOUR + 5)
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await tasks.snooze_task(world.hub, AMARA, task_id, until=world.clock.now() + HOUR)
    await world.settle()
    assert await row_of(world, task_id, "owner_id", "attempts") == ("amara", 1)
    await world.customer_says("hi")
    await world.customer_says("agent")
    assert await world.offer_of("amara") is not None, "her capacity is free for a customer"
    await world.pass_time(HOUR + 5)
    changes = [one for one in await world.events() if isinstance(one, e.TaskChanged)]
    assert [one.cause for one in changes] == ["came_due", "snoozed", "came_due"]


async def test_a_broken_promise_calls_the_supervisor_once(world: World) -> None:
    task_id = await promise(world, kind="callback")
    await world.pass_time(HOUR + 590)
    assert "TaskOverdue" not in await world.kinds()
    await world.pass_time(30)
    assert (await world.kinds()).count("TaskOverdue") == 1
    assert await row_of(world, task_id, "is_overdue") == (True,)


async def test_another_agents_task_needs_a_supervisor(world: World) -> None:
    await world.add_agent("amara")
    await world.add_agent("ben")
    await world.add_agent("mina")
    task_id = await promise(world, owner_id="mina")
    with pytest.raises(Forbidden):
        await tasks.reassign_task(world.hub, BEN, task_id, owner_id="ben")
    await tasks.reassign_task(world.hub, ROSA, task_id, owner_id="ben")
    assert await row_of(world, task_id, "owner_id") == ("ben",)
    await tasks.finish_task(world.hub, BEN, task_id)
    with pytest.raises(Refused, match="done"):
        await tasks.finish_task(world.hub, BEN, task_id)


async def test_a_customer_who_waits_goes_before_an_ordinary_task(world: World) -> None:
    ordinary = await promise(world)
    urgent = await tasks_of_hub(world, "payment_check")
    await world.pass_time(HOUR + 5)
    await world.customer_says("hi")
    await world.customer_says("agent")
    await world.add_agent("amara")
    await world.settle()
    while (offer := await world.offer_of("amara")) is not None:
        await answer.accept(world.hub, "amara", offer)
        await world.settle()
    made = [one.contact_id for one in await world.events() if isinstance(one, e.ReservationMade)]
    of_urgent = (await row_of(world, urgent, "work_contact_id"))[0]
    of_ordinary = (await row_of(world, ordinary, "work_contact_id"))[0]
    assert len(made) == 3
    assert (made[0], made[2]) == (of_urgent, of_ordinary)


async def test_what_cannot_be_kept_is_not_promised(world: World) -> None:
    now = world.clock.now()
    for new in (
        NewTask(kind="nonsense", by="amara", due_at=now + HOUR),
        NewTask(kind="payment_check", by="amara", due_at=now + HOUR),
        NewTask(kind="follow_up", by="amara", due_at=now - HOUR),
        NewTask(kind="follow_up", by="amara", due_at=now + 400 * 24 * HOUR),
        NewTask(kind="follow_up", by="amara", due_at=now + HOUR, owner_id="nobody"),
        NewTask(kind="follow_up", by="amara", due_at=now + HOUR, queue_id="nowhere"),
        NewTask(kind="follow_up", by="amara", due_at=now + HOUR, words=Words("x" * 2_001)),
    ):
        with pytest.raises(Invalid):
            await tasks.open_task(world.hub, new)
    assert await world.hub.reader.rows(find(Task, "id", state="open")) == []


async def test_card_numbers_in_a_promise_are_redacted(world: World) -> None:
    task_id = await promise(world, words=Words("Card 4111 1111 1111 1111 was lost"))
    (sealed,) = await row_of(world, task_id, "words_sealed")
    assert "4111" not in open_words(world.hub, task_id, sealed).text
