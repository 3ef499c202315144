"""Pages without sockets: they fold what they are sent, as the browser does."""

import json
from collections.abc import AsyncIterator, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest_asyncio
from argon2 import PasswordHasher

from agent_console.console import Console
from agent_console.feed.apply import State, follow
from agent_console.feed.stream import Stream
from agent_console.feed.wire import Wire
from agent_console.rights import DESK, viewer_now
from agent_console.settings import ConsoleSettings
from agent_console.setup import CodeLabel, DeskSetUp, PresenceReason, WidgetFacts
from hub.journey.context import Hub
from hub.security.keyring import fresh_key_ring
from hub.security.passwords import Passwords
from hub.security.sign_in import Door
from hub.security.signed_link import SignedLinks
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from tests.support.world import World

ORIGIN = "http://127.0.0.1:8000"
SETTINGS = ConsoleSettings(
    origins=frozenset({ORIGIN}), hosts=frozenset({"127.0.0.1:8000", "testserver"})
)
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
LUNCH = {"en": "Lunch", "zh": "午餐"}
MAIN = WidgetFacts(
    id="main", origins=("https://www.bank.example",), algorithm="HS256", language="zh",
    warn_seconds=300.0, close_seconds=60.0, away_seconds=300.0, resume_days=30.0,
)  # fmt: skip
SETUP = DeskSetUp(
    zone=ZoneInfo("Asia/Shanghai"),
    presence_reasons=[PresenceReason(presence="break", code="lunch", label=LUNCH)],
    decline_reasons=[CodeLabel(code="busy", label={"en": "Busy", "zh": "正忙"})],
    skills=[
        CodeLabel(code="cards", label={"en": "Cards", "zh": "银行卡"}),
        CodeLabel(code="lang:en", label={"en": "English", "zh": "英语"}),
    ],
    widgets=[MAIN, replace(MAIN, id="pair", algorithm="ES256")],
    settings_file="hub.toml",
    queue_channels={"cards": ("web_chat",), "payments": ("web_chat",)},
)


@dataclass
class FoldingPage:
    """The far end of a wire."""

    console: Console
    user_id: str
    topic: str = DESK
    position: int = -1
    state: State = field(default_factory=dict)
    frames: list[tuple[str, Any]] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    gaps: int = 0

    def __post_init__(self) -> None:
        viewer = viewer_now(self.console.hub, self.user_id)
        wire = Wire(self._send, lambda: None)
        self.stream = Stream(
            viewer, self.topic, wire, lambda file: self.console.tickets.href(viewer, file)
        )
        self.console.needs.streams.add(self.stream)

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        name, body = json.loads(message["text"].removeprefix("42"))
        self.frames.append((name, body))
        if name == "snapshot":
            self.position, self.state = body["position"], body["state"]
        elif name == "feed":
            assert body["before"] == self.position, "a frame is missing"
            self.state = follow(self.state, self.position, body)
            self.position = body["position"]
            self.told += [op for op in body["ops"] if op[0] == "tell"]

    async def hello(self) -> None:
        self.console.worker.hello(self.stream)
        await self.caught_up()

    async def caught_up(self) -> None:
        await self.console.hub.journal.caught_up()
        await self.console.worker.work()
        await self.console.worker.tick()


async def fresh_state(page: FoldingPage) -> State:
    """What a page that says hello now would be shown."""
    other = FoldingPage(page.console, page.user_id, page.topic)
    await other.hello()
    page.console.needs.streams.remove(other.stream)
    return other.state


def make_console(hub: Hub, settings: ConsoleSettings = SETTINGS) -> Console:
    door = Door(
        journal=hub.journal, reader=hub.reader, passwords=PASSWORDS, lookup=hub.lookup,
        audit_key=hub.audit_key, node=hub.node, clock=hub.clock, new_id=hub.new_id,
    )  # fmt: skip
    return Console(hub, SETUP, SignedLinks(fresh_key_ring()), settings, door)


async def add_supervisor(world: World, user_id: str = "rosa") -> None:
    """Hire a supervisor who works for no queue."""

    def unit() -> Unit[None]:
        yield put(
            User, id=user_id, login=user_id, name='{"en": "Rosa", "zh": "罗莎"}',
            roles='["supervisor"]', password_hash="", created_at=world.clock.now(),
        )  # fmt: skip

    await world.hub.journal.run(unit())
    await world.hub.staff.load()


@pytest_asyncio.fixture
async def console(world: World) -> AsyncIterator[Console]:
    """A console that follows the world's log; its worker runs when a page catches up."""
    console = make_console(world.hub)
    end = world.hub.journal.follow(console._follow)
    yield console
    end()
