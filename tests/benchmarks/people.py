"""Visitors and agents of a measurement: they speak the real protocols and cost little."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.bank import WIDGET, Bank
from tests.benchmarks.wsclient import Socket, connect

_ids = itertools.count()
WORDS = "I have a question about my card, please help me with it today"


def fresh_id() -> str:
    """A message id as the widget makes it: begins with the time."""
    return f"m{int(time.time() * 1000):x}-{next(_ids):x}"


class Visitor:
    """A page of the chat widget."""

    def __init__(self) -> None:
        self.socket: Socket
        self.resume = ""
        self.conversation = ""
        self.cursor = 0
        self.phase = ""
        self.on_ack: Callable[[], None] = lambda: None
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def come(self, bank: Bank, *, resume: str = "", token: str = "") -> dict[str, Any]:
        """Connect and say hello, with the bank's token as who it names; returns the welcome."""
        headers = {"Origin": bank.origin}
        self.socket = await connect(bank.port, "/chat/socket", headers)
        self.socket.listen(self._heard)
        hello: dict[str, Any] = {"type": "hello", "widget": WIDGET, "lang": "en"}
        if token:
            hello["token"] = token
        if resume:
            hello |= {"resume": resume, "conversation": self.conversation, "cursor": self.cursor}
        welcome = await self._ask("welcome", hello)
        self.resume, self.conversation = welcome["resume"], welcome["conversation"]
        return welcome

    async def wait_for(self, kind: str) -> dict[str, Any]:
        """The next frame of a kind."""
        future = self._waiting.setdefault(kind, asyncio.get_running_loop().create_future())
        return await asyncio.wait_for(asyncio.shield(future), 60)

    async def ask_for_a_person(self) -> None:
        """Through the bot's menu into the line."""
        self.send({"type": "begin", "id": fresh_id()})
        await self.wait_for_phase("bot")
        text = "I want to talk to a person"
        self.send({"type": "say", "id": fresh_id(), "text": text})
        await self.wait_for_phase("queue", "agent")

    async def wait_for_phase(self, *phases: str) -> None:
        """Wait until the hub says that the Contact is there."""
        for _ in range(1200):
            if self.phase in phases:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(f"still {self.phase}, not {phases}")

    def send(self, frame: dict[str, Any]) -> None:
        """Send any frame."""
        self.socket.send(json.dumps(frame).encode())

    def say(self) -> None:
        """One message of the usual length."""
        frame = f'{{"type":"say","id":"{fresh_id()}","text":"{WORDS}"}}'
        self.socket.send(frame.encode())

    async def _ask(self, kind: str, frame: dict[str, Any]) -> dict[str, Any]:
        self._waiting[kind] = asyncio.get_running_loop().create_future()
        self.send(frame)
        return await self.wait_for(kind)

    def _heard(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"ack"'):
            self.on_ack()
            return
        frame = json.loads(payload)
        kind = frame["type"]
        if kind == "state":
            self.phase = frame["phase"]
        elif kind == "welcome":
            self.phase = frame["state"]["phase"]
        elif kind == "msg":
            self.cursor = frame["seq"]
        waiting = self._waiting.pop(kind, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)


class Agent:
    """A desk page over Socket.IO, frames made by hand."""

    def __init__(self) -> None:
        self.socket: Socket
        self.delivered = 0
        self.on_delivery: Callable[[bytes], None] | None = None
        self.offers_seen = 0
        self.on_offer: Callable[[bytes], None] | None = None
        self._opened: asyncio.Future[None]
        self._snapshot: asyncio.Future[None]

    async def come(self, bank: Bank, token: str) -> None:
        """Connect, say hello, be available and accept whatever is offered."""
        loop = asyncio.get_running_loop()
        self._opened, self._snapshot = loop.create_future(), loop.create_future()
        await self._connect(bank, token)
        await asyncio.wait_for(self._opened, 20)
        self.socket.send(b'420["hello",{"topic":"desk"}]')
        await asyncio.wait_for(self._snapshot, 20)
        self.do("set_presence", presence="available", reason="")

    async def _connect(self, bank: Bank, token: str) -> None:
        headers = {"Origin": bank.origin, "Cookie": f"hub-session={token}"}
        path = "/console/socket.io/?EIO=4&transport=websocket"
        self.socket = await connect(bank.port, path, headers)
        self.socket.listen(self._heard)

    def do(self, command: str, **arguments: str) -> None:
        """Send a command; its answer is not waited for."""
        packet = json.dumps(["do", {"command": command, "args": arguments}])
        self.socket.send(f"421{packet}".encode())

    def _heard(self, payload: bytes) -> None:
        if payload.startswith(b'42["feed"'):
            self.delivered += payload.count(b'["add","messages"')
            if self.on_delivery is not None:
                self.on_delivery(payload)
            if b'["put","offers"' in payload:
                self._offered(payload)
        elif payload == b"2":
            self.socket.send(b"3")
        elif payload.startswith(b"0"):
            self.socket.send(b"40")
        elif payload.startswith(b"40") and not self._opened.done():
            self._opened.set_result(None)
        elif payload.startswith(b'42["snapshot"') and not self._snapshot.done():
            self._snapshot.set_result(None)

    def _offered(self, payload: bytes) -> None:
        self.offers_seen += 1
        if self.on_offer is not None:
            self.on_offer(payload)
        for op in json.loads(payload[2:])[1]["ops"]:
            if op[0] == "put" and op[1] == "offers":
                self.do("accept", reservation_id=op[2])


async def in_talk(bank: Bank, visitors: int) -> tuple[list[Visitor], list[Agent]]:
    """So many visitors, each in a talk with an agent of the bank."""
    agents = [Agent() for _ in bank.tokens]
    for agent, token in zip(agents, bank.tokens, strict=True):
        await agent.come(bank, token)
    guests = [Visitor() for _ in range(visitors)]
    for guest in guests:
        await guest.come(bank)
        await guest.ask_for_a_person()
    for guest in guests:
        await guest.wait_for_phase("agent")
    return guests, agents
