"""A seeded day: customers who hang up and repeat, agents who ignore, pages that drop.

Everything runs on the real journey, store and routing core; the seed decides who does what when.
A failure names its seed: `simulate(world, seed)` replays it step by step.
"""

import random
from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel import SQLModel

from hub.domain.errors import HubError
from hub.journey import answer, close, converse, participate, presence, supervise, transfer, wrap_up
from hub.journey.survey import answer_survey
from hub.store.rows import find
from hub.store.tables import Assignment, Contact, Conversation, Survey
from tests.support.invariants import broken
from tests.support.world import World

AGENTS = ("amara", "ben", "liu")
VISITORS = 6
Act = Callable[[], Awaitable[object]]


class Day:
    """Who acts, and with what luck."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.hub, self.seed = world, world.hub, seed
        self.luck = random.Random(seed)
        self.sent: dict[str, tuple[str, int]] = {}
        """Key of each acknowledged customer message -> (conversation, number)."""

    async def run(self, steps: int) -> None:
        """Live through so many steps, checking all invariants after each."""
        for agent in AGENTS:
            await self.world.add_agent(agent)
        for step in range(steps):
            await self._step()
            await self.world.settle()
            faults = await broken(self.hub)
            assert not faults, f"seed {self.seed}, step {step}: {faults}"
        await self._nothing_lost()
        self._no_free_agent_beside_a_waiting_contact()

    async def _step(self) -> None:
        acts: list[Act] = [
            self._customer_speaks, self._customer_speaks, self._customer_speaks,
            self._customer_repeats, self._customer_leaves, self._agent_answers,
            self._agent_answers, self._agent_speaks, self._agent_speaks, self._agent_ends,
            self._agent_passes_on, self._agent_invites, self._agent_wraps_up, self._page_drops,
            self._page_returns, self._agent_declares, self._supervisor_acts,
            self._customer_rates, self._time_passes, self._time_passes,
        ]  # fmt: skip
        try:
            await self.luck.choice(acts)()
        except HubError:
            return  # a refusal is an answer; the invariants say whether it left anything behind

    async def _customer_speaks(self) -> None:
        visitor = f"visitor-{self.luck.randrange(VISITORS)}"
        words = self.luck.choice(["hello", "agent", "my card", "4111111111111111", "再见", None])
        key = f"key-{self.luck.randrange(10**9)}"
        choice = {"choice": words} if words == "agent" else {}
        posted = await self.world.customer_says(words, key=key, visitor=visitor, **choice)
        if words is not None:
            self.sent[f"{visitor}/{key}"] = (posted.conversation_id, posted.seq)

    async def _customer_repeats(self) -> None:
        if not self.sent:
            return
        name = self.luck.choice(sorted(self.sent))
        visitor, _, key = name.partition("/")
        posted = await self.world.customer_says("again", key=key, visitor=visitor)
        assert posted.duplicate
        assert (posted.conversation_id, posted.seq) == self.sent[name]

    async def _customer_leaves(self) -> None:
        contact_id = await self._some(Conversation, "open_contact_id")
        if contact_id:
            await close.close(self.hub, contact_id, by="customer", reason="left")

    async def _agent_answers(self) -> None:
        agent = self.luck.choice(AGENTS)
        offer = await self.world.offer_of(agent)
        if offer is None:
            return
        if self.luck.random() < 0.75:
            await answer.accept(self.hub, agent, offer)
        else:
            await answer.decline(self.hub, agent, offer, reason="busy")

    async def _agent_speaks(self) -> None:
        agent, contact_id = self.luck.choice(AGENTS), await self._owned()
        if contact_id:
            key = self.hub.new_id("key")
            await converse.say(self.hub, agent, contact_id=contact_id, key=key, text="Let me look")

    async def _agent_ends(self) -> None:
        contact_id = await self._owned()
        if contact_id:
            await close.close(self.hub, contact_id, by=self.luck.choice(AGENTS), reason="done")

    async def _agent_passes_on(self) -> None:
        contact_id = await self._owned()
        if contact_id is None:
            return
        goal = self.luck.choice([{"queue_id": "payments"}, {"agent_to": self.luck.choice(AGENTS)}])
        await transfer.transfer(
            self.hub, self.luck.choice(AGENTS), contact_id=contact_id, note="please", **goal
        )

    async def _agent_invites(self) -> None:
        contact_id = await self._owned()
        if contact_id:
            await participate.invite(
                self.hub, self.luck.choice(AGENTS), contact_id=contact_id,
                agent_to=self.luck.choice(AGENTS), note="",
            )  # fmt: skip

    async def _agent_wraps_up(self) -> None:
        contact_id = await self._some(Assignment, "contact_id", wrap_up="open")
        if contact_id:
            await wrap_up.finish(
                self.hub, self.luck.choice(AGENTS), contact_id=contact_id, disposition="solved"
            )

    async def _page_drops(self) -> None:
        await presence.page_lost(self.hub, self.luck.choice(AGENTS))

    async def _page_returns(self) -> None:
        await presence.page_came(self.hub, self.luck.choice(AGENTS))

    async def _agent_declares(self) -> None:
        wanted = self.luck.choice(["available", "available", "available", "break", "offline"])
        await presence.set_presence(self.hub, self.luck.choice(AGENTS), presence=wanted)

    async def _supervisor_acts(self) -> None:
        contact_id = await self._some(Conversation, "open_contact_id")
        if contact_id is None:
            return
        deed = self.luck.randrange(5)
        if deed == 0:
            await supervise.watch(self.hub, "liu", contact_id=contact_id)
        elif deed == 1:
            await supervise.join(self.hub, "liu", contact_id=contact_id)
        elif deed == 2:
            await supervise.reassign(self.hub, "rosa", contact_id=contact_id, queue_id="payments")
        elif deed == 3:
            await supervise.unwatch(self.hub, "liu", contact_id=contact_id)
        else:
            await supervise.set_presence_of(
                self.hub, "rosa", agent_id=self.luck.choice(AGENTS), presence="available"
            )

    async def _customer_rates(self) -> None:
        survey_id = await self._some(Survey, "id")
        if survey_id:
            await answer_survey(self.hub, survey_id, score=self.luck.randint(1, 5))

    async def _time_passes(self) -> None:
        await self.world.pass_time(self.luck.choice([1.0, 7.0, 25.0, 70.0, 200.0]))

    async def _owned(self) -> str | None:
        return await self._some(Contact, "id", state="assigned")

    async def _some(self, model: type[SQLModel], column: str, **where: Any) -> str | None:
        rows = await self.hub.reader.rows(find(model, column, **where))
        values = sorted(str(row[0]) for row in rows if row[0] is not None)
        return self.luck.choice(values) if values else None

    async def _nothing_lost(self) -> None:
        for name, (conversation_id, seq) in self.sent.items():
            key = name.partition("/")[2]
            found = await converse.posted_before(self.hub, conversation_id, key)
            assert found is not None, f"seed {self.seed}: {key} is lost"
            assert found.seq == seq, f"seed {self.seed}: {key} is doubled or moved"

    def _no_free_agent_beside_a_waiting_contact(self) -> None:
        """Routing has come to rest, so a second look must find nothing to do."""
        decisions = self.world.routing.decide(self.world.clock.now())
        assert not decisions, f"seed {self.seed}: routing slept over {decisions}"
