"""The socket to the hub: lines of JSON. What the hub has not acknowledged is told again.

    hub -> us   {"secret"}                         first; else the socket closes
                {"id", "do", ...}                  answered by {"id", "ok"} or {"id", "refused", ..}
                {"got", "leg_id", "key", "program"}  the event with this number is stored
    us -> hub   {"n", "event"}   {"leg", "user", "note"}   {"user", "note"}

One hub at a time: a newer connection replaces the older one.
"""

import asyncio
import hmac
import json
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog

from channels.phone.local import LINE_BYTES
from channels.phone.media.desk import Desk
from channels.phone.media.leg import Leg
from hub.domain.calls import LegEvent
from hub.domain.calls_codec import to_wire
from hub.domain.errors import HubError

SECRET_SECONDS = 5.0
MOST_UNSENT_BYTES = 8 * 1024 * 1024
log = structlog.get_logger(__name__)


class Control:
    """Serves one hub at a time."""

    def __init__(self, secret: str, make_desk: Callable[["Control"], Desk]) -> None:
        self._secret = secret
        self._writer: asyncio.StreamWriter | None = None
        self._untold: dict[int, dict[str, Any]] = {}
        self._number = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.left = asyncio.Event()
        """The hub said that it needs us no more."""
        self.desk = make_desk(self)

    @property
    def has_hub(self) -> bool:
        """Whether a hub is connected."""
        return self._writer is not None

    async def serve(self, path: Path) -> None:
        """Listen until cancelled; only our own user may connect."""
        forget(path)
        mask = os.umask(0o177)
        try:
            server = await asyncio.start_unix_server(self._connected, path, limit=LINE_BYTES)
        finally:
            os.umask(mask)
        async with server:
            await server.serve_forever()

    def emit(self, event: LegEvent) -> None:
        """Tell the hub, now or when it is back, until it has stored it."""
        self._number += 1
        told = {"n": self._number, "event": to_wire(event)}
        self._untold[self._number] = told
        self._send(told)

    def note_leg(self, leg: Leg, note: dict[str, Any]) -> None:
        """Tell the page of a Leg something that may be lost."""
        self._send({"leg": leg.leg_id, "user": leg.user_id, "note": note})

    def note_user(self, user_id: str, note: dict[str, Any]) -> None:
        """Tell the page of a member of staff something that may be lost."""
        self._send({"user": user_id, "note": note})

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the socket."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await self._is_hub(reader):
                await self._serve_hub(reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            log.info("hub_socket_broke", error=type(error).__name__)
        finally:
            if self._writer is writer:
                self._writer = None
            writer.close()

    async def _is_hub(self, reader: asyncio.StreamReader) -> bool:
        try:
            async with asyncio.timeout(SECRET_SECONDS):
                first = json.loads(await reader.readline() or b"{}")
        except TimeoutError:
            return False
        given = first.get("secret") if isinstance(first, dict) else None
        return isinstance(given, str) and hmac.compare_digest(given, self._secret)

    async def _serve_hub(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer = writer
        self.left.clear()
        log.info("hub_connected", untold=len(self._untold))
        for told in [*self._untold.values()]:
            self._send(told)
        while line := await reader.readline():
            asked = json.loads(line)
            if "got" in asked:
                self._got(asked)
            elif asked.get("do") == "leave":
                self.left.set()
            else:
                self.spawn(self._answer(asked))

    def _got(self, told: dict[str, Any]) -> None:
        self._untold.pop(told["got"], None)
        try:
            self.desk.answered(told.get("leg_id", ""), told.get("key", ""), told.get("program"))
        except HubError as error:
            log.error("answer_refused", code=error.code)

    async def _answer(self, asked: dict[str, Any]) -> None:
        try:
            answer = {"ok": await self.desk.ask(asked)}
        except HubError as error:
            answer = {"refused": error.code, "detail": error.detail, "as": type(error).__name__}
        except Exception:  # the hub is told; other calls go on
            log.exception("request_failed", do=str(asked.get("do"))[:40])
            answer = {"refused": "internal", "detail": "", "as": "Refused"}
        self._send({"id": asked.get("id"), **answer})

    def _send(self, message: dict[str, Any]) -> None:
        writer = self._writer
        if writer is None:
            return
        if writer.transport.get_write_buffer_size() > MOST_UNSENT_BYTES:
            log.error("hub_too_slow")
            self._writer = None
            writer.close()  # it comes back, and hears what it has not acknowledged
            return
        writer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")


def forget(path: Path) -> None:
    """Remove the socket of a process that is gone."""
    path.unlink(missing_ok=True)
