"""From the log to the pages. Messages go straight through; all else is read again and put."""

from collections.abc import Callable, Sequence

from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.feed.touched import Touched
from agent_console.views.message import encode_message
from hub.domain import events as e
from hub.domain.events import Logged
from hub.journey.messages import MessageRead


class Follower:
    """Takes every commit. One frame per page and commit; `wake` is called when rows changed."""

    def __init__(self, needs: Needs, wake: Callable[[], None]) -> None:
        self._streams = needs.streams
        self._counters = needs.counters
        self._concerns = needs.concerns
        self._wake = wake
        self.touched = Touched()
        self.unread: set[str] = set()
        """Conversations with messages that another node wrote."""

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of one commit, in the event loop; reads nothing."""
        moved: dict[Stream, None] = {}
        rows_changed = False
        for logged in batch:
            event = logged.event
            if type(event) is e.MessageAdded:
                self._concerns.heard(event)
                self._message(event, logged.carried, moved)
                continue
            if type(event) is e.MessagesSeen:
                self._seen(event, moved)
                continue
            self._counters.apply(event)
            self._concerns.apply(event)
            self.touched.add(event)
            rows_changed = True
        for stream in moved:
            stream.flush()
        if rows_changed or self.unread:
            self._wake()

    def _message(
        self, event: e.MessageAdded, carried: object | None, moved: dict[Stream, None]
    ) -> None:
        holding = self._streams.holding(event.contact_id)
        if not holding:
            return
        if not isinstance(carried, MessageRead):
            self.unread.add(event.contact_id)
            return
        encoded = encode_message(carried) if carried.kind != "file" else None
        for stream in holding:
            stream.message(carried, encoded)
            moved[stream] = None

    def _seen(self, event: e.MessagesSeen, moved: dict[Stream, None]) -> None:
        name = "seen_by_customer_seq" if event.by == "customer" else "seen_by_staff_seq"
        for stream in self._streams.holding(event.contact_id):
            stream.change(event.contact_id, **{name: event.seq})
            moved[stream] = None

    def take(self) -> tuple[Touched, set[str]]:
        """Return what was touched since the last call, and forget it."""
        taken = (self.touched, self.unread)
        self.touched, self.unread = Touched(), set()
        return taken
