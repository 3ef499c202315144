"""Whatever a page of staff could be made to send: a clear code or the end of that socket alone."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from config.demo.robots.agent import Pass, sign_in
from tests.support.chat_client import page_of
from tests.support.desk_client import desk_of
from tests.support.hub_server import HubServer

PATH = "/console/socket.io/?EIO=4&transport=websocket"
ENDS_SECONDS = 5.0


class Line:
    """A raw Engine.IO connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def join(self) -> None:
        """Connect to the default namespace."""
        await self.next("0")
        await self.socket.send("40")
        await self.next("40")

    async def next(self, begins: str) -> str:
        """The next packet that begins so; pings are answered."""
        while True:
            packet = str(await asyncio.wait_for(self.socket.recv(), ENDS_SECONDS))
            if packet.startswith(begins):
                return packet

    async def ask(self, body: str, number: int = 7) -> Any:
        """Send the body of an event that wants an answer; returns it."""
        await self.socket.send(f"42{number}{body}")
        return json.loads((await self.next(f"43{number}"))[3:])[0]

    async def ended(self) -> None:
        """Wait until the hub ends it."""
        async with asyncio.timeout(ENDS_SECONDS):
            await self.socket.wait_closed()


def dial(hub: HubServer, *, held: Pass | None, origin: str | None) -> connect:
    headers = {"Cookie": held.cookie} if held else {}
    return connect(
        hub.socket_url + PATH, origin=origin, additional_headers=headers,  # type: ignore[arg-type]
        compression=None, proxy=None, max_size=None, open_timeout=10,
    )  # fmt: skip


async def _sign_in(hub: HubServer, login: str = "tom") -> Pass:
    return await asyncio.to_thread(sign_in, hub.origin, login)


async def test_strangers_and_other_sites_get_no_socket(demo_bank: HubServer) -> None:
    held = await _sign_in(demo_bank)
    forged = Pass("hub-session=" + "A" * 43, "", "")
    tries: list[tuple[Pass | None, str | None]] = [
        (held, "https://evil.example"), (held, "null"), (held, None),
        (held, demo_bank.origin + ".evil.example"), (None, demo_bank.origin),
        (forged, demo_bank.origin),
    ]  # fmt: skip
    for who, origin in tries:
        with pytest.raises((InvalidStatus, ConnectionClosed)):
            async with dial(demo_bank, held=who, origin=origin) as socket:
                await Line(socket).join()
    for path in ("/console/socket.io/?EIO=4&transport=polling", "/nowhere", "/chat/socket/"):
        with pytest.raises(InvalidStatus):
            async with connect(
                demo_bank.socket_url + path, proxy=None,
                origin=demo_bank.origin,  # type: ignore[arg-type]
            ):  # fmt: skip
                pass


FAULTS = {
    "broken": '["do",{"command":',
    "nan": '["do",{"command":"seen","args":{"seq":NaN}}]',
    "infinity": '["do",{"command":"seen","args":{"seq":1e999}}]',
    "duplicate keys": '["do",{"command":"end","command":"say"}]',
    "deep": '["do",' + "[" * 3_000 + "]" * 3_000 + "]",
    "lone surrogate": '["do",{"command":"\\ud800"}]',
    "huge number": '["do",{"args":' + "9" * 5_000 + "}]",
    "unknown command": '["do",{"command":"become_admin","args":{}}]',
    "unknown field": '["do",{"command":"end","args":{"contact_id":"a","agent_id":"b"}}]',
    "unknown beside": '["do",{"command":"end","args":{"contact_id":"a"},"user_id":"b"}]',
    "sender from the page": '["do",{"command":"say","args":{"contact_id":"a","key":"12345678",'
    '"text":"x","speaker":"customer"}}]',
    "object for text": '["do",{"command":"say","args":{"contact_id":{"$gt":""},"key":"12345678",'
    '"text":"x"}}]',
    "list for text": '["do",{"command":"note","args":{"contact_id":"a","key":"12345678",'
    '"text":["x"]}}]',
    "number for a flag": '["do",{"command":"typing","args":{"contact_id":"a","on":1}}]',
    "text for a number": '["do",{"command":"seen","args":{"contact_id":"a","seq":"1"}}]',
    "too long": json.dumps(["do", {"command": "note", "args": {
        "contact_id": "a", "key": "12345678", "text": "x" * 9_000}}]),
    "unknown presence": '["do",{"command":"set_presence","args":{"presence":"reconnecting"}}]',
    "no argument": '["do"]',
    "null": '["do",null]',
    "unknown topic": '["hello",{"topic":"admin"}]',
    "not my topic": '["hello",{"topic":"wallboard"}]',
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
async def test_a_faulty_event_gets_a_code_and_the_socket_goes_on(
    demo_bank: HubServer, name: str
) -> None:
    async with dial(demo_bank, held=await _sign_in(demo_bank), origin=demo_bank.origin) as socket:
        line = Line(socket)
        await line.join()
        answer = await line.ask(FAULTS[name])
        assert answer["ok"] is False
        assert answer["code"]
        assert "x" * 100 not in answer.get("detail", "")
        assert (await line.ask('["hello",{"topic":"desk"}]', 8))["ok"]


ENDING = {
    "binary event": '451-["do",{"_placeholder":true,"num":0}]',
    "other namespace": "40/admin,",
    "event elsewhere": '42/admin,["do",{}]',
    "answer to nothing": '437["yes"]',
    "no packet": "4",
    "unknown type": "49",
    "long number": '42' + "9" * 40 + '["do",{}]',
    "connect twice": "40",
}  # fmt: skip


@pytest.mark.parametrize("name", ENDING)
async def test_a_packet_no_page_sends_ends_that_socket(demo_bank: HubServer, name: str) -> None:
    async with AsyncExitStack() as lines:
        held = await _sign_in(demo_bank)
        bystander = await lines.enter_async_context(
            desk_of(demo_bank, "sara", available=False)
        )  # fmt: skip
        socket = await lines.enter_async_context(
            dial(demo_bank, held=held, origin=demo_bank.origin)
        )  # fmt: skip
        line = Line(socket)
        await line.join()
        await socket.send(ENDING[name])
        await line.ended()
        assert (await bystander.do("set_presence", presence="break", reason=""))["ok"]


async def test_ten_megabytes_and_raw_bytes_end_that_socket(demo_bank: HubServer) -> None:
    held = await _sign_in(demo_bank)
    for frame in ("42" + "x" * 10_000_000, b"\x00" * 10_000_000, b"\xff" * 10):
        async with dial(demo_bank, held=held, origin=demo_bank.origin) as socket:
            line = Line(socket)
            await line.join()
            try:
                await socket.send(frame)
            except ConnectionClosed:
                continue
            await line.ended()


async def test_a_flood_ends_that_socket_and_hurts_nobody(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as customer, desk_of(demo_bank, "sara", available=False) as desk:
        await customer.hello()
        held = await _sign_in(demo_bank)
        async with dial(demo_bank, held=held, origin=demo_bank.origin) as socket:
            line = Line(socket)
            await line.join()
            event = '2["do",{"command":"set_presence","args":{"presence":"break"}}]'
            with pytest.raises(ConnectionClosed):
                await _flood(socket, "4" + event)
        async with asyncio.timeout(2.0):
            assert (await customer.say("unharmed"))["type"] == "ack"
            assert (await desk.do("set_presence", presence="break", reason=""))["ok"]


async def _flood(socket: ClientConnection, packet: str) -> None:
    for _ in range(1_000):
        await socket.send(packet)
    while True:
        await socket.recv()


async def test_a_page_that_is_too_fast_is_told_to_wait(demo_bank: HubServer) -> None:
    async with desk_of(demo_bank, "mina", available=False) as desk:
        answers = [await desk.do("leave", contact_id="unknown") for _ in range(80)]
        codes = {answer["code"] for answer in answers}
        assert codes == {"no_contact", "too_many"}
