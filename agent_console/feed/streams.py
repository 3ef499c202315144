"""All pages of this node, found by what they hold."""

from collections.abc import Iterable, Iterator

from agent_console.feed.stream import Shown, Stream
from agent_console.rights import DESK, WALLBOARD


class Streams:
    """Who is connected and who holds which Contact."""

    def __init__(self) -> None:
        self._all: set[Stream] = set()
        self._of_contact: dict[str, dict[Stream, Shown]] = {}
        self._of_conversation: dict[str, set[Stream]] = {}
        self._of_user: dict[str, set[Stream]] = {}
        self._unsent: set[Stream] = set()

    def add(self, stream: Stream) -> None:
        """A page said hello."""
        self._all.add(stream)
        stream.unsent = self._unsent
        self._of_user.setdefault(stream.viewer.user_id, set()).add(stream)

    def remove(self, stream: Stream) -> None:
        """A page is gone."""
        self.forget(stream)
        self._all.discard(stream)
        self._unsent.discard(stream)
        of_user = self._of_user.get(stream.viewer.user_id, set())
        of_user.discard(stream)
        if not of_user:
            self._of_user.pop(stream.viewer.user_id, None)

    def forget(self, stream: Stream) -> None:
        """The page holds nothing any more."""
        for contact_id in tuple(stream.shown):
            self.hide(stream, contact_id)
        stream.reset()

    def show(self, stream: Stream, contact_id: str, conversation_id: str) -> Shown:
        """The page holds the Contact from now on; its messages are kept for it."""
        shown = stream.shown.setdefault(contact_id, Shown(contact_id, conversation_id))
        self._of_conversation.setdefault(conversation_id, set()).add(stream)
        self._of_contact.setdefault(contact_id, {})[stream] = shown
        return shown

    def hide(self, stream: Stream, contact_id: str) -> None:
        """The page does not hold the Contact any more."""
        shown = stream.shown.pop(contact_id, None)
        if shown is not None:
            self._leave_conversation(stream, shown.conversation_id)
        holders = self._of_contact.get(contact_id)
        if holders is not None:
            holders.pop(stream, None)
            if not holders:
                del self._of_contact[contact_id]

    def holding(self, contact_id: str) -> Iterable[Stream]:
        """Return the pages that hold a Contact."""
        return self._of_contact.get(contact_id, ())

    def of_conversation(self, conversation_id: str) -> list[Stream]:
        """Return the pages that hold a Contact of the Conversation."""
        return list(self._of_conversation.get(conversation_id, ()))

    def flush(self) -> None:
        """Send each page what was added for it since it was last sent something."""
        while self._unsent:
            self._unsent.pop().flush()

    def _leave_conversation(self, stream: Stream, conversation_id: str) -> None:
        if any(one.conversation_id == conversation_id for one in stream.shown.values()):
            return  # it holds a later Contact of the same Conversation
        holders = self._of_conversation.get(conversation_id, set())
        holders.discard(stream)
        if not holders:
            self._of_conversation.pop(conversation_id, None)

    def of_user(self, user_id: str) -> Iterable[Stream]:
        """Return the pages of a user."""
        return self._of_user.get(user_id, ())

    def __contains__(self, stream: Stream) -> bool:
        return stream in self._all

    def __iter__(self) -> Iterator[Stream]:
        return iter(tuple(self._all))

    @property
    def has_desks(self) -> bool:
        """Whether any page here may be made an Offer."""
        return any(stream.topic == DESK for stream in self._all)

    @property
    def desks(self) -> list[Stream]:
        """Pages that show the desk and had their snapshot."""
        return [stream for stream in self._all if stream.topic == DESK and stream.fresh]

    @property
    def wallboards(self) -> list[Stream]:
        """Pages that show the wallboard and had their snapshot."""
        return [stream for stream in self._all if stream.topic == WALLBOARD and stream.fresh]
