"""A world with a written channel: a fake provider that fails as told, and a runner driven by hand.

posted = await post.writes("hello")
await post.deliver()
"""

import asyncio
import itertools
import math
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest_asyncio

from hub.domain.outbound import DeliveryState, DeliveryTold, Outbound, Sent, WrittenAccount
from hub.domain.steps import InboundFact
from hub.journey import effects
from hub.journey.answer import accept
from hub.journey.context import Hub
from hub.journey.delivery.effects import handlers
from hub.journey.delivery.told import delivery_told
from hub.journey.messages import MessageRead, Posted, messages_of
from hub.journey.receive import receive
from hub.store.lane_runner import LaneRunner
from hub.store.rows import find
from hub.store.tables import Contact, MessageDelivery
from tests.support.world import World

CUSTOMER = "+8613800132716"
NUMBER = "+442079460000"
Fail = Callable[[Outbound], Exception | None]


class FakeWriter:
    """A provider: remembers what it was given, in order; `fail` says what goes wrong."""

    name = "sms"

    def __init__(self, *, honours_key: bool = False) -> None:
        self.honours_key = honours_key
        self.given: list[Outbound] = []
        """Everything that reached the provider."""
        self.fail: Fail = lambda _: None
        """Before the provider has it."""
        self.fail_after: Fail = lambda _: None
        """When the provider has it, but its answer is lost."""
        self.data: dict[str, str] = {}
        self.accounts = [WrittenAccount(id=NUMBER, name={"en": "Bank"})]
        self._refs = itertools.count(1)

    async def send(self, outbound: Outbound) -> Sent:
        """Take it, or fail."""
        if (error := self.fail(outbound)) is not None:
            raise error
        if not (self.honours_key and outbound.key in {one.key for one in self.given}):
            self.given.append(outbound)
        if (error := self.fail_after(outbound)) is not None:
            raise error
        return Sent(ref=f"SM{next(self._refs)}", channel_data=self.data)

    @property
    def texts(self) -> list[str]:
        """The words that reached the provider."""
        return [one.text for one in self.given]


class Lanes(LaneRunner):
    """A runner that a test drives by hand."""

    async def settle_left_behind(self) -> None:
        """Judge what a node that is gone had claimed, as every start does."""
        await self._settle_left_behind(math.inf)

    async def act_all(self) -> None:
        """Act until nothing is due."""
        acted = 1
        while acted:
            async with asyncio.TaskGroup() as self._lanes:
                acted = await self.act_due()


class Post:
    """A world seen through its written channel."""

    def __init__(self, world: World, writer: Any) -> None:
        self.world, self.writer = world, writer
        self.hub.writers.add(writer)
        self._keys = itertools.count(1)

    @property
    def hub(self) -> Hub:
        """The world's hub, which tests may set up otherwise."""
        return self.world.hub

    def runner(self) -> Lanes:
        """A node's outbox for written channels."""
        hub = self.hub
        return Lanes(
            hub.journal, hub.reader, hub.clock, handlers(hub), node="a", random=random.Random(1),
            on_failed=partial(effects.failed, hub), on_done=partial(effects.done, hub),
        )  # fmt: skip

    async def writes(self, text: str, *, customer: str = CUSTOMER, **more: Any) -> Posted:
        """The customer writes."""
        fact = InboundFact(
            channel="sms", account=NUMBER, address=customer, key=f"in-{next(self._keys)}",
            text=text, **more,
        )  # fmt: skip
        posted = await receive(self.hub, fact)
        await self.world.settle()
        return posted

    async def talking(self, agent: str = "amara") -> Posted:
        """A customer who is answered by this agent; what self-service said has arrived."""
        await self.world.add_agent(agent)
        posted = await self.writes("agent please")
        offer = await self.world.offer_of(agent)
        assert offer is not None, f"nothing is offered to {agent}"
        await accept(self.hub, agent, offer)
        await self.deliver()
        self.writer.given.clear()
        return posted

    async def deliver(self) -> None:
        """Send all that is due now."""
        await self.runner().act_all()

    async def pass_time(self, seconds: float, *, step: float = 5.0) -> None:
        """Let time go by, sending what becomes due."""
        while seconds > 0:
            await self.world.clock.advance(min(step, seconds))
            await self.world.settle()
            await self.deliver()
            seconds -= step

    async def told(self, ref: str, state: DeliveryState, error_code: str = "") -> bool:
        """The provider reports."""
        report = DeliveryTold(channel="sms", ref=ref, state=state, error_code=error_code)
        return await delivery_told(self.hub, report)

    async def said(self, conversation_id: str) -> list[MessageRead]:
        """What staff see."""
        return await messages_of(self.hub, conversation_id, limit=200)

    async def states(self, conversation_id: str) -> list[tuple[str, str]]:
        """State and error code of what was sent, in order."""
        columns = ("seq", "state", "error_code")
        call = find(MessageDelivery, *columns, conversation_id=conversation_id)
        return [(row[1], row[2]) for row in sorted(await self.hub.reader.rows(call))]

    async def contact(self, contact_id: str, *columns: str) -> tuple[Any, ...]:
        """Columns of a Contact."""
        return tuple((await self.hub.reader.rows(find(Contact, *columns, id=contact_id)))[0])


@pytest_asyncio.fixture
async def post(world: World) -> Post:
    """A hub with a written channel, on every kind of store."""
    return Post(world, FakeWriter())
