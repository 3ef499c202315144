"""A small Socket.IO client on one WebSocket: enough for a robot at the console."""

import asyncio
import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

ANSWER_SECONDS = 10.0

Heard = Callable[[str, Any], None]
"""Event name and its argument."""


class SocketIo:
    """`async with SocketIo.open(url, headers, heard) as line: await line.ask("hello", {...})`."""

    def __init__(self, socket: ClientConnection, heard: Heard) -> None:
        self._socket = socket
        self._heard = heard
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._connected = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, url: str, headers: Mapping[str, str], heard: Heard) -> Self:
        """Connect and join the default namespace; raise `ConnectionClosed` when refused."""
        origin = headers["Origin"]
        others = {name: value for name, value in headers.items() if name != "Origin"}
        socket = await connect(
            f"{url}/?EIO=4&transport=websocket",
            origin=origin,  # type: ignore[arg-type]
            additional_headers=others,
            compression=None,
            proxy=None,
            ping_interval=None,
            max_size=None,
        )
        line = cls(socket, heard)
        line._reader = asyncio.create_task(line._read())
        await asyncio.wait_for(line._connected.wait(), ANSWER_SECONDS)
        return line

    async def ask(self, event: str, argument: Any) -> Any:
        """Emit and return the acknowledgement.

        Raises `ConnectionError` or `ConnectionClosed` when the connection ends before it comes.
        """
        number = next(self._numbers)
        future = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(f"42{number}{json.dumps([event, argument])}")
            return await asyncio.wait_for(future, ANSWER_SECONDS)
        finally:
            self._asked.pop(number, None)

    async def closed(self) -> None:
        """Wait until the connection is over."""
        await self._socket.wait_closed()

    async def close(self) -> None:
        """End the connection."""
        await self._socket.close()
        if self._reader is not None:
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for packet in self._socket:
                await self._take(str(packet))
        except ConnectionClosed:
            pass
        finally:
            for future in self._asked.values():
                if not future.done():
                    future.set_exception(ConnectionError("the line ended"))

    async def _take(self, packet: str) -> None:
        match packet[:2]:
            case p if p.startswith("0"):
                await self._socket.send("40")
            case p if p.startswith("2"):
                await self._socket.send("3")
            case "40":
                self._connected.set()
            case "42":
                name, *arguments = json.loads(packet[packet.index("[") :])
                self._heard(name, arguments[0] if arguments else None)
            case "43":
                start = packet.index("[")
                future = self._asked.get(int(packet[2:start]))
                if future is not None and not future.done():
                    future.set_result(next(iter(json.loads(packet[start:])), None))
