"""From the log to the pages: each committed event becomes the frames its customer should see."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import structlog

from channels.web_chat import frames
from channels.web_chat.phase import place_in_line, place_of_customer
from channels.web_chat.settings import WebChatSettings
from channels.web_chat.sockets import Room, Rooms
from hub.domain.events import (
    ContactArrived,
    ContactClosed,
    ContactEvent,
    Logged,
    MessageAdded,
    MessageMasked,
    MessagesSeen,
    ReservationEvent,
)
from hub.domain.states import Audience
from hub.journey.context import Hub
from hub.journey.messages import MessageRead, messages_of

MARK = "•"
"""Stands for what was hidden before words were stored."""
READ_AT_ONCE = 200
ROOMS_AT_ONCE = 200
RETRY_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Feed:
    """Follows the log. Messages go out at once; states are read again, once per burst."""

    def __init__(self, hub: Hub, rooms: Rooms, settings: WebChatSettings) -> None:
        self._hub, self._rooms, self._settings = hub, rooms, settings
        self._changed: set[str] = set()
        self._wake = asyncio.Event()

    def heard(self, batch: Sequence[Logged]) -> None:
        """Take committed events, in commit order; does not block."""
        for logged in batch:
            event = logged.event
            if not isinstance(event, ContactEvent):
                continue
            room = self._rooms.get(event.conversation_id)
            if room is None:
                continue
            if isinstance(event, MessageAdded):
                if event.audience == Audience.EVERYONE:
                    self._message(room, event, logged.carried)
            elif isinstance(event, MessagesSeen):
                if event.by == "staff":
                    room.send(frames.seen(event.seq))
            elif isinstance(event, MessageMasked):
                room.masked.add(event.seq)
                self.look_again(room)
            elif not isinstance(event, ReservationEvent):
                # Whom it is offered to is not the customer's: they wait as before.
                self._moved(room, event)

    def heard_typing(self, payload: str) -> None:
        """Take an ephemeral word of the signal; it may be lost."""
        word = json.loads(payload)
        room = self._rooms.get(word["conversation_id"])
        if room is not None and word["by"] != "customer":
            room.send(frames.TYPING[bool(word["on"])])

    def look_again(self, room: Room) -> None:
        """Read the room's state soon and tell its pages if it is another."""
        self._changed.add(room.conversation_id)
        self._wake.set()

    def catch_up(self, room: Room) -> None:
        """Read the messages that the room's pages have not been given."""
        room.behind = True
        self.look_again(room)

    async def run(self) -> None:
        """Read again what changed, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            for conversation_id in changed:
                room = self._rooms.get(conversation_id)
                if room is not None:
                    await self._refresh(room)

    async def keep_places(self) -> None:
        """Tell those who wait when their place in line has changed, until cancelled."""
        while True:
            await self._hub.clock.sleep(self._settings.position_seconds)
            for number, room in enumerate(self._rooms):
                if room.phase.get("phase") == "queue" and room.contact_id is not None:
                    self.tell(room, room.phase | place_in_line(self._hub, room.contact_id))
                if number % ROOMS_AT_ONCE == ROOMS_AT_ONCE - 1:
                    await asyncio.sleep(0)

    def _message(self, room: Room, event: MessageAdded, carried: object) -> None:
        room.heard_seq = event.seq
        if room.behind:
            return  # whoever is catching up will read this one too, in its order
        if not isinstance(carried, MessageRead):
            self.catch_up(room)
            return
        self._give(room, carried)

    def _give(self, room: Room, read: MessageRead) -> None:
        text = ""
        for connection in room.connections:
            if not connection.live or read.seq <= connection.last_seq:
                continue
            connection.last_seq = read.seq
            if read.key in connection.sending and MARK not in read.body.get("text", ""):
                continue  # its own words as they were; the acknowledgement is on its way
            text = text or frames.message(read)
            connection.out.send(text)

    def _moved(self, room: Room, event: ContactEvent) -> None:
        room.changes += 1
        if isinstance(event, ContactArrived):
            room.contact_id = event.contact_id
        elif isinstance(event, ContactClosed) and room.contact_id == event.contact_id:
            room.contact_id = None
        self.look_again(room)

    async def _refresh(self, room: Room) -> None:
        try:
            if room.behind:
                await self._read_on(room)
            await self._show_masked(room)
            changes = room.changes
            place = await place_of_customer(self._hub, room.conversation_id)
            if room.changes == changes:
                room.contact_id = place.contact_id
                self.tell(room, place.phase)
        except Exception:  # the room is read again
            log.exception("web_chat_refresh_failed")
            await self._hub.clock.sleep(RETRY_SECONDS)
            self.look_again(room)

    async def _show_masked(self, room: Room) -> None:
        """Give once more what is stored with dots now; the page puts it in the old one's place."""
        for seq in sorted(room.masked):
            found = await messages_of(
                self._hub, room.conversation_id, after_seq=seq - 1, limit=1,
                audience=Audience.EVERYONE,
            )  # fmt: skip
            for read in found:
                room.send(frames.message(read))
            room.masked.discard(seq)

    async def _read_on(self, room: Room) -> None:
        while room.behind:
            heard = room.heard_seq
            given = [c.last_seq for c in room.connections if c.live]
            if not given or min(given) >= heard:
                room.behind = False
                return
            found = await messages_of(
                self._hub,
                room.conversation_id,
                after_seq=min(given),
                limit=READ_AT_ONCE,
                audience=Audience.EVERYONE,
            )
            for read in found:
                self._give(room, read)
            if len(found) < READ_AT_ONCE and room.heard_seq == heard:
                room.behind = False

    def tell(self, room: Room, phase: dict[str, Any]) -> None:
        """Tell the room's pages where their Contact is, unless they know."""
        if phase != room.phase:
            room.phase = phase
            if any(connection.live for connection in room.connections):
                room.send(frames.state(phase))
