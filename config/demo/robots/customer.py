"""A robot customer: opens the chat as a page does, asks, talks, leaves, and rates."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.demo.robots import phrases
from hub.ports import Clock, NewId

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 240.0
SILENT_SECONDS = 150.0
STOP_WAITING = "stop_waiting"
"""A frame from the switch, among those of the hub."""


@dataclass(eq=False)
class RobotCustomer:
    """One visit; `run` ends with it."""

    origin: str
    widget: str
    clock: Clock
    new_id: NewId
    dice: Random
    language: str = "en"
    token: str | None = None
    """The bank's word for who it is; None: a guest."""
    gives_up: bool = False
    """Leaves while it waits."""
    on_start: Callable[[], None] = lambda: None
    socket: ClientConnection | None = None
    said: int = 0
    asked: bool = False
    has_agent: bool = False
    rated: bool = False
    phase: str = ""
    frames: asyncio.Queue[dict[str, Any] | None] = field(default_factory=asyncio.Queue)
    matter: phrases.Matter = field(init=False)

    def __post_init__(self) -> None:
        self.matter = self.dice.choice(phrases.MATTERS)

    def stop_waiting(self) -> None:
        """Leave unless an agent has it; an open talk goes on to its end."""
        self.frames.put_nowait({"type": STOP_WAITING})

    async def run(self) -> None:
        """Visit once."""
        url = self.origin.replace("http", "ws", 1) + "/chat/socket"
        async with connect(
            url,
            origin=self.origin,  # type: ignore[arg-type]
            compression=None,
            proxy=None,
            ping_interval=None,
        ) as socket:
            self.socket = socket
            reader = asyncio.create_task(self._read(socket))
            try:
                try:
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        await self._visit()
                except TimeoutError:
                    await self._leave()
                except asyncio.CancelledError:
                    await self._leave()
                    raise
            except ConnectionClosed:
                return
            finally:
                reader.cancel()

    async def _read(self, socket: ClientConnection) -> None:
        """Take frames as they come: while it types, the talk may end."""
        try:
            async for packet in socket:
                frame = json.loads(packet)
                if frame["type"] == "state":
                    self.phase = frame["phase"]
                self.frames.put_nowait(frame)
        except ConnectionClosed:
            pass
        self.frames.put_nowait(None)

    async def _visit(self) -> None:
        hello: dict[str, Any] = {"type": "hello", "widget": self.widget, "lang": self.language}
        if self.token is not None:
            hello["token"] = self.token
        await self._send(hello)
        while (frame := await self._next()) is not None:
            if await self._hear(frame):
                return

    async def _hear(self, frame: dict[str, Any]) -> bool:
        """Answer a frame; True ends the visit."""
        kind = frame["type"]
        if kind == "welcome":
            self.on_start()
            await self._send({"type": "begin", "id": self.new_id("key")})
        elif kind == "msg":
            return await self._hear_message(frame)
        elif kind == "state":
            return await self._hear_state(frame)
        elif kind == STOP_WAITING and not self.has_agent:
            await self._leave()
            return True
        elif kind == "refused":
            log.info("robot_refused", code=frame["code"])
            await self._leave()
        return kind in ("refused", "bye", "resync")

    async def _hear_message(self, frame: dict[str, Any]) -> bool:
        speaker = frame["speaker"]
        if speaker == "bot" and not self.has_agent:
            await self._ask_bot()
        elif speaker == "agent":
            self.has_agent = True
            await self._send({"type": "seen", "seq": frame["seq"]})
            await self._reply()
        return False

    async def _ask_bot(self) -> None:
        await self._pause(1.0, 3.0)
        if not self.asked:
            self.asked = True
            await self._say(self.matter.opening[self.language])
        elif self.phase == "bot" and self.said < 4:
            await self._say(phrases.PERSON[self.language])

    async def _reply(self) -> None:
        await self._send({"type": "typing", "on": True})
        await self._pause(2.0, 6.0)
        follow_ups = self.matter.follow_ups[self.language]
        count = self.said - 1
        if 0 <= count - 1 < len(follow_ups):
            await self._say(follow_ups[count - 1])
        else:
            await self._say(self.dice.choice(phrases.THANKS[self.language]))

    async def _hear_state(self, frame: dict[str, Any]) -> bool:
        match frame["phase"]:
            case "queue" if self.gives_up:
                await self._pause(4.0, 15.0)
                await self._leave()
                return True
            case "rate" if not self.rated:
                self.rated = True
                await self._pause(1.5, 4.0)
                if self.dice.random() < 0.7:
                    await self._rate(frame["survey"])
                return True
            case "closed":
                return self.said > 0
        return False

    async def _rate(self, survey_id: str) -> None:
        score = self.dice.choices((5, 4, 3, 2, 1), (50, 28, 12, 6, 4))[0]
        key = self.new_id("key")
        await self._send({"type": "rate", "id": key, "survey": survey_id, "score": score})
        await self._next()

    async def _leave(self) -> None:
        """Nobody shall wait for a robot that is gone."""
        await self._send({"type": "leave", "id": self.new_id("key")})
        await self._next()

    async def _say(self, text: str) -> None:
        if self.phase in ("rate", "closed"):
            return  # a word now would begin anew
        self.said += 1
        await self._send({"type": "say", "id": self.new_id("key"), "text": text})

    async def _send(self, frame: dict[str, Any]) -> None:
        if self.socket is not None:
            await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def _next(self) -> dict[str, Any] | None:
        async with asyncio.timeout(SILENT_SECONDS):
            return await self.frames.get()

    async def _pause(self, least: float, most: float) -> None:
        await self.clock.sleep(self.dice.uniform(least, most))
