"""Receiving by a short way the frame that nearly all frames of a page are: a whole text.

Measured there and back, without the kernel's part: 12.5 us by the general way, most of it in the
incremental parser and in a queue made for many readers, and 5 by this one; nor is the reading of
the socket stopped and started for each frame. All that is rare (handshake, fragments, control
frames, faults, the end) is uvicorn's own. It must find its parser between two frames at any time,
so it is given whole frames only.
"""

import asyncio
from typing import Any, Final, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import apply_mask  # type: ignore[attr-defined]  # bound in a try
from websockets.protocol import State

Event = dict[str, Any]

EVENTS_WAITING: Final = 16
"""Frames that may wait for the application before the socket is read no further."""
_WHOLE_TEXT: Final = 0x81
_MASKED: Final = 0x80
_MASK_BYTES: Final = 4
_TWO_BYTES: Final = 126
_EIGHT_BYTES: Final = 127
_LONGEST: Final = 0xFFFF


class Inbox:
    """What has arrived for one application: `asyncio.Queue` is for many, and takes 2 KiB."""

    __slots__ = ("_events", "_reader")

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._reader: asyncio.Future[None] | None = None

    def put_nowait(self, event: Event) -> None:
        """Add an event and wake who waits for it."""
        self._events.append(event)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Event:
        """Return the next event, in order."""
        while not self._events:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._events.pop(0)

    def empty(self) -> bool:
        """Tell whether nothing waits."""
        return not self._events

    def __len__(self) -> int:
        return len(self._events)


class Receiving(WebSocketsSansIOProtocol):
    """The receiving half of a WebSocket."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._inbox = Inbox()
        self.queue = cast(Any, self._inbox)
        self._longest = min(self.config.ws_max_size, _LONGEST)
        self._part: bytearray | None = None
        """The beginning of a frame whose rest has not come yet."""
        self._wanted = 0

    def data_received(self, data: bytes) -> None:
        """Take bytes: the request at first, then frames, of which only whole ones go further."""
        if not self.handshake_initiated:
            super().data_received(data)
            return
        if self._part is not None:
            self._part += data
            if len(self._part) < self._wanted:
                return
            data, self._part = bytes(self._part), None
        at = 0
        while at < len(data):
            end = self._end_of(data, at)
            if end > len(data):
                self._part, self._wanted = bytearray(data[at:]), end - at
                return
            if not self._take_text(data, at, end):
                super().data_received(data[at:end])
            at = end

    def _end_of(self, data: bytes, at: int) -> int:
        """Return where the frame ends, or its header if that is not all here yet."""
        body = at + 2
        if body > len(data):
            return body
        size = data[at + 1] & ~_MASKED
        if size >= _TWO_BYTES:
            begin, body = body, body + (2 if size == _TWO_BYTES else 8)
            if body > len(data):
                return body
            size = int.from_bytes(data[begin:body], "big")
            if size > self.config.ws_max_size:
                return len(data)  # refused for its header alone; we keep nothing of it
        return body + size + (_MASK_BYTES if data[at + 1] & _MASKED else 0)

    def _take_text(self, data: bytes, at: int, end: int) -> bool:
        """Hand a text to the application; False for any other frame, which is uvicorn's."""
        conn = self.conn
        is_between_messages = conn.state is State.OPEN and conn.current_size is None
        if data[at] != _WHOLE_TEXT or not is_between_messages:
            return False
        size = data[at + 1] - _MASKED
        mask = at + (4 if size == _TWO_BYTES else 2)
        if not 0 <= size < _EIGHT_BYTES or end - mask - _MASK_BYTES > self._longest:
            return False
        body = mask + _MASK_BYTES
        try:
            text = apply_mask(data[body:end], data[mask:body]).decode()
        except UnicodeDecodeError:
            return False
        self._inbox.put_nowait({"type": "websocket.receive", "text": text})
        if len(self._inbox) >= EVENTS_WAITING and not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()
        return True
