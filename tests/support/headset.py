"""A member of staff's headset without a browser: the desk's softphone by its real frames."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import websockets

from config.demo.robots.agent import Pass
from tests.support.http_client import call
from tests.support.hub_server import HubServer
from tests.support.webrtc import ToneCaller


@asynccontextmanager
async def headset_of(hub: HubServer, held: Pass, hz: float) -> AsyncIterator[ToneCaller]:
    """Connect the standing line of who is signed in; yields once it is up."""
    reply = await asyncio.to_thread(call, hub, "POST", "/api/softphone", data={}, held=held)
    assert reply.status == 200, reply.body
    grant, phone = reply.json, ToneCaller(hz)
    address = f"{hub.socket_url}{grant['endpoints'][0]}"
    async with websockets.connect(address, origin=websockets.Origin(hub.origin)) as socket:
        hello = {"type": "hello", "as": "agent", "token": grant["token"]}
        await socket.send(json.dumps(hello))
        assert (await _next(socket))["type"] == "welcome"
        await socket.send(json.dumps({"type": "up", "sdp": await phone.offer()}))
        await phone.answered((await _next(socket, "answer"))["sdp"])
        assert (await _next(socket, "softphone"))["up"]
        reading = asyncio.create_task(_read(socket))
        yield phone
        reading.cancel()
    await phone.close()


async def _next(socket: websockets.ClientConnection, kind: str = "") -> dict[str, Any]:
    async with asyncio.timeout(15):
        while True:
            frame: dict[str, Any] = json.loads(await socket.recv())
            assert frame["type"] != "refused", frame
            if kind in {"", frame["type"]}:
                return frame


async def _read(socket: websockets.ClientConnection) -> None:
    async for _ in socket:
        pass
