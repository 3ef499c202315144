"""A customer and an agent who come back after every loss, and remember what was acknowledged.

What they were told is stored they never send again; all else they send again under its old key.
"""

import asyncio
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from config.demo.robots.agent import Pass
from tests.support.chat_client import ChatClient, page_of
from tests.support.desk_client import DeskClient
from tests.support.hub_server import HubServer

LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
AGAIN_SECONDS = 0.05
IN_FLIGHT = 4
OPENING = "I would like to talk to a person"


@dataclass
class Outbox:
    """Texts under their keys: waiting for an acknowledgement, or acknowledged with a number."""

    name: str
    waiting: dict[str, str] = field(default_factory=dict)
    acked: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    """Keys that were acknowledged with two numbers."""
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def write(self, text: str | None = None) -> str:
        """Make a text nobody else writes; returns its key."""
        number = next(self.numbers)
        key = f"{self.name}-key-{number:05d}"
        self.waiting[key] = self.texts[key] = text or f"{self.name} says {number}"
        return key

    def ack(self, key: str, seq: int) -> None:
        """Note what the hub promised."""
        if self.acked.setdefault(key, seq) != seq:
            self.twice.append(key)
        self.waiting.pop(key, None)


@dataclass
class TirelessCustomer:
    """Talks as fast as it is acknowledged until `done`."""

    hub: HubServer
    outbox: Outbox
    token: str | None = None
    resume: str | None = None
    conversation: str = ""
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    """All this page was ever shown or was acknowledged, by number."""
    refusals: set[str] = field(default_factory=set)
    connections: int = 0
    done: bool = False

    async def run(self) -> None:
        """Until done and everything is acknowledged."""
        while not (self.done and not self.outbox.waiting):
            try:
                async with asyncio.timeout(20), page_of(self.hub) as page:
                    await self._visit(page)
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
                await asyncio.sleep(AGAIN_SECONDS)

    async def look(self) -> None:
        """Come back once more and take what was missed."""
        async with page_of(self.hub) as page:
            await self._welcome(page)

    async def _welcome(self, page: ChatClient) -> None:
        more: dict[str, Any] = {}
        if self.resume is not None:
            more = {"resume": self.resume, "conversation": self.conversation}
            more["cursor"] = max(self.seen, default=0)
        elif self.token is not None:
            more = {"token": self.token}
        welcome = await page.hello(**more)
        assert welcome["type"] == "welcome", welcome
        self.connections += 1
        self.resume, self.conversation = welcome["resume"], welcome["conversation"]
        assert not welcome["fresh"] or not self.seen or self.connections == 1, "nothing to replay"
        self._show(welcome["messages"])

    async def _visit(self, page: ChatClient) -> None:
        await self._welcome(page)
        if not self.outbox.texts:
            self.outbox.write(OPENING)
        for key, text in tuple(self.outbox.waiting.items()):
            await page.send(type="say", id=key, text=text)
        while not (self.done and not self.outbox.waiting):
            while len(self.outbox.waiting) < IN_FLIGHT and not self.done:
                key = self.outbox.write()
                await page.send(type="say", id=key, text=self.outbox.waiting[key])
            await self._hear(page, await page.next("ack", "msg", "refused", "bye", "resync"))

    async def _hear(self, page: ChatClient, frame: dict[str, Any]) -> None:
        if frame["type"] == "ack":
            self.outbox.ack(frame["id"], frame["seq"])
            self._show([{"seq": frame["seq"], "text": self.outbox.texts[frame["id"]]}])
        elif frame["type"] == "msg":
            self._show([frame])
        elif frame["type"] == "refused":
            self.refusals.add(frame["code"])
            await asyncio.sleep(AGAIN_SECONDS)  # too fast: the same id again, a little later
            if text := self.outbox.waiting.get(frame["id"]):
                await page.send(type="say", id=frame["id"], text=text)

    def _show(self, messages: Iterable[dict[str, Any]]) -> None:
        for one in messages:
            shown = self.seen.setdefault(one["seq"], one)
            assert shown["text"] == one["text"], "a number changed its meaning"


@dataclass
class TirelessAgent:
    """Accepts every offer and answers in each of its contacts, until `done`."""

    hub: HubServer
    held: Pass
    outbox: Outbox
    contact_of: dict[str, str] = field(default_factory=dict)
    conversation_of: dict[str, str] = field(default_factory=dict)
    shown: dict[str, dict[int, str]] = field(default_factory=dict)
    """All words this desk was ever shown, by conversation and number."""
    refusals: set[str] = field(default_factory=set)
    done: bool = False

    async def run(self) -> None:
        """Until done and everything is acknowledged."""
        while not (self.done and not self.outbox.waiting):
            desk = DeskClient(self.held)
            try:
                async with asyncio.timeout(20):
                    await desk.open(self.hub)
                    await self._work(desk)
            except LOST:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise
                await asyncio.sleep(AGAIN_SECONDS)
            finally:
                self._note(desk)
                await desk.close()

    async def _work(self, desk: DeskClient) -> None:
        if desk.state["me"]["me"]["presence"] != "available":
            await desk.available()
        while not (self.done and not self.outbox.waiting):
            for offer in tuple(desk.state["offers"].values()):
                await desk.do("accept", reservation_id=offer["reservation_id"])
            for contact in tuple(desk.state["contacts"].values()):
                if contact["my_role"] == "owner" and not self.done:
                    self.contact_of[self.outbox.write()] = contact["id"]
                    self.conversation_of[contact["id"]] = contact["conversation_id"]
            await self._send(desk)
            self._note(desk)
            await asyncio.sleep(AGAIN_SECONDS)  # as often as a fast person

    async def _send(self, desk: DeskClient) -> None:
        for key, text in tuple(self.outbox.waiting.items()):
            answer = await desk.do("say", contact_id=self.contact_of[key], key=key, text=text)
            if answer["ok"]:
                self.outbox.ack(key, answer["result"]["seq"])
            else:
                self.refusals.add(answer["code"])
                if answer["code"] not in ("too_many", "busy"):
                    del self.outbox.waiting[key]

    def _note(self, desk: DeskClient) -> None:
        for conversation in desk.state.get("messages", {}):
            self.shown.setdefault(conversation, {}).update(desk.texts(conversation))
