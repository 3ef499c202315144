"""The console behind a real web server on loopback, and people who sign in to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest_asyncio
import socketio
import uvicorn
from starlette.applications import Starlette

from agent_console.api import routes
from agent_console.console import Console
from agent_console.feed.apply import State, follow
from agent_console.http.headers import Guard
from agent_console.settings import ConsoleSettings
from agent_console.socket.server import PATH
from bot.teaching.editor import AssistantEditor
from hub.domain.events import AgentProfileSet
from hub.journey import restore
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from ivr.editor import PhoneFlows
from ivr.shelf import Shelf
from tests.integration.console.desk import PASSWORDS, make_console
from tests.support.child import free_port
from tests.support.phone_flows import KNOWN, document, menu
from tests.support.teaching import tiny_editor
from tests.support.world import World

PASSWORD = "a quiet morning"
ANSWER_SECONDS = 20.0
"""The longest wait for what comes at once on a machine that is not busy."""


async def eventually(true: Callable[[], object]) -> None:
    """Look until it is so, for `ANSWER_SECONDS` at most."""
    for _ in range(int(ANSWER_SECONDS * 100)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"it did not happen within {ANSWER_SECONDS} seconds")


@dataclass
class Served:
    """A running console."""

    world: World
    console: Console
    origin: str
    shelf: Shelf
    """Flows of the phone menu; empty until a test opens it."""
    flows: PhoneFlows
    assistant: AssistantEditor
    """Of a tiny assistant; it has no model until a test starts its teacher."""
    people: list["Person"] = field(default_factory=list)

    async def hire(self, user_id: str, *roles: str) -> None:
        hashed = await PASSWORDS.hash(PASSWORD)

        def unit() -> Unit[None]:
            yield put(
                User, id=user_id, login=user_id, name=f'{{"en": "{user_id}", "zh": "员工"}}',
                roles=str(list(roles)).replace("'", '"'), password_hash=hashed,
                skills='[["lang:en", 5]]', queues='["cards", "payments"]',
                created_at=self.world.clock.now(),
            )  # fmt: skip

        await self.world.hub.journal.run(unit())
        await self.world.hub.staff.load()
        for event in await restore.routing_events(self.world.hub):
            if isinstance(event, AgentProfileSet) and event.profile.agent_id == user_id:
                self.world.routing.apply(event)

    def person(self, **headers: str) -> "Person":
        person = Person(self.origin, headers)
        self.people.append(person)
        return person

    async def signed_in(self, user_id: str, *roles: str) -> "Person":
        if self.world.hub.staff.get(user_id) is None:
            await self.hire(user_id, *(roles or ("agent",)))
        person = self.person()
        answer = await person.sign_in(user_id)
        assert answer.status_code == 200, answer.text
        return person


class Person:
    """A browser: cookies, CSRF token and, once connected, a live page."""

    def __init__(self, origin: str, headers: dict[str, str]) -> None:
        self.http = httpx2.AsyncClient(
            base_url=origin, headers={"Origin": origin, **headers}, timeout=ANSWER_SECONDS
        )
        self.origin = origin
        self.socket = socketio.AsyncClient(reconnection=False)
        self.position = -1
        self.state: State = {}
        self.snapshots = 0
        self.gaps = 0
        self.closing: list[str] = []
        self.frame = asyncio.Event()
        self.socket.on("snapshot", self._snapshot)
        self.socket.on("feed", self._feed)
        self.socket.on("closing", self._closing)

    async def sign_in(self, login: str, password: str = PASSWORD) -> httpx2.Response:
        body = {"login": login, "password": password}
        answer = await self.http.post("/api/sign-in", json=body)
        if answer.status_code == 200:
            self.http.headers["X-CSRF"] = answer.json()["csrf"]
        return answer

    async def connect(self, *, origin: str | None = None) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        await self.socket.connect(
            self.origin, headers={"Origin": origin or self.origin, "Cookie": cookies},
            transports=["websocket"], socketio_path=PATH, wait_timeout=int(ANSWER_SECONDS),
        )  # fmt: skip

    async def hello(self, topic: str = "desk") -> None:
        before = self.snapshots
        answer = await self.socket.call("hello", {"topic": topic}, timeout=ANSWER_SECONDS)
        assert answer == {"ok": True}, answer
        await self.until(lambda: self.snapshots > before)

    async def do(self, command: str, **args: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self.socket.call(
            "do", {"command": command, "args": args}, timeout=ANSWER_SECONDS
        )
        return answer

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(ANSWER_SECONDS):
            while not true():
                self.frame.clear()
                await self.frame.wait()

    def _snapshot(self, said: dict[str, Any]) -> None:
        self.position, self.state = said["position"], said["state"]
        self.snapshots += 1
        self.frame.set()

    def _feed(self, said: dict[str, Any]) -> None:
        if said["before"] != self.position:
            self.gaps += 1
            return
        self.state = follow(self.state, self.position, said)
        self.position = said["position"]
        self.frame.set()

    def _closing(self, said: dict[str, str]) -> None:
        self.closing.append(said["reason"])
        self.frame.set()

    async def leave(self) -> None:
        await self.socket.disconnect()
        await self.http.aclose()


@pytest_asyncio.fixture
async def served(world: World, tmp_path: Path) -> AsyncIterator[Served]:
    """The console on a free port."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    settings = ConsoleSettings(origins=frozenset({origin}), hosts=frozenset({f"127.0.0.1:{port}"}))
    console = make_console(world.hub, settings)
    await console.start()
    shelf = Shelf({"test": document({"a": menu("p", "p")})}, KNOWN)
    flows = PhoneFlows(shelf, lambda: KNOWN.always_open)
    assistant = tiny_editor(tmp_path, world.clock)
    served_routes = routes(console, flows, assistant)
    app = Guard(console.socket_app(Starlette(routes=served_routes)), settings)
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="websockets-sansio")
    )
    running = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    served = Served(world, console, origin, shelf, flows, assistant)
    yield served
    for person in served.people:
        await person.leave()
    server.should_exit = True
    await running
    await console.desk_pages.settled()
    await console.stop()
