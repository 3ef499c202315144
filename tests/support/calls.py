"""A world with a telephone: a fake engine, a small menu, commands carried out in their order.

phone = await line.call("+8613800132716")
await line.settle()
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest_asyncio

from hub.domain.calls import EndCause
from hub.domain.routing import RoutingPolicy
from hub.domain.steps import Ask, Choice, Do, Finish, HandOff, Heard, Menu, Say, Step
from hub.journey.answer import accept
from hub.journey.calls import commands
from hub.journey.calls.effects import given_up
from hub.journey.calls.set_up import PhoneNumber, PhoneSetUp
from hub.ports import NeedsAttention, SelfServiceContact, SendLater, SendNever
from hub.store import outbox
from hub.store.engine import Store
from hub.store.outbox import DueEffect
from hub.store.rows import find
from hub.store.tables import Call, CallLeg, Contact, Task
from tests.support.clock import ManualClock
from tests.support.fake_engine import FakeEngine, FakeLeg
from tests.support.ids import SeededIds
from tests.support.world import POLICY, World, make_hub

NUMBERS = {
    "9510": PhoneNumber(
        number="9510", name={"en": "Bank", "zh": "银行"}, engine="fake", queue_id="cards"
    )
}
CALL_POLICY = replace(POLICY, channel_units=(("web_chat", 2), ("phone", 4)))
CALLER = "+8613800132716"


class SmallMenu:
    """1: hours, 2: a person, 3: asks for a PIN, 4: solved, 9: breaks."""

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn."""
        if heard.start:
            return {**state, "at": "menu"}, [Say(text="Welcome"), self.menu]
        if state.get("at") == "pin":
            return {"at": "menu"}, [Do(command="check_pin", arguments={"digits": heard.keys or ""})]
        keys = heard.keys or {"hours": "1", "person": "2"}.get(heard.choice or "", "")
        if keys == "9":
            raise RuntimeError("a broken flow")
        answers: dict[str, list[Step]] = {
            "1": [Say(text="We are open"), self.menu],
            "2": [Say(text="Putting you through"), HandOff(queue_id="cards")],
            "3": [Ask(text="Your PIN", most_digits=6, is_sensitive=True)],
            "4": [Finish(text="Glad to help")],
        }
        state = {"at": "pin"} if keys == "3" else state
        return state, answers.get(keys, [Say(text="Pardon"), self.menu])

    menu = Menu(
        text="Hours 1, person 2",
        choices=(
            Choice(value="hours", label="Hours", key="1"),
            Choice(value="person", label="Person", key="2", words=("agent",)),
        ),
    )


class Line:
    """A world seen through its telephone."""

    def __init__(self, world: World, engine: FakeEngine) -> None:
        self.world, self.hub, self.engine = world, world.hub, engine

    async def call(self, caller: str = CALLER, **more: Any) -> FakeLeg:
        """Somebody calls."""
        phone = await self.engine.call(caller, **more)
        await self.settle()
        return phone

    async def settle(self) -> None:
        """Commands, timers and routing, until nothing changes."""
        for _ in range(50):
            await self.world.settle()
            if not await self._carry_out():
                return
        raise AssertionError("the calls do not come to rest")

    async def _carry_out(self) -> int:
        now = self.world.clock.now()
        call = outbox.FIRST_OF_EACH(now=now, kinds=[commands.KIND], most=10)
        due = [DueEffect(*row) for row in await self.hub.reader.rows(call)]
        for effect in due:
            await self.hub.journal.run(_claim(effect))
            try:
                await commands.carry_out(self.hub, effect.id, effect.payload_sealed)
            except (SendLater, SendNever, NeedsAttention):
                await self.hub.journal.run(partial(given_up, self.hub, effect, "gave_up"))
            await self.hub.journal.run(_finish(effect, now))
        return len(due)

    async def pass_time(self, seconds: float) -> None:
        """Let time go by."""
        while seconds > 0:
            step = min(seconds, 5.0)
            await self.world.clock.advance(step)
            await self.settle()
            seconds -= step

    async def in_line(self, **more: Any) -> FakeLeg:
        """A caller who has chosen a person."""
        phone = await self.call(**more)
        await phone.press("2")
        await self.settle()
        return phone

    async def talking(self, agent: str = "amara", **more: Any) -> FakeLeg:
        """A caller who speaks with this agent."""
        phone = await self.in_line(**more)
        await self.accept(agent)
        return phone

    async def accept(self, agent: str) -> None:
        """The agent takes the Offer on the screen."""
        offer = await self.world.offer_of(agent)
        assert offer is not None, f"nothing is offered to {agent}"
        await accept(self.hub, agent, offer)
        await self.settle()

    async def contact_of(self, phone: FakeLeg) -> str:
        """The Contact of a caller."""
        rows = await self.hub.reader.rows(find(CallLeg, "contact_id", id=phone.id))
        return str(rows[0][0])

    async def row(self, phone: FakeLeg, *columns: str) -> tuple[Any, ...]:
        """Columns of the caller's Contact."""
        contact_id = await self.contact_of(phone)
        return tuple((await self.hub.reader.rows(find(Contact, *columns, id=contact_id)))[0])

    async def call_row(self, phone: FakeLeg, *columns: str) -> tuple[Any, ...]:
        """Columns of the caller's Call."""
        contact_id = await self.contact_of(phone)
        return tuple((await self.hub.reader.rows(find(Call, *columns, id=contact_id)))[0])

    async def tasks(self, kind: str) -> list[tuple[Any, ...]]:
        """Tasks of a kind: id, state, due."""
        return await self.hub.reader.rows(find(Task, "id", "state", "due_at", kind=kind))

    async def lose(self, leg: FakeLeg) -> None:
        """A line breaks."""
        await leg.over(EndCause.LOST)
        await self.settle()


def _claim(effect: DueEffect) -> Any:
    yield outbox.CLAIM(effect_id=effect.id, claimed_by="test", claimed_until=0.0)


def _finish(effect: DueEffect, now: float) -> Any:
    yield outbox.FINISH(effect_id=effect.id, tried=effect.attempts + 1, done_at=now)


def with_phone(world: World, policy: RoutingPolicy = CALL_POLICY) -> Line:
    """Give a world a telephone."""
    setup = world.hub.setup
    setup.policy = policy  # type: ignore[misc]  # the set-up of tests is theirs to change
    hub = replace(
        world.hub, self_service=SmallMenu(), phone=PhoneSetUp(numbers=NUMBERS), setup=setup
    )
    world.hub = hub
    engine = FakeEngine(hub)
    hub.engines.add(engine)
    return Line(world, engine)


@pytest_asyncio.fixture
async def any_line(world: World) -> AsyncIterator[Line]:
    """A telephone on every kind of store, with one agent there."""
    made = with_phone(world)
    await world.add_agent("amara")
    yield made


@pytest_asyncio.fixture
async def line(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[Line]:
    """The same on SQLite only: for what is the same on every store."""
    world = make_hub(sqlite_store, clock, new_id, tmp_path)
    made = with_phone(world)
    await world.add_agent("amara")
    yield made
