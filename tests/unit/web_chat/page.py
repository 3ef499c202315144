"""A page without a browser: speaks the protocol to the adapter's ASGI application."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from channels.web_chat.adapter import WebChat
from channels.web_chat.settings import WebChatSettings, Widget
from hub.journey import answer, converse
from hub.journey.context import Hub
from hub.journey.messages import Posted, messages_of
from hub.journey.widget_keys import seed_keys
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from hub.signals.in_process import InProcessSignal
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.world import World

ORIGIN = "https://bank.example"
SECRET = base64.b64encode(bytes(range(32))).decode()
WIDGET = Widget(id="demo", origins=frozenset({ORIGIN}))
OTHER = Widget(id="other", origins=frozenset({"https://other.example"}))

Frame = dict[str, Any]


def settings(**changes: Any) -> WebChatSettings:
    """Two widgets of two sites, and limits a test may change."""
    return WebChatSettings(**{"widgets": {"demo": WIDGET, "other": OTHER}, **changes})


class Page:
    """One socket of a customer; `seen` keeps all frames, `next` takes each one once."""

    def __init__(
        self, adapter: WebChat, *, origin: str = ORIGIN, address: str = "10.0.0.1"
    ) -> None:
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.seen: list[Frame] = []
        self._unread: list[Frame] = []
        self._news = asyncio.Event()
        self.closed: int | None = None
        self.may_send = asyncio.Event()
        self.may_send.set()
        scope = {
            "type": "websocket",
            "path": "/chat/socket",
            "headers": [(b"origin", origin.encode())],
            "client": (address, 50000),
        }
        self._outbox.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(adapter.socket(scope, self._outbox.get, self._heard))

    async def _heard(self, event: dict[str, Any]) -> None:
        await self.may_send.wait()
        if event["type"] == "websocket.send":
            frame = json.loads(event["text"])
            self.seen.append(frame)
            self._unread.append(frame)
            self._news.set()
        elif event["type"] == "websocket.close":
            self.closed = event["code"]
            self._outbox.put_nowait({"type": "websocket.disconnect", "code": event["code"]})

    def send(self, **frame: Any) -> None:
        """Send a frame."""
        self.send_text(json.dumps(frame))

    def send_text(self, text: str) -> None:
        """Send any text."""
        self._outbox.put_nowait({"type": "websocket.receive", "text": text})

    def send_bytes(self, data: bytes) -> None:
        """Send a binary frame."""
        self._outbox.put_nowait({"type": "websocket.receive", "bytes": data})

    async def next(self, kind: str, **like: Any) -> Frame:
        """Take the first frame of a kind with these values; others stay for later."""
        async with asyncio.timeout(5):
            while True:
                for frame in self._unread:
                    if frame["type"] == kind and like.items() <= frame.items():
                        self._unread.remove(frame)
                        return frame
                self._news.clear()
                await self._news.wait()

    async def given(self, last_seq: int) -> list[int]:
        """Return the numbers of all messages this page was given, once `last_seq` is there."""
        async with asyncio.timeout(5):
            while True:
                views = [
                    view
                    for frame in self.seen
                    if frame["type"] in ("msg", "welcome", "ack")
                    for view in frame.get("messages", [frame])
                ]
                numbers = [view["seq"] for view in views]
                if last_seq in numbers:
                    return numbers
                self._news.clear()
                await self._news.wait()

    async def hello(self, **more: Any) -> Frame:
        """Say hello and return the welcome."""
        self.send(**{"type": "hello", "widget": "demo", "lang": "en"} | more)
        return await self.next("welcome")

    async def drop(self) -> None:
        """Lose the network."""
        self._outbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self.task


class Site:
    """The adapter at work, and pages that open on it."""

    def __init__(self, adapter: WebChat, hub: Hub, world: World) -> None:
        self.adapter, self.hub, self.world = adapter, hub, world
        self.pages: list[Page] = []

    def open(self, *, origin: str = ORIGIN, address: str = "10.0.0.1") -> Page:
        """Open a page."""
        page = Page(self.adapter, origin=origin, address=address)
        self.pages.append(page)
        return page

    async def greeted(self) -> tuple[Page, Frame]:
        """Open a page whose visitor has been greeted by the bot."""
        page = self.open()
        welcome = await page.hello()
        page.send(type="begin", id="b1")
        await page.next("done", id="b1")
        await self.world.settle()
        return page, welcome


@asynccontextmanager
async def site(
    world: World, *, keys: Sequence[str] = (SECRET,), **changes: Any
) -> AsyncIterator[Site]:
    """Run the adapter on a world until the block ends; `keys` are those of the demo's widget."""
    signed = SignedLinks(fresh_key_ring())
    await seed_keys(world.hub, "demo", "HS256", list(keys))
    hub = replace(world.hub, signal=InProcessSignal())
    adapter = WebChat(hub, settings(**changes), signed)
    running = asyncio.create_task(adapter.run())
    await world.clock.settle()
    opened = Site(adapter, hub, world)
    try:
        yield opened
    finally:
        for page in opened.pages:
            page.may_send.set()
            if not page.task.done():
                await page.drop()
        running.cancel()
        await asyncio.wait([running])


async def with_agent(opened: Site, page: Page, agent_id: str = "amara") -> str:
    """Lead the visitor to an agent; returns the Contact."""
    await opened.world.add_agent(agent_id)
    page.send(type="say", id="ask", text="an agent please")
    await page.next("ack", id="ask")
    await opened.world.settle()
    offer = await opened.world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(opened.world.hub, agent_id, offer)
    await page.next("state", phase="agent")
    rows = await opened.world.hub.reader.rows(find(Contact, "id", owner_agent_id=agent_id))
    return str(rows[0][0])


async def agent_says(world: World, contact_id: str, text: str) -> Posted:
    """The agent writes."""
    return await converse.say(
        world.hub, "amara", contact_id=contact_id, key=f"key-{text}", text=text
    )


async def texts(world: World, conversation_id: str) -> list[str]:
    """All texts of a Conversation, in order."""
    return [str(m.body["text"]) for m in await messages_of(world.hub, conversation_id)]
