"""The socket to the media process: it comes back by itself, asks, hears, and acknowledges.

An event is acknowledged once the hub has stored it. Events of one Leg are heard in their order,
those of different legs beside each other.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import structlog

from channels.phone.embedded.settings import EmbeddedSettings
from channels.phone.local import LINE_BYTES, shared_secret, socket_path
from hub.domain.calls import LegEvent, Program
from hub.domain.calls_codec import from_wire, to_wire
from hub.domain.errors import HubError, Invalid, NotFound, Refused
from hub.ports import Clock, SendLater

AGAIN_SECONDS = 0.25
HEAR_AGAIN_SECONDS = 1.0
_ERRORS: Mapping[str, type[HubError]] = {"NotFound": NotFound, "Invalid": Invalid}

log = structlog.get_logger(__name__)

Hear = Callable[[LegEvent], Awaitable[Program | None]]


class Agree(Protocol):
    """Both sides agree which legs live: those the process has, or none when it is gone."""

    async def __call__(self, *, is_there: bool) -> None:
        """Do it."""


Note = Callable[[Mapping[str, Any]], None]


class MediaLink:
    """One connection at a time."""

    def __init__(
        self, settings: EmbeddedSettings, clock: Clock, *, hear: Hear, agree: Agree, note: Note
    ) -> None:
        """`agree` is called after each reconnect; `note` gets what pages should show."""
        self._settings, self._clock = settings, clock
        self._hear, self._agree, self._note = hear, agree, note
        self._writer: asyncio.StreamWriter | None = None
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._lines: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._hearers: dict[str, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[None]] = set()

    @property
    def is_up(self) -> bool:
        """Whether the process is there."""
        return self._writer is not None

    async def ask(self, do: str, **words: Any) -> Any:
        """Return the answer; raise `SendLater` when the process is away, or its refusal."""
        if self._writer is None:
            raise SendLater("engine_away")
        self._number += 1
        number = self._number
        future = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            self._send({"id": number, "do": do, **words})
            async with asyncio.timeout(self._settings.ask_seconds):
                return await future
        except TimeoutError:
            raise SendLater("engine_slow") from None
        finally:
            self._asked.pop(number, None)

    async def run(self) -> None:
        """Keep the connection until cancelled, then say that the hub goes."""
        away_since, has_lost = self._clock.monotonic(), False
        try:
            while True:
                if await self._connected():
                    away_since, has_lost = self._clock.monotonic(), False
                is_long = self._clock.monotonic() - away_since >= self._settings.lost_seconds
                if is_long and not has_lost:
                    has_lost = True
                    await self._safely(self._agree(is_there=False))
                await self._clock.sleep(AGAIN_SECONDS)
        finally:
            for task in [*self._hearers.values(), *self._others]:
                task.cancel()

    async def _connected(self) -> bool:
        """Serve one connection to its end; False when there was none."""
        folder = self._settings.folder
        try:
            secret = await asyncio.to_thread(shared_secret, folder)
            path = socket_path(folder)
            reader, writer = await asyncio.open_unix_connection(path, limit=LINE_BYTES)
        except OSError:
            return False
        self._writer = writer
        try:
            self._send({"secret": secret})
            log.info("media_connected")
            self._spawn(self._agreement())
            while line := await reader.readline():
                self._take(json.loads(line))
        except (OSError, ValueError) as error:
            log.warning("media_socket_broke", error=type(error).__name__)
        except asyncio.CancelledError:
            self._send({"do": "leave"})  # without calls it need not wait for us
            raise
        finally:
            self._lost(writer)
        return True

    async def _agreement(self) -> None:
        with suppress(SendLater):
            await self.ask("check")
            # What was not told before the break is here now: it says more than a Leg's absence.
            await asyncio.gather(*self._hearers.values(), return_exceptions=True)
            await self._safely(self._agree(is_there=True))

    def _lost(self, writer: asyncio.StreamWriter) -> None:
        self._writer = None
        writer.close()
        log.info("media_disconnected")
        for future in self._asked.values():
            if not future.done():
                future.set_exception(SendLater("engine_away"))

    def _take(self, message: dict[str, Any]) -> None:
        if "event" in message:
            self._stand_in_line(message)
        elif "note" in message:
            self._note(message)
        else:
            self._answered(message)

    def _answered(self, message: dict[str, Any]) -> None:
        future = self._asked.get(message.get("id", 0))
        if future is None or future.done():
            return
        if "refused" in message:
            kind = _ERRORS.get(message.get("as", ""), Refused)
            future.set_exception(kind(message["refused"], message.get("detail", "")))
        else:
            future.set_result(message.get("ok"))

    def _stand_in_line(self, message: dict[str, Any]) -> None:
        leg_id = message["event"]["leg_id"]
        line = self._lines.setdefault(leg_id, asyncio.Queue())
        line.put_nowait(message)
        if leg_id not in self._hearers:
            self._hearers[leg_id] = asyncio.create_task(self._work_off(leg_id, line))

    async def _work_off(self, leg_id: str, line: asyncio.Queue[dict[str, Any]]) -> None:
        try:
            while not line.empty():
                message = line.get_nowait()
                program = await self._heard(from_wire(message["event"]))
                self._acknowledge(message, program)
        finally:
            del self._lines[leg_id], self._hearers[leg_id]

    async def _heard(self, event: LegEvent) -> Program | None:
        """Hear it as often as it takes to store it."""
        while True:
            try:
                return await self._hear(event)
            except NotFound as unknown:
                log.info("event_of_unknown_leg", leg_id=event.leg_id, code=unknown.code)
                return None
            except Exception:  # told again until the hub has heard it
                log.exception("event_not_heard", leg_id=event.leg_id, word=type(event).__name__)
                await self._clock.sleep(HEAR_AGAIN_SECONDS)

    def _acknowledge(self, message: dict[str, Any], program: Program | None) -> None:
        self._send(
            {
                "got": message["n"],
                "leg_id": message["event"]["leg_id"],
                "key": message["event"]["key"],
                "program": None if program is None else to_wire(program),
            }
        )

    def _send(self, message: Mapping[str, Any]) -> None:
        if self._writer is not None:
            self._writer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    async def _safely(self, work: Awaitable[None]) -> None:
        try:
            await work
        except SendLater:
            raise
        except Exception:  # agreed upon at the next connection
            log.exception("legs_not_agreed")
