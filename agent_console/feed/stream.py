"""One page of one viewer: what it holds, where it stands, and how to tell it more."""

from dataclasses import dataclass, field
from typing import Any

from agent_console.feed.encoding import Op, dump, feed_frame, fold, snapshot_frame
from agent_console.feed.wire import Wire
from agent_console.rights import COLLECTION_OF_TOPIC
from agent_console.views.contact import Tail, encode_tail, tail_fields
from agent_console.views.message import FileLink, encode_message
from hub.journey.context import Viewer
from hub.journey.messages import MessageRead


@dataclass(slots=True)
class Shown:
    """A Contact that the page holds. Messages that come while it is read in are kept."""

    contact_id: str
    conversation_id: str
    tail: Tail = field(default_factory=Tail)
    view: dict[str, Any] | None = None
    head: str = ""
    """The view as JSON, open at the end: a message changes only its tail."""
    early: list[MessageRead] = field(default_factory=list)

    def use(self, view: dict[str, Any]) -> bool:
        """Take a view; tell whether the page does not have it yet."""
        changed = view != self.view
        if changed:
            self.view = view
            self.head = dump(view)[:-1]
        return changed

    def encoded(self) -> str:
        """Return the whole view as JSON."""
        assert self.view is not None
        return f"{self.head},{dump(tail_fields(self.view, self.tail))[1:]}"


class Stream:
    """The feed of one page. `position` counts its frames; a page that misses one asks anew."""

    def __init__(
        self, viewer: Viewer, topic: str, wire: Wire, file_link: FileLink | None = None
    ) -> None:
        self.viewer = viewer
        self.topic = topic
        self.wire = wire
        self.file_link = file_link
        self.position = 0
        self.fresh = False
        """False until the snapshot was sent; increments before it would be for nobody."""
        self.shown: dict[str, Shown] = {}
        self.offers: dict[str, str] = {}
        """Reservation -> Contact."""
        self.records: set[str] = set()
        self.last: dict[tuple[str, str], str] = {}
        """Small values as last sent, by (collection, key)."""
        self.unsent: set[Stream] = set()
        """Where a page that has something to send is noted; `Streams` gives one to all."""
        self._ops: list[Op] = []
        self._moved: set[str] = set()

    @property
    def collection(self) -> str:
        """Where the page keeps its Contacts."""
        return COLLECTION_OF_TOPIC[self.topic]

    # -- telling -------------------------------------------------------------------------------

    def op(self, op: Op) -> None:
        """Add an operation to the next frame."""
        self._ops.append(op)
        self.unsent.add(self)

    def put_offer(self, reservation_id: str, contact_id: str, view: str, record: str) -> bool:
        """Put an Offer, before it its record: it opens complete. False: the record was there."""
        is_new = contact_id not in self.records
        if is_new:
            self.records.add(contact_id)
            self.op(Op("put", "records", contact_id, record))
        self.op(Op("put", "offers", reservation_id, view))
        self.offers[reservation_id] = contact_id
        return is_new

    def put_once(self, collection: str, key: str, value: object) -> None:
        """Put a value unless the page has it."""
        self.put_text_once(collection, key, dump(value))

    def put_text_once(self, collection: str, key: str, text: str) -> None:
        """Put a value that is JSON already, unless the page has it."""
        if self.last.get((collection, key)) != text:
            self.last[collection, key] = text
            self.op(Op("put", collection, key, text))

    def message(self, message: MessageRead, encoded: str | None) -> None:
        """Take a message of a shown Contact; `encoded` is None where it differs per viewer."""
        shown = self.shown[message.contact_id]
        if shown.view is None:
            shown.early.append(message)
            return
        text = encoded or encode_message(message, self.file_link)
        self._ops.append(Op("add", "messages", message.conversation_id, text))
        shown.tail = shown.tail.after(message)
        self._moved.add(message.contact_id)

    def change(self, contact_id: str, **fields: object) -> None:
        """Change fields of a shown Contact's view that an event carries itself."""
        shown = self.shown.get(contact_id)
        if shown is None or shown.view is None or not shown.use({**shown.view, **fields}):
            return
        if self.fresh:
            self._ops.append(Op("merge", self.collection, contact_id, dump(fields)))
        else:
            self._moved.add(contact_id)  # the snapshot will hold the whole view

    def flush(self) -> None:
        """Send what was added as one frame; before the snapshot it is kept for that."""
        if not self.fresh:
            return
        self._merge_moved()
        if self._ops:
            self.wire.write(feed_frame(self.position, self._ops))
            self.position += 1
            self._ops = []

    def snapshot(self, server_now: float, state: dict[str, dict[str, str]]) -> None:
        """Send the whole state: the given collections and all that was added so far."""
        self._put_moved()
        whole, rest = fold(state, self._ops)
        self._ops = rest
        self.position += 1
        self.fresh = True
        self.wire.write(snapshot_frame(self.position, server_now, whole))
        self.flush()

    def reset(self) -> None:
        """Forget what the page holds, before a new snapshot is built."""
        self.fresh = False
        self.shown.clear()
        self.offers.clear()
        self.records.clear()
        self.last.clear()
        self._ops = []
        self._moved.clear()

    def _merge_moved(self) -> None:
        """A message changes only the tail of its Contact's view: only that is sent."""
        for contact_id in self._moved:
            shown = self.shown.get(contact_id)
            if shown is not None and shown.view is not None:
                fields = encode_tail(shown.view, shown.tail)
                self._ops.append(Op("merge", self.collection, contact_id, fields))
        self._moved.clear()

    def _put_moved(self) -> None:
        for contact_id in self._moved:
            if (shown := self.shown.get(contact_id)) is not None:
                self._ops.append(Op("put", self.collection, contact_id, shown.encoded()))
        self._moved.clear()
