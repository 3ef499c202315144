"""What the sockets of this node share."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from typing import Any

from channels.web_chat.commands import COMMANDS, Command
from channels.web_chat.connection import Connection
from channels.web_chat.feed import Feed
from channels.web_chat.links import Links
from channels.web_chat.outbound import AsgiSend
from channels.web_chat.settings import WebChatSettings
from channels.web_chat.sockets import Rooms
from hub.journey.context import Hub
from hub.journey.widget_keys import WidgetKeys
from hub.security.signed_link import SignedLinks

NO_HELLO = 4408
TICK_SECONDS = 1.0
CLOSING_SECONDS = 5.0
"""How long a socket that was told to close may take before it is cut."""


class Chat:
    """Rooms, feed, limits and deadlines; handed to every connection."""

    def __init__(self, hub: Hub, settings: WebChatSettings, signed: SignedLinks) -> None:
        self.hub, self.settings = hub, settings
        self.rooms = Rooms()
        self.feed = Feed(hub, self.rooms, settings)
        self.links = Links(signed, hub.clock, settings)
        self.keys = WidgetKeys(hub)
        self.commands: Mapping[str, Command] = COMMANDS
        self.per_address: Counter[str] = Counter()
        self._deadlines: dict[Connection, float] = {}
        """One wheel for all sockets: due times of hellos and of closings."""
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, send: AsgiSend, *, origin: str, address: str) -> Connection:
        """Begin a connection; its hello is due."""
        connection = Connection(self, send, origin=origin, address=address)
        self.per_address[address] += 1
        self._set_deadline(connection, self.settings.hello_seconds)
        return connection

    def end(self, connection: Connection) -> bool:
        """Forget a connection; True when it was its Conversation's last page here."""
        connection.out.abandon()
        connection.live = False
        self._deadlines.pop(connection, None)
        self.per_address[connection.address] -= 1
        if self.per_address[connection.address] <= 0:
            del self.per_address[connection.address]
        return self.rooms.leave(connection)

    def admitted(self, connection: Connection) -> None:
        """The hello was accepted: no deadline any more."""
        self._deadlines.pop(connection, None)

    def watch_closing(self, connection: Connection) -> None:
        """See to it that a socket which shall close does."""
        self._set_deadline(connection, CLOSING_SECONDS)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something rare beside the sockets."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def keep_deadlines(self) -> None:
        """Close what is late, until cancelled."""
        while True:
            await self.hub.clock.sleep(TICK_SECONDS)
            now = self.hub.clock.monotonic()
            for connection in [c for c, due in self._deadlines.items() if due <= now]:
                del self._deadlines[connection]
                if not connection.out.closing:
                    connection.cut(NO_HELLO, "no_hello")
                elif connection.task is not None:
                    connection.task.cancel()

    def _set_deadline(self, connection: Connection, seconds: float) -> None:
        self._deadlines[connection] = self.hub.clock.monotonic() + seconds
