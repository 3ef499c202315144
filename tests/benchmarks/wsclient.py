"""A WebSocket client that costs little: hand-made frames, one parser, no task per message.

Its mask is zero, which RFC 6455 allows a client to draw and which leaves payloads as they are.
"""

import asyncio
import base64
import os
from collections.abc import Callable, Mapping
from typing import cast

OnText = Callable[[bytes], None]
OPEN_SECONDS = 30.0
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One masked client frame."""
    n = len(payload)
    if n < 126:
        return bytes((0x80 | opcode, 0x80 | n)) + b"\0\0\0\0" + payload
    return bytes((0x80 | opcode, 0xFE)) + n.to_bytes(2, "big") + b"\0\0\0\0" + payload


class Socket(asyncio.Protocol):
    """One connection. Text frames are kept until somebody listens."""

    def __init__(self, request: bytes) -> None:
        self._early: list[bytes] = []
        self._on_text: OnText = self._early.append
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._buffer = b""
        self._up = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        for waiting in (self.opened, self.closed):
            if not waiting.done():
                waiting.set_result(None)

    def listen(self, on_text: OnText) -> None:
        """Give the payload of each text frame, the kept ones first."""
        self._on_text = on_text
        for payload in self._early:
            on_text(payload)

    def send(self, text: bytes) -> None:
        """Send one text frame."""
        self._transport.write(frame(text))

    def close(self) -> None:
        """Drop the connection."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Cut the stream into frames."""
        buffer = self._buffer + data if self._buffer else data
        if not self._up:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            if b" 101 " not in head[:16]:
                self.opened.set_exception(ConnectionError(head[:120].decode("latin1")))
                self.close()
                return
            self._up = True
            self.opened.set_result(None)
        self._buffer = self._frames(buffer)

    def _frames(self, buffer: bytes) -> bytes:
        at, size = 0, len(buffer)
        while size - at >= 2:
            length, head = buffer[at + 1] & 127, 2
            if length == 126:
                length, head = int.from_bytes(buffer[at + 2 : at + 4], "big"), 4
            elif length == 127:
                length, head = int.from_bytes(buffer[at + 2 : at + 10], "big"), 10
            if size - at < head + length:
                break
            opcode = buffer[at] & 15
            payload = buffer[at + head : at + head + length]
            at += head + length
            if opcode == TEXT:
                self._on_text(payload)
            elif opcode == PING:
                self._transport.write(frame(payload, PONG))
            elif opcode == CLOSE:
                self._transport.close()
        return buffer[at:]


async def connect(port: int, path: str, headers: Mapping[str, str] | None = None) -> Socket:
    """Open a WebSocket on loopback; raises `ConnectionError` when it is refused."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
        "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]  # fmt: skip
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: Socket(request), "127.0.0.1", port)
    async with asyncio.timeout(OPEN_SECONDS):
        await socket.opened
    return socket
