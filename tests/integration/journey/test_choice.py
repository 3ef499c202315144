"""A menu's choice is answered in the unit that stores it; what takes thought waits for a timer."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from hub.domain.steps import Do, HandOff, Heard, InboundFact, Step
from hub.journey import converse
from hub.journey.messages import Posted, messages_of
from hub.journey.receive import receive
from hub.journey.waiting import TimerKind
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Contact, Timer
from tests.support.world import ScriptedBot, World

CHOICE = {"text": "Person", "choice": "agent"}


async def greeted(world: World) -> Posted:
    await world.add_agent("amara")
    return await world.customer_says(None)


async def choose(world: World, posted: Posted, key: str = "c1") -> Posted | BaseException:
    """As the widget's page does; nothing fires between."""
    done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    ids = {"conversation_id": posted.conversation_id, "contact_id": posted.contact_id}
    converse.submit_customer_choice(world.hub, key=key, done=done.set_result, **ids, **CHOICE)
    answer: Posted | BaseException = await done
    await world.hub.journal.caught_up()
    return answer


async def state_of(world: World, posted: Posted) -> str:
    rows = await world.hub.reader.rows(find(Contact, "state", id=posted.contact_id))
    return str(rows[0][0])


async def is_due(world: World, posted: Posted) -> bool:
    timer = find(Timer, "id", kind=TimerKind.SELF_SERVE.value, subject=posted.contact_id)
    return bool(await world.hub.reader.rows(timer))


async def test_a_choice_leads_into_the_line_in_one_unit(world: World) -> None:
    posted = await greeted(world)
    chosen = await choose(world, posted)
    assert isinstance(chosen, Posted)
    assert await state_of(world, posted) == "queued"
    assert not await is_due(world, posted)
    messages = await messages_of(world.hub, posted.conversation_id)
    assert [m.body.get("choice") for m in messages if m.speaker == "customer"] == ["agent"]
    await world.settle()
    assert await world.offer_of("amara") is not None
    assert (await world.kinds()).count("ContactQueued") == 1


async def test_the_careful_way_answers_a_choice_as_well(world: World) -> None:
    posted = await greeted(world)
    fact = InboundFact(
        channel="web_chat", account="demo", address="visitor-1", key="c1", text="Person",
        choice="agent",
    )  # fmt: skip
    await receive(world.hub, fact)
    assert await state_of(world, posted) == "queued"
    assert (await receive(world.hub, fact)).duplicate
    assert isinstance(await choose(world, posted), Exception), "the key is known"


async def test_a_choice_waits_for_the_words_before_it(world: World) -> None:
    posted = await greeted(world)
    heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    converse.submit_customer_text(
        world.hub, conversation_id=posted.conversation_id, contact_id=posted.contact_id,
        key="t1", text="hm", done=heard.set_result,
    )  # fmt: skip
    await heard
    await choose(world, posted)
    assert await state_of(world, posted) == "in_self_service"
    assert await is_due(world, posted)
    await world.settle()
    assert (await world.kinds()).count("ContactQueued") == 1


class Thinking(ScriptedBot):
    """Fails, or wants an errand or a Queue that is not there, before it answers by `turn`."""

    def __init__(self, first: Sequence[Step] | None) -> None:
        self._first = first

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        if self._first is None:
            raise RuntimeError("broken")
        return state, self._first


@pytest.mark.parametrize(
    "first", [None, [Do(command="balance", arguments={})], [HandOff(queue_id="nowhere", wants="")]]
)
async def test_what_cannot_be_answered_at_once_is_stored_and_answered_by_timer(
    world: World, first: Sequence[Step] | None
) -> None:
    world.hub = replace(world.hub, self_service=Thinking(first))
    posted = await greeted(world)
    assert isinstance(await choose(world, posted), Posted)
    assert await state_of(world, posted) == "in_self_service"
    assert await is_due(world, posted)
    await world.settle()
    assert await world.offer_of("amara") is not None
