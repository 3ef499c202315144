"""One page's socket: frames in, in their order; frames out, bounded."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog

from channels.phone.embedded.protocol import BadFrame, Frame, read_frame
from hub.domain.errors import HubError, Refused
from hub.ports import SendLater
from hub.security.rate_limit import RateLimit

if TYPE_CHECKING:
    from channels.phone.embedded.exchange import Exchange

AsgiEvent = dict[str, Any]
AsgiReceive = Callable[[], Awaitable[AsgiEvent]]
AsgiSend = Callable[[AsgiEvent], Awaitable[None]]

NO_HELLO: Final = 4408
NOT_THE_PROTOCOL: Final = 4400
REPLACED: Final = 4409
TOO_SLOW: Final = 1013
LEAVING: Final = frozenset({1000, 1001, 1005})
"""Codes of a page that goes on purpose: closed, or on its way to another address."""
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

log = structlog.get_logger(__name__)


class Who:
    """What a welcomed page may ask for; callers and desks differ."""

    async def carry_out(self, frame: Frame) -> None:
        """Do what a frame asks; raise `Refused`."""
        raise Refused("hello_first")

    async def gone(self, *, is_leaving: bool) -> None:
        """The socket is closed; `is_leaving` when the page went on purpose."""


class PageSocket:
    """`Page` of the exchange."""

    def __init__(self, exchange: "Exchange", send: AsgiSend, *, origin: str) -> None:
        settings = exchange.settings
        self.exchange, self.origin = exchange, origin
        self.who = Who()
        self._asgi_send = send
        self._frames: asyncio.Queue[AsgiEvent] = asyncio.Queue(settings.queued_frames_most)
        clock = exchange.hub.clock
        self._limit = RateLimit(clock, settings.frames_per_second, settings.frames_burst)
        self._faults = 0
        self._is_closing = False

    async def serve(self, receive: AsgiReceive) -> None:
        """Handle frames until the socket closes."""
        writer = asyncio.create_task(self._write())
        code = 1006
        try:
            code = await self._read(receive)
        finally:
            # A hub that stops does not end the call; a page that leaves does.
            self._is_closing = True
            writer.cancel()
            self.exchange.pages.leave(self)
            await self.who.gone(is_leaving=code in LEAVING)

    def send(self, frame: Mapping[str, Any]) -> None:
        """Send a frame; who does not read is cut off."""
        self._put({"type": "websocket.send", "text": _encode(frame)})

    def close(self, code: int, why: str) -> None:
        """Say why, then close."""
        if not self._is_closing:
            self.send({"type": "bye", "code": why})
            self._put({"type": "websocket.close", "code": code})
            self._is_closing = True

    def replaced(self) -> None:
        """A newer page of the same person took its place."""
        self.who = Who()
        self.close(REPLACED, "replaced")

    async def _read(self, receive: AsgiReceive) -> int:
        hello = self.exchange.settings.hello_seconds
        waiting = asyncio.ensure_future(self.exchange.hub.clock.sleep(hello))
        waiting.add_done_callback(self._hello_is_late)
        try:
            while True:
                event = await receive()
                if event["type"] == "websocket.disconnect":
                    return int(event.get("code") or 1005)
                if not self._is_closing:
                    await self._take(event.get("text"))
        finally:
            waiting.cancel()

    def _hello_is_late(self, waited: asyncio.Future[None]) -> None:
        if not waited.cancelled() and type(self.who) is Who:
            self.close(NO_HELLO, "no_hello")

    async def _take(self, text: str | None) -> None:
        try:
            if text is None:
                raise BadFrame("bad_frame")
            frame = read_frame(text)
            if not self._limit.allow():
                raise BadFrame("too_many")
        except BadFrame as bad:
            self._fault(bad)
            return
        try:
            await self._carry_out(frame)
        except SendLater as away:
            self.refuse(frame, str(away))
        except HubError as refused:
            self.refuse(frame, refused.code)
        except Exception:  # the page is told; its call goes on
            log.exception("phone_page_failed", word=frame["type"])
            self.refuse(frame, "internal")

    async def _carry_out(self, frame: Frame) -> None:
        if frame["type"] == "ping":
            self.send({"type": "pong"})
        elif frame["type"] == "hello":
            if type(self.who) is not Who:
                raise Refused("already_welcomed")
            self.who = await self.exchange.welcome(self, frame)
            self.send({"type": "welcome", "server_now": self.exchange.hub.clock.now()})
        else:
            await self.who.carry_out(frame)

    def refuse(self, frame: Frame, code: str) -> None:
        """Tell that a frame was not carried out."""
        self.send({"type": "refused", "id": frame.get("id"), "code": code})

    def _fault(self, bad: BadFrame) -> None:
        self._faults += 1
        self.send({"type": "refused", "id": None, "code": bad.code, "field": bad.field})
        if self._faults >= self.exchange.settings.faults_most:
            self.close(NOT_THE_PROTOCOL, "not_the_protocol")

    def _put(self, event: AsgiEvent) -> None:
        if self._is_closing:
            return
        if self._frames.full():
            while not self._frames.empty():
                self._frames.get_nowait()
            self._is_closing = True
            event = {"type": "websocket.close", "code": TOO_SLOW}
        self._frames.put_nowait(event)

    async def _write(self) -> None:
        with suppress(Exception):  # the peer is gone; the reading half hears of it
            while True:
                await self._asgi_send(await self._frames.get())
