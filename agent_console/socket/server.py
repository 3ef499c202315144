"""The Socket.IO server: sign-in at the handshake, `hello`, `do`, and an end within seconds.

Commands of one page are taken in order. The feed never goes through `emit`: see `feed/wire.py`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any

import structlog

from agent_console.commands.command import Desk
from agent_console.commands.run import Answer, do, refusal
from agent_console.commands.table import COMMANDS
from agent_console.feed.encoding import closing_frame
from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.feed.wire import Wire
from agent_console.feed.worker import Worker
from agent_console.gate import Gate
from agent_console.metrics import SOCKETS
from agent_console.rights import DESK, WALLBOARD, require_topic, viewer_now
from agent_console.settings import ConsoleSettings
from agent_console.socket.library import socketio
from agent_console.socket.packets import MOST_BYTES, Kind, check
from agent_console.socket.page import Page
from agent_console.socket.presence import DeskPages
from hub.domain.errors import Forbidden, HubError
from hub.security.csrf import origin_allowed
from hub.security.rate_limit import RateLimit

log = structlog.get_logger(__name__)

PATH = "console/socket.io"
PACKETS_PER_SECOND = 50.0
PACKETS_AT_ONCE = 200

CLOSING_SECONDS = 2.0
POLICY_VIOLATION = 1008

# The library reports broken input with a stack trace each; we judge input before it does.
_quiet = logging.getLogger("agent_console.socketio")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


class ConsoleServer(socketio.AsyncServer):  # type: ignore[misc]
    """`socketio.AsyncServer` with our own door: who is not signed in gets no socket at all."""

    def __init__(
        self,
        needs: Needs,
        worker: Worker,
        desk: Desk,
        gate: Gate,
        pages: DeskPages,
        settings: ConsoleSettings,
    ) -> None:
        super().__init__(
            async_mode="asgi",
            transports=["websocket"],
            allow_upgrades=False,
            cors_allowed_origins=sorted(settings.origins),
            max_http_buffer_size=MOST_BYTES,
            async_handlers=False,
            logger=_quiet,
            engineio_logger=_quiet,
        )
        self._needs = needs
        self._worker = worker
        self._desk = desk
        self._gate = gate
        self._desk_pages = pages
        self._settings = settings
        self._pages: dict[str, Page] = {}
        self._by_sid: dict[str, Page] = {}
        self.on("connect", self._connect)
        self.on("hello", self._hello)
        self.on("do", self._do)

    @property
    def pages(self) -> list[Page]:
        """All open pages."""
        return list(self._pages.values())

    async def close_page(self, page: Page, reason: str) -> None:
        """Say why, then end the socket."""
        if page.closing:
            return
        page.closing = True
        if page.stream is not None:
            page.stream.wire.write(closing_frame(reason))
        # Bounded, for a page that reads no more would hold up the end of all others.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                if page.sid is not None:
                    await self.disconnect(page.sid)
                await self.eio.disconnect(page.eio_sid)
                await _hang_up(page)

    # -- the library calls these; they are its own seams (pinned below 6) ------------------------

    async def _handle_eio_connect(self, eio_sid: str, environ: Mapping[str, Any]) -> bool | None:
        clock = self._needs.hub.clock
        if not origin_allowed(environ.get("HTTP_ORIGIN"), self._settings.origins):
            return False
        signed_in = await self._gate.by_cookies(environ.get("HTTP_COOKIE", ""))
        if signed_in is None or signed_in.owes is not None:
            return False
        limit = self._settings
        self._pages[eio_sid] = Page(
            eio_sid,
            signed_in,
            environ["asgi.send"],
            RateLimit(clock, limit.commands_per_second, limit.commands_at_once),
            RateLimit(clock, PACKETS_PER_SECOND, PACKETS_AT_ONCE),
            used_at=clock.now(),
        )
        await super()._handle_eio_connect(eio_sid, environ)
        return None

    async def _handle_eio_message(self, eio_sid: str, data: object) -> None:
        page = self._pages.get(eio_sid)
        if page is None or page.closing:
            return
        checked = check(data) if page.packets.allow() else None
        if checked is None or (checked.kind is Kind.CONNECT and page.sid is not None):
            log.warning("page_cut_off", user_id=page.user_id)
            await self.close_page(page, "bad_packets")
            return
        if checked.fault is None:
            await super()._handle_eio_message(eio_sid, data)
        elif checked.ack_id:
            answer = socketio.packet.Packet(
                socketio.packet.ACK, id=int(checked.ack_id), data=[refusal(checked.fault)]
            )
            await self._send_packet(eio_sid, answer)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        page = self._pages.pop(eio_sid, None)
        if page is not None:
            self._by_sid.pop(page.sid or "", None)
            self._leave(page)
            if page.has_phone:
                self._desk_pages.phone_lost(page.user_id)
        await super()._handle_eio_disconnect(eio_sid, reason)

    # -- what pages say --------------------------------------------------------------------------

    async def _connect(self, sid: str, environ: Mapping[str, Any], _auth: object = None) -> bool:
        page = self._pages.get(self.manager.eio_sid_from_sid(sid, "/"))
        if page is None:
            return False
        page.sid = sid
        self._by_sid[sid] = page
        return True

    async def _hello(self, sid: str, said: object = None) -> Answer:
        page = self._by_sid[sid]
        if not page.commands.allow():
            return refusal("too_many", "wait a moment")
        topic = said.get("topic") if isinstance(said, dict) and len(said) == 1 else None
        if topic not in (DESK, WALLBOARD):
            return refusal("invalid", "topic")
        try:
            viewer = viewer_now(self._needs.hub, page.user_id)
            require_topic(viewer, topic)
        except Forbidden as error:
            return refusal(error.code, error.detail)
        stream = page.stream
        if stream is None or stream.topic != topic:
            self._leave(page)
            stream = page.stream = self._open(page, topic)
            self._needs.streams.add(stream)
            SOCKETS.labels(topic).inc()
            if topic == DESK:
                self._desk_pages.came(page.user_id)
        stream.viewer = viewer
        self._worker.hello(stream)
        return {"ok": True}

    def _open(self, page: Page, topic: str) -> Stream:
        viewer = page.signed_in.viewer

        def lagged() -> None:
            self._worker.hello(stream, "lag")

        wire = Wire(page.send, lagged)
        stream = Stream(
            viewer, topic, wire, lambda file_id: self._desk.tickets.href(viewer, file_id)
        )
        return stream

    def _leave(self, page: Page) -> None:
        stream, page.stream = page.stream, None
        if stream is None:
            return
        stream.wire.close()
        self._needs.streams.remove(stream)
        SOCKETS.labels(stream.topic).dec()
        if stream.topic == DESK:
            self._desk_pages.lost(page.user_id)

    async def _do(self, sid: str, said: object = None) -> Answer:
        page = self._by_sid[sid]
        if not page.commands.allow():
            return refusal("too_many", "wait a moment")
        name = said.get("command") if isinstance(said, dict) else None
        command = COMMANDS.get(name) if isinstance(name, str) else None
        if command is not None and not command.cheap:
            page.used_at = self._needs.hub.clock.now()
            try:
                await self._gate.touch(page.signed_in.session.id)
            except HubError as error:
                return refusal(error.code, error.detail)

        async def is_proved() -> bool:
            return await self._gate.is_proved_lately(page.signed_in.token)

        answer = self._of_another_phone(page, said) if name == "tell_phone" else None
        answer = answer or await do(self._desk, page.user_id, said, is_proved=is_proved)
        if name == "tell_phone" and answer["ok"] and isinstance(said, dict):
            self._note_phone(page, is_here=said["args"]["on"] is True)
        return answer

    def _of_another_phone(self, page: Page, said: object) -> Answer | None:
        """A page without the phone says nothing of the one in another window."""
        is_off = isinstance(said, dict) and said.get("args") == {"on": False}
        if not is_off or page.has_phone or not any(one.has_phone for one in self._same(page)):
            return None
        return {"ok": True, "result": {}}

    def _note_phone(self, page: Page, *, is_here: bool) -> None:
        """Of an agent's pages one has the phone: the last that told so."""
        for one in self._same(page):
            if is_here or one is page:
                one.has_phone = is_here and one is page

    def _same(self, page: Page) -> list[Page]:
        return [one for one in self._pages.values() if one.user_id == page.user_id]


async def _hang_up(page: Page) -> None:
    """End the WebSocket: the library asks the page to do it and waits up to a minute."""
    with contextlib.suppress(Exception):  # it has closed by itself
        await page.send({"type": "websocket.close", "code": POLICY_VIOLATION})
