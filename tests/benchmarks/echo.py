"""The raw limit of a chat: a WebSocket that sends every frame back, on the same server library.

python -m tests.benchmarks.echo PORT     # the server
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

from tests.benchmarks.process import Server, free_port, running
from tests.benchmarks.wsclient import Socket, connect

SOCKETS, SECONDS = 64, 3.0
PAYLOAD = b'{"t":"say","id":"m000001","text":"I have a question about my card, please help me."}'
Message = MutableMapping[str, Any]


async def app(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Echo."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def messages_per_cpu_second(server: Server, port: int) -> float:
    """One message in flight on each of 64 sockets."""
    received = 0
    sockets: list[Socket] = []

    def reply(index: int) -> Callable[[bytes], None]:
        def on_text(_: bytes) -> None:
            nonlocal received
            received += 1
            sockets[index].send(PAYLOAD)

        return on_text

    for index in range(SOCKETS):
        sockets.append(await connect(port, "/"))
        sockets[index].listen(reply(index))
    spent = server.cpu_seconds()
    for socket in sockets:
        socket.send(PAYLOAD)
    await asyncio.sleep(SECONDS)
    count, spent = received, server.cpu_seconds() - spent
    for socket in sockets:
        socket.close()
    return count / spent


def measure() -> float:
    """Echoes per CPU-second of the server."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-m", "tests.benchmarks.echo", str(port)]
        with running(arguments, port, Path(folder) / "log") as server:
            time.sleep(0.2)
            return asyncio.run(messages_per_cpu_second(server, port))


if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[1]), loop="uvloop", ws="websockets-sansio",
        ws_per_message_deflate=False, log_level="warning", lifespan="off",
    )  # fmt: skip
