"""An agent's page for tests: sign-in over HTTP, then the console feed over a real Socket.IO."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from agent_console.feed.apply import State, apply_all
from config.demo.robots.agent import Pass, sign_in
from config.demo.robots.socket_io import SocketIo
from tests.support.hub_server import HubServer

T = TypeVar("T")
Answer = dict[str, Any]
PATIENCE_SECONDS = 10.0


class DeskClient:
    """One tab. `state` is what the page would show; `until` waits for something in it."""

    def __init__(self, held: Pass) -> None:
        self.held = held
        self.state: State = {}
        self.position = -1
        self.closing: str | None = None
        """Why the hub ends this page, once it has said so."""
        self._line: SocketIo | None = None
        self._changed = asyncio.Event()
        self._topic = "desk"

    async def open(self, hub: HubServer, *, topic: str = "desk", origin: str | None = None) -> None:
        """Connect and ask for the snapshot."""
        headers = {"Origin": origin or hub.origin, "Cookie": self.held.cookie}
        url = f"{hub.socket_url}/console/socket.io"
        self._line = await SocketIo.open(url, headers, self._heard)
        self._topic = topic
        answer = await self.line.ask("hello", {"topic": topic})
        if answer["ok"]:
            await self.until(lambda state: state or None)

    @property
    def line(self) -> SocketIo:
        """The connection, once open."""
        assert self._line is not None
        return self._line

    async def do(self, command: str, **args: Any) -> Answer:
        """Give a command; returns its acknowledgement, also a refusal."""
        answer: Answer = await self.line.ask("do", {"command": command, "args": args})
        return answer

    async def must(self, command: str, **args: Any) -> Answer:
        """Give a command that is carried out; returns its result."""
        answer = await self.do(command, **args)
        assert answer["ok"], answer
        result: Answer = answer["result"]
        return result

    async def until(
        self, look: Callable[[State], T | None], seconds: float = PATIENCE_SECONDS
    ) -> T:
        """Return what `look` finds in the state, as soon as it finds something."""
        async with asyncio.timeout(seconds):
            while (found := look(self.state)) is None:
                self._changed.clear()
                await self._changed.wait()
        return found

    async def until_closed(self, seconds: float) -> str | None:
        """Wait for the hub to end this page; returns the reason it gave."""
        async with asyncio.timeout(seconds):
            await self.line.closed()
        return self.closing

    async def available(self) -> None:
        """Take contacts from now on."""
        await self.must("set_presence", presence="available", reason="")

    async def offer(self, but: frozenset[str] = frozenset()) -> Answer:
        """The next offer, `but` those of these contacts."""
        return await self.until(lambda s: _first(s, "offers", but))

    async def accept_next(self, but: frozenset[str] = frozenset()) -> Answer:
        """Accept the next offer; returns the contact as the page shows it."""
        offer = await self.offer(but)
        await self.must("accept", reservation_id=offer["reservation_id"])
        key = offer["contact_id"]
        return await self.until(lambda s: s["contacts"].get(key))

    def texts(self, conversation_id: str) -> dict[int, str]:
        """The words of a conversation as this page shows them, by number."""
        messages: Any = self.state["messages"].get(conversation_id, ())
        return {one["seq"]: one["text"] for one in messages}

    async def close(self) -> None:
        """Close the tab."""
        if self._line is not None:
            await self._line.close()

    def _heard(self, name: str, frame: Any) -> None:
        if name == "snapshot":
            self.state, self.position = frame["state"], frame["position"]
        elif name == "feed":
            # A gap cannot be on a socket that keeps order: a page would say hello again.
            assert frame["before"] == self.position, "the feed has a gap"
            self.state = apply_all(self.state, frame["ops"])
            self.position = frame["position"]
        elif name == "closing":
            self.closing = frame["reason"]
        self._changed.set()


def _first(state: State, collection: str, but: frozenset[str]) -> Answer | None:
    found = state.get(collection, {}).values()
    return next((one for one in found if one["contact_id"] not in but), None)


@asynccontextmanager
async def desk_of(
    hub: HubServer, login: str, *, available: bool = True, held: Pass | None = None
) -> AsyncIterator[DeskClient]:
    """Open a tab of an employee of the demo bank; `held` opens one more in the same browser."""
    if held is None:
        held = await asyncio.to_thread(sign_in, hub.origin, login)
    desk = DeskClient(held)
    try:
        await desk.open(hub)
        if available:
            await desk.available()
        yield desk
    finally:
        await desk.close()
