"""A customer's page for tests: the chat protocol over a real WebSocket."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.support.hub_server import HubServer

_ids = itertools.count(1)
Frame = dict[str, Any]


class ChatClient:
    """One socket. `ask` sends a frame and returns the answer of a kind."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[Frame] = []

    async def send(self, **frame: Any) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def send_raw(self, text: str) -> None:
        """Send what is not a frame."""
        await self.socket.send(text)

    async def next(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; the others are kept in `seen`."""
        while True:
            frame: Frame = json.loads(await self.socket.recv())
            self.seen.append(frame)
            if not kinds or frame["type"] in kinds:
                return frame

    async def ask(self, *kinds: str, **frame: Any) -> Frame:
        """Send a frame, wait for an answer of one of these kinds."""
        await self.send(**frame)
        return await self.next(*kinds)

    async def hello(self, widget: str = "demo", **more: Any) -> Frame:
        """Say hello; returns `welcome` or the refusal."""
        return await self.ask("welcome", "refused", type="hello", widget=widget, lang="en", **more)

    async def say(self, text: str, *, key: str | None = None) -> Frame:
        """Say something; returns `ack` or the refusal."""
        return await self.ask("ack", "refused", type="say", id=key or fresh_id(), text=text)

    async def until_phase(self, *phases: str) -> Frame:
        """Wait for a state of one of these phases."""
        while True:
            state = await self.next("state")
            if state["phase"] in phases:
                return state

    async def ask_for_a_person(self, text: str = "I would like to talk to a person") -> Frame:
        """Say something that leads to a queue; returns the state in it.

        The bot may have given up on earlier words: then it is there already, and said so before.
        """
        assert (await self.say(text))["type"] == "ack"
        states = [frame for frame in self.seen if frame["type"] == "state"]
        if states and states[-1]["phase"] in ("queue", "agent"):
            return states[-1]
        return await self.until_phase("queue", "agent")

    async def leave(self) -> None:
        """End the contact, so that nobody waits for this page."""
        await self.ask("done", type="leave", id=fresh_id())

    async def all_messages(self) -> dict[int, Frame]:
        """Everything the hub has for this page, by number, read as a page scrolls up."""
        found: dict[int, Frame] = {}
        before = 2**31 - 1
        while True:
            page = await self.ask("page", type="more", before=before)
            found |= {one["seq"]: one for one in page["messages"]}
            if not page["more"]:
                return dict(sorted(found.items()))
            before = page["messages"][0]["seq"]


def fresh_id() -> str:
    """A message id no one else uses."""
    return f"t{next(_ids):08d}"


@asynccontextmanager
async def page_of(hub: HubServer, *, origin: str | None = None) -> AsyncIterator[ChatClient]:
    """Open a socket as a page of an origin; the hub's own demo site when none is named."""
    async with connect(
        f"{hub.socket_url}/chat/socket", proxy=None, compression=None, open_timeout=10,
        origin=origin or hub.origin,  # type: ignore[arg-type]
    ) as socket:  # fmt: skip
        yield ChatClient(socket)
