"""The end of a shift: no new Offers, the chosen Presence at the end, no work left behind."""

import pytest

from hub.domain.errors import Invalid, Refused
from hub.domain.events import PresenceChanged, WrapUpExtended
from hub.journey import answer, close, finishing, moving, presence, wrap_up
from hub.journey.context import Viewer
from hub.journey.work.open import NewTask
from hub.journey.work.tasks import open_task
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import AgentPresence, AuditEntry, Contact, Task
from tests.support.world import World

SUPERVISOR = Viewer(user_id="chidi", roles=frozenset({Role.SUPERVISOR}))


async def take(world: World, agent_id: str, visitor: str) -> str:
    """Give the agent the talk of one more customer; returns the Contact."""
    posted = await world.customer_says("agent", visitor=visitor)
    offer = await world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(world.hub, agent_id, offer)
    await world.settle()
    return posted.contact_id


async def wrap(world: World, agent_id: str, contact_id: str) -> None:
    """End a talk and its wrap-up."""
    await close.close(world.hub, contact_id, by=agent_id, reason="agent_ended")
    await wrap_up.finish(world.hub, agent_id, contact_id=contact_id, disposition="solved")
    await world.settle()


async def now_is(world: World, agent_id: str) -> tuple[str, str]:
    """Presence and reason of an agent."""
    rows = await world.hub.reader.rows(find(AgentPresence, "presence", "reason", agent_id=agent_id))
    return rows[0]


async def test_the_break_comes_when_the_last_wrap_up_is_done_and_nothing_new_before(
    world: World,
) -> None:
    await world.add_agent("amara")
    one, two = await take(world, "amara", "v-1"), await take(world, "amara", "v-2")
    chosen = await finishing.finish_then(world.hub, "amara", presence="break", reason="lunch")
    assert chosen == "finishing"
    await world.customer_says("agent", visitor="v-3")
    assert await world.offer_of("amara") is None
    await wrap(world, "amara", one)
    assert await now_is(world, "amara") == ("finishing", "")
    await wrap(world, "amara", two)
    assert await now_is(world, "amara") == ("break", "lunch")


async def test_the_last_contact_of_a_shift_ends_it(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara", "v-1")
    await finishing.finish_then(world.hub, "amara", presence="offline")
    await wrap(world, "amara", contact)
    assert await now_is(world, "amara") == ("offline", "")
    told = [
        e for e in await world.events() if isinstance(e, PresenceChanged) and e.agent_id == "amara"
    ]
    assert [(one.presence, one.then) for one in told[-2:]] == [
        ("finishing", "offline"), ("offline", ""),
    ]  # fmt: skip


async def test_with_empty_hands_it_comes_at_once(world: World) -> None:
    await world.add_agent("amara")
    assert await finishing.finish_then(world.hub, "amara", presence="break") == "break"
    with pytest.raises(Invalid):
        await finishing.finish_then(world.hub, "amara", presence="available")


async def test_a_wrap_up_that_runs_out_and_an_offer_that_is_missed_count_too(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara", "v-1")
    await world.customer_says("agent", visitor="v-2")
    assert await world.offer_of("amara") is not None
    await finishing.finish_then(world.hub, "amara", presence="break", reason="lunch")
    await close.close(world.hub, contact, by="amara", reason="agent_ended")
    await world.pass_time(200)
    assert await now_is(world, "amara") == ("break", "lunch")


async def test_what_was_chosen_survives_a_lost_page(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara", "v-1")
    await finishing.finish_then(world.hub, "amara", presence="break", reason="lunch")
    await presence.page_lost(world.hub, "amara")
    await presence.page_came(world.hub, "amara")
    assert await now_is(world, "amara") == ("finishing", "")
    await wrap(world, "amara", contact)
    assert await now_is(world, "amara") == ("break", "lunch")


async def test_signing_out_with_contacts_in_hand_is_refused(world: World) -> None:
    await world.add_agent("amara")
    await moving.require_empty_hands(world.hub, "amara")
    contact = await take(world, "amara", "v-1")
    with pytest.raises(Refused, match="work_in_hand"):
        await moving.require_empty_hands(world.hub, "amara")
    await wrap(world, "amara", contact)
    await moving.require_empty_hands(world.hub, "amara")


async def test_an_absent_agents_work_is_moved_whole(world: World) -> None:
    hub = world.hub
    await world.add_agent("amara")
    talks = [await take(world, "amara", f"v-{n}") for n in range(3)]
    task = await open_task(
        hub, NewTask(kind="follow_up", by="amara", owner_id="amara", due_at=world.clock.now() + 900)
    )
    await world.customer_says("agent", visitor="v-9")
    await world.add_agent("ben")
    started: dict[str, float] = dict(
        await hub.reader.rows(find(Contact, "id", "queued_at", channel="web_chat"))
    )
    moved = await moving.move_work(hub, SUPERVISOR, agent_id="amara", agent_to="ben")
    assert (moved.contacts, moved.tasks, moved.left) == (3, 1, 0)
    assert await now_is(world, "amara") == ("break", "work_moved")
    assert await hub.reader.rows(find(Contact, "id", owner_agent_id="amara")) == []
    assert await world.offer_of("amara") is None
    rows = await hub.reader.rows(find(Contact, "id", "queued_at", "target_agent_id"))
    assert {r[0]: r[1] for r in rows if r[0] in talks} == {one: started[one] for one in talks}
    assert {r[2] for r in rows if r[0] in talks} == {"ben"}
    assert await hub.reader.rows(find(Task, "owner_id", id=task)) == [("ben",)]
    audit = await hub.reader.rows(find(AuditEntry, "actor", "subject", action="work_moved"))
    assert audit == [("chidi", "amara")]


async def test_work_goes_back_to_its_own_queue_without_a_goal(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara", "v-1")
    moved = await moving.move_work(world.hub, SUPERVISOR, agent_id="amara")
    rows = await world.hub.reader.rows(find(Contact, "state", "queue_id", id=contact))
    assert (moved.contacts, rows) == (1, [("queued", "cards")])
    with pytest.raises(Invalid):
        await moving.move_work(world.hub, SUPERVISOR, agent_id="amara", agent_to="amara")


async def test_more_time_for_the_wrap_up_needs_a_reason(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara", "v-1")
    await close.close(world.hub, contact, by="amara", reason="agent_ended")
    with pytest.raises(Invalid, match="bad_reason"):
        await wrap_up.extend(world.hub, "amara", contact_id=contact, reason="because")
    await wrap_up.extend(world.hub, "amara", contact_id=contact, reason="advice")
    await world.settle()
    told = [event for event in await world.events() if isinstance(event, WrapUpExtended)]
    assert [one.reason for one in told] == ["advice"]
