"""Sending to one socket: no task while it keeps up, a bounded queue while it does not."""

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Final

from channels.web_chat import frames

Message = dict[str, Any]
AsgiSend = Callable[[Message], Awaitable[None]]

TRY_AGAIN_LATER: Final = 1013
_NONE_WAITING: Final[deque[str]] = deque(maxlen=0)


class Outbound:
    """The sending half of a socket. `send` never blocks and never fails.

    The server's send coroutine is stepped by hand: it ends at once unless the reader is slow. Only
    then a task is made for the rest, and frames queue up to the limits; a reader who falls behind
    further is told `resync` and cut off: what it missed it gets again after its next hello.
    """

    __slots__ = (
        "_bytes", "_bytes_most", "_frames_most", "_on_close", "_send", "_waiting", "_writer",
        "closing",
    )  # fmt: skip

    def __init__(
        self,
        send: AsgiSend,
        *,
        frames_most: int,
        bytes_most: int,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_close` is told when a close is asked for: a stuck reader may have to be cut."""
        self._send, self._on_close = send, on_close
        self._frames_most, self._bytes_most = frames_most, bytes_most
        self._waiting = _NONE_WAITING
        self._bytes = 0
        self._writer: asyncio.Task[None] | None = None
        self.closing = False
        """A close was asked for, or the peer is gone: nothing more is sent."""

    def send(self, text: str) -> None:
        """Send a frame now, or as soon as the frames before it are gone."""
        if self.closing:
            return
        if self._writer is None:
            self._step({"type": "websocket.send", "text": text})
            return
        self._waiting.append(text)
        self._bytes += len(text)
        if len(self._waiting) > self._frames_most or self._bytes > self._bytes_most:
            self._waiting.clear()
            self._waiting.append(frames.RESYNC)
            self.close(TRY_AGAIN_LATER)

    def close(self, code: int) -> None:
        """Close the socket once the frames before are gone."""
        if self.closing:
            return
        self.closing = True
        self._on_close()
        message = {"type": "websocket.close", "code": code}
        if self._writer is None:
            self._step(message)
        else:
            self._writer = asyncio.create_task(self._close_after(self._writer, message))

    def abandon(self) -> None:
        """The peer is gone: forget what it will never read."""
        self.closing = True
        self._waiting = _NONE_WAITING
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None

    def _step(self, message: Message) -> None:
        sending = _coroutine(self._send(message))
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # servers raise what they like once the peer is gone
            self.closing = True  # the peer is gone; the receiving half hears of it too
            return
        self._waiting = deque()
        self._writer = asyncio.create_task(self._write(sending, waits_for))

    async def _write(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        """Finish a send that had to wait, then all that queued behind it."""
        try:
            await _rest(sending, waits_for)
            while self._waiting:
                text = self._waiting.popleft()
                self._bytes -= len(text)
                await self._send({"type": "websocket.send", "text": text})
        except Exception:  # servers raise what they like once the peer is gone
            self.closing = True
        self._bytes = 0
        if not self.closing:
            self._waiting, self._writer = _NONE_WAITING, None

    async def _close_after(self, writer: asyncio.Task[None], message: Message) -> None:
        await asyncio.wait([writer])
        try:
            await self._send(message)
        except Exception:  # servers raise what they like once the peer is gone
            return  # it has closed by itself


def _coroutine(awaitable: Awaitable[None]) -> Coroutine[Any, Any, None]:
    if isinstance(awaitable, Coroutine):
        return awaitable
    return _waiting_for(awaitable)


async def _waiting_for(awaitable: Awaitable[None]) -> None:
    await awaitable


@types.coroutine
def _rest(sending: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine whose first wait has been taken out of it already."""
    while True:
        step: Callable[[Any], Any] = sending.send
        try:
            value: Any = yield waits_for
        except BaseException as error:
            step, value = sending.throw, error
        try:
            waits_for = step(value)
        except StopIteration:
            return
