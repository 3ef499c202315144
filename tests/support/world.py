"""A hub without sockets: real store, real journey, real routing core, a clock that stands still.

world.customer_says("Hello")         # arrives, self-service answers
await world.settle()                 # timers that are due, routing decisions
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio

from config.conduct import load_conduct
from config.settings import SET_UP_FOLDER
from hub.domain.events import AgentProfileSet, Event, Logged
from hub.domain.routing import OfferCallback, QueuePolicy, Reserve, RoutingPolicy
from hub.domain.steps import Choice, HandOff, Heard, InboundFact, Menu, Say, Step
from hub.journey import presence, reserve, restore
from hub.journey.context import Hub, JourneySettings, Patience
from hub.journey.errands.table import ERRANDS
from hub.journey.floor import offer
from hub.journey.messages import Posted
from hub.journey.receive import receive
from hub.journey.staff import StaffDirectory
from hub.journey.timers import STEPS
from hub.journey.waiting import TimerKind
from hub.ports import SelfServiceContact
from hub.security.keyring import Purpose, fresh_key_ring
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store import timers
from hub.store.engine import Store
from hub.store.rows import find, put
from hub.store.tables import Reservation, User
from hub.store.unit import Unit
from knowledge_base.library import Library
from routing.state import RoutingState
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.work_kinds import WORK

POLICY = RoutingPolicy(
    version=1,
    queues=(
        QueuePolicy(queue_id="cards", target_seconds=60, limit_waiting=50),
        QueuePolicy(queue_id="payments", target_seconds=30),
    ),
    segment_value=(("premier", 0.5),),
)


@dataclass(frozen=True, slots=True)
class PlainQueue:
    """A queue's set-up for tests."""

    names: Mapping[str, str]
    wrap_up_seconds: float
    dispositions: Mapping[str, Mapping[str, str]]


@dataclass
class PlainSetUp:
    """Set-up whose doors a test opens and closes."""

    policy: RoutingPolicy = POLICY
    closed_until: dict[str, float] = field(default_factory=dict)
    queues: dict[str, PlainQueue] = field(
        default_factory=lambda: {
            queue: PlainQueue(
                {"en": queue.title(), "zh": zh}, 60.0, {"solved": {"en": "Solved", "zh": "已解决"}}
            )
            for queue, zh in (("cards", "银行卡"), ("payments", "支付"))
        }
    )

    def is_open(self, queue_id: str, now: float) -> bool:
        """Whether the queue is open."""
        return now >= self.closed_until.get(queue_id, 0.0)

    def next_opening(self, queue_id: str, now: float) -> float | None:
        """When it opens."""
        return self.closed_until.get(queue_id, now)

    def next_change(self, queue_id: str, now: float) -> float | None:
        """When it opens, if it is closed."""
        due_at = self.closed_until.get(queue_id, 0.0)
        return due_at if due_at > now else None


class ScriptedBot:
    """Greets with a menu; `agent` and every second miss lead to a person, `bye` is solved."""

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn."""
        return self._respond(state, heard)

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Answer a choice in the unit that stores it."""
        return self._respond(state, heard) if heard.choice is not None else None

    def _respond(
        self, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        if heard.start and not heard.text:
            menu = Menu(text="Hello, I am a bot.", choices=(Choice(value="agent", label="Person"),))
            return {"misses": 0}, [menu]
        if heard.choice == "agent" or "agent" in (heard.text or ""):
            return state, [HandOff(queue_id="cards", wants=heard.text or "a person")]
        misses = int(state.get("misses", 0)) + 1
        if misses >= 2:
            return state, [HandOff(queue_id="cards", wants=heard.text or "", tried=("twice",))]
        return {"misses": misses}, [Say(text="Could you say that differently?")]


class NoSignal:
    """A signal that loses everything, which it may."""

    async def publish(self, topic: str, payload: str) -> None:
        """Lose it."""

    def subscribe(self, topic: str, heard: Callable[[str], None]) -> Callable[[], None]:
        """Hear nothing."""
        return lambda: None


class World:
    """Drives the real steps; nothing happens between its calls."""

    def __init__(self, hub: Hub, clock: ManualClock, routing: RoutingState) -> None:
        self.hub, self.clock, self.routing = hub, clock, routing
        self.log: list[Logged] = []
        hub.journal.follow(self._heard)

    def _heard(self, batch: Sequence[Logged]) -> None:
        self.log.extend(batch)
        for logged in batch:
            self.routing.apply(logged.event)

    async def events(self) -> list[Event]:
        """All events since the world began, with those of the last commit."""
        await self.hub.journal.caught_up()
        return [logged.event for logged in self.log]

    async def kinds(self) -> list[str]:
        """Their names."""
        return [type(event).__name__ for event in await self.events()]

    async def add_agent(self, agent_id: str, *, skills: str = '[["lang:en", 5]]') -> None:
        """Hire an agent for all queues who is available at once."""

        def unit() -> Unit[None]:
            yield put(
                User, id=agent_id, login=agent_id, name=f'{{"en": "{agent_id}", "zh": "员工"}}',
                roles='["agent"]', password_hash="", skills=skills,
                queues='["cards", "payments"]', created_at=self.clock.now(),
            )  # fmt: skip

        await self.hub.journal.run(unit())
        await self.hub.staff.load()
        for event in await restore.routing_events(self.hub):
            if isinstance(event, AgentProfileSet) and event.profile.agent_id == agent_id:
                self.routing.apply(event)
        await presence.set_presence(self.hub, agent_id, presence="available")

    async def customer_says(
        self, text: str | None, *, key: str = "", visitor: str = "visitor-1", **more: Any
    ) -> Posted:
        """A customer's words arrive from the chat page."""
        fact = InboundFact(
            channel="web_chat", account="demo", address=visitor, text=text,
            key=key or self.hub.new_id("msg"), **more,
        )  # fmt: skip
        posted = await receive(self.hub, fact)
        await self.settle()
        return posted

    async def settle(self) -> None:
        """Fire what is due and carry out what routing decides, until nothing changes."""
        for _ in range(50):
            await self.hub.journal.caught_up()
            due = await self._due()
            for timer in due:
                await STEPS[TimerKind(timer[0])](self.hub, timer[1])
            decided = self.routing.decide(self.clock.now())
            for decision in decided:
                if isinstance(decision, Reserve) and not await reserve.reserve(self.hub, decision):
                    self.routing.refused(decision)
                elif isinstance(decision, OfferCallback):
                    await offer.offer(self.hub, decision)
            if not due and not decided:
                return
        raise AssertionError("the world does not come to rest")

    async def _due(self) -> list[tuple[Any, ...]]:
        kinds = [kind.value for kind in TimerKind]
        return await self.hub.reader.rows(timers.DUE(now=self.clock.now(), kinds=kinds, most=100))

    async def pass_time(self, seconds: float) -> None:
        """Let time go by in steps short enough for every timer."""
        while seconds > 0:
            step = min(seconds, 5.0)
            await self.clock.advance(step)
            await self.settle()
            seconds -= step

    async def offer_of(self, agent_id: str) -> str | None:
        """The pending Reservation of an agent."""
        rows = await self.hub.reader.rows(
            find(Reservation, "id", agent_id=agent_id, state="pending")
        )
        return str(rows[0][0]) if rows else None


def make_hub(store: Store, clock: ManualClock, new_id: SeededIds, folder: Path) -> World:
    """Assemble a hub on an open store."""
    ring = fresh_key_ring()
    routing = RoutingState(POLICY)
    hub = Hub(
        journal=store.journal,
        reader=store.reader,
        vault=Vault(ring),
        lookup=LookupKey(ring),
        audit_key=ring.current(Purpose.AUDIT).secret,
        clock=clock,
        new_id=new_id,
        signal=NoSignal(),
        setup=PlainSetUp(),
        line=routing,
        self_service=ScriptedBot(),
        errands=ERRANDS,
        staff=StaffDirectory(store.reader),
        files_folder=folder / "files",
        conduct=load_conduct(SET_UP_FOLDER),
        work=WORK,
        settings=JourneySettings(patience={"demo": Patience()}),
        articles=Library(clock),
    )
    return World(hub, clock, routing)


@pytest_asyncio.fixture
async def world(
    store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[World]:
    """A hub on every kind of store."""
    yield make_hub(store, clock, new_id, tmp_path)
