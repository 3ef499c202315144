"""Who is connected: the sockets of each Conversation, and what they were last told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from channels.web_chat.connection import Connection


class Room:
    """The open pages of one Conversation."""

    __slots__ = (
        "behind", "changes", "connections", "contact_id", "conversation_id", "heard_seq", "masked",
        "phase",
    )  # fmt: skip

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.contact_id: str | None = None
        """The open Contact, as far as this node has heard."""
        self.phase: dict[str, Any] = {}
        """The state that the pages were last told."""
        self.connections: list[Connection] = []
        self.changes = 0
        """Counts events that may change the state: whoever reads it checks that none came since."""
        self.heard_seq = 0
        """Number of the last Message that the log told of."""
        self.behind = False
        """Messages are missing on this node's pages and are being read."""

        self.masked: set[int] = set()
        """Numbers of Messages whose words were hidden after the pages had been given them."""

    def send(self, text: str) -> None:
        """Send a frame to every page that has been welcomed."""
        for connection in self.connections:
            if connection.live:
                connection.out.send(text)


class Rooms:
    """All rooms of this node, by Conversation."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def get(self, conversation_id: str) -> Room | None:
        """Return the room if a page of the Conversation is open here."""
        return self._rooms.get(conversation_id)

    def join(self, connection: "Connection", conversation_id: str) -> Room:
        """Add the page; the first one opens the room."""
        room = self._rooms.get(conversation_id)
        if room is None:
            room = self._rooms[conversation_id] = Room(conversation_id)
        room.connections.append(connection)
        return room

    def leave(self, connection: "Connection") -> bool:
        """Take the page out; True when it was the last of its room."""
        room = connection.room
        if room is None or connection not in room.connections:
            return False
        room.connections.remove(connection)
        if room.connections:
            return False
        self._rooms.pop(room.conversation_id, None)
        return True

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def __len__(self) -> int:
        return len(self._rooms)
