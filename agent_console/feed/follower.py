"""From the log to the pages. Messages and Offers that are ready go straight through.

All else is read again and put, by the worker.
"""

from collections.abc import Callable, Sequence

from agent_console.feed.drafts import end_drafts
from agent_console.feed.needs import Needs
from agent_console.feed.ready import Ready
from agent_console.feed.stream import Stream
from agent_console.feed.touched import Touched
from agent_console.rights import DESK
from agent_console.views.message import encode_message, names_file
from hub.domain import events as e
from hub.domain.events import Logged
from hub.journey.messages import MessageRead


class Follower:
    """Takes every commit. One frame per page and commit; `wake` is called when rows changed."""

    def __init__(self, needs: Needs, ready: Ready, wake: Callable[[], None]) -> None:
        self._needs = needs
        self._streams = needs.streams
        self._counters = needs.counters
        self._concerns = needs.concerns
        self._ready = ready
        self._wake = wake
        self.touched = Touched()
        self.unread: set[str] = set()
        """Conversations with messages that another node wrote."""
        self.queued: set[str] = set()
        """Contacts whose Offers are to be made ready."""

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
            self._changed(event, moved)
            end_drafts(self._needs, event)
            rows_changed = True
        for stream in moved:
            stream.flush()
        if rows_changed or self.unread:
            self._wake()

    def _changed(self, event: e.Event, moved: dict[Stream, None]) -> None:
        if type(event) is e.ReservationMade and self._ring(event, moved):
            self.touched.agents.add(event.agent_id)
            self.touched.contacts.add(event.contact_id)
            return
        self.touched.add(event)
        if self.touched.changes_records:
            self._ready.clear()
        elif isinstance(event, e.ContactEvent):
            self._ready.forget(event.contact_id)
            self.queued.discard(event.contact_id)
            if type(event) is e.ContactQueued and self._ready.is_soon(event.queue_id):
                self.queued.add(event.contact_id)

    def _ring(self, event: e.ReservationMade, moved: dict[Stream, None]) -> bool:
        desks = [s for s in self._streams.of_user(event.agent_id) if s.topic == DESK]
        moved |= dict.fromkeys(desks)
        return self._ready.ring(event, desks)

    def _message(
        self, event: e.MessageAdded, carried: object | None, moved: dict[Stream, None]
    ) -> None:
        holding = self._streams.holding(event.contact_id)
        if not holding:
            return
        if not isinstance(carried, MessageRead):
            self.unread.add(event.contact_id)
            return
        encoded = None if names_file(carried) else encode_message(carried)
        for stream in holding:
            stream.message(carried, encoded)
            moved[stream] = None

    def _seen(self, event: e.MessagesSeen, moved: dict[Stream, None]) -> None:
        name = "seen_by_customer_seq" if event.by == "customer" else "seen_by_staff_seq"
        for stream in self._streams.holding(event.contact_id):
            stream.change(event.contact_id, **{name: event.seq})
            moved[stream] = None

    def take(self) -> tuple[Touched, set[str], set[str]]:
        """Return what was touched since the last call, and forget it."""
        taken = (self.touched, self.unread, self.queued)
        self.touched, self.unread, self.queued = Touched(), set(), set()
        return taken
