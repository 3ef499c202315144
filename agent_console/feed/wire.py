"""Writing to one page's socket with no task and no queue, as long as it reads.

`send` of an ASGI server finishes at once while the connection takes bytes. We drive that
coroutine by hand, which costs a tenth of an emit; only when it has to wait do we make a task for
it and keep what comes after in a queue. A queue that grows past its bounds is thrown away: the
page then gets a new snapshot as soon as it reads again, so a slow page costs bounded memory.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from typing import Any

from agent_console.metrics import written

AsgiSend = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_CHARACTERS = 1_000_000
MOST_PACKETS = 2_000


class Wire:
    """A page's socket. `lagged` is called once when it reads again after losing packets."""

    def __init__(
        self,
        send: AsgiSend,
        lagged: Callable[[], None],
        *,
        most_characters: int = MOST_CHARACTERS,
        most_packets: int = MOST_PACKETS,
    ) -> None:
        self._send = send
        self._lagged = lagged
        self._most_characters = most_characters
        self._most_packets = most_packets
        self._queue: deque[str] = deque()
        self._characters = 0
        self._draining: asyncio.Task[None] | None = None
        self._lost = False
        self.closed = False

    def write(self, packet: str) -> None:
        """Send a packet, or keep it in order behind those that wait."""
        if self.closed or self._lost:
            return
        if self._draining is not None:
            self._keep(packet)
            return
        written.packets += 1
        written.characters += len(packet)
        sending = _coroutine(self._send({"type": "websocket.send", "text": packet}))
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # whatever the server raises, the page is gone
            self.close()
            return
        self._draining = asyncio.get_running_loop().create_task(self._drain(sending, waits_for))

    def close(self) -> None:
        """Forget the socket; nothing is written any more."""
        self.closed = True
        self._forget()

    @property
    def waiting_packets(self) -> int:
        """How many packets wait for the page to read."""
        return len(self._queue)

    def _keep(self, packet: str) -> None:
        self._queue.append(packet)
        self._characters += len(packet)
        if len(self._queue) > self._most_packets or self._characters > self._most_characters:
            self._lost = True
            self._forget()

    def _forget(self) -> None:
        self._queue.clear()
        self._characters = 0

    async def _drain(self, sending: Coroutine[Any, Any, None], waits_for: object) -> None:
        try:
            await _Resumed(sending, waits_for)
            while self._queue:
                packet = self._queue.popleft()
                self._characters -= len(packet)
                await self._send({"type": "websocket.send", "text": packet})
        except Exception:  # as above
            self.close()
            return
        finally:
            self._draining = None
        if self._lost and not self.closed:
            self._lost = False
            self._lagged()


class _Resumed:
    """The rest of a coroutine that was begun outside a task and waits for `waits_for`."""

    def __init__(self, begun: Coroutine[Any, Any, None], waits_for: object) -> None:
        self._begun = begun
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._waits_for
        while True:
            got = yield waits_for
            try:
                waits_for = self._begun.send(got)
            except StopIteration:
                return


def _coroutine(sending: Awaitable[None]) -> Coroutine[Any, Any, None]:
    if isinstance(sending, Coroutine):
        return sending

    async def wait() -> None:
        await sending

    return wait()
