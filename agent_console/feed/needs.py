"""What the feed works with, assembled once in `console.py`."""

from dataclasses import dataclass, field

from agent_console.feed.streams import Streams
from agent_console.replies.shelf import ReplyShelf
from agent_console.setup import DeskSetUp
from agent_console.wallboard.concerns import Concerns
from hub.journey.context import Hub
from hub.reports.live import LiveCounters


@dataclass(frozen=True, slots=True)
class Needs:
    """The kernel, the day's figures, the pages of this node and whose customer is there."""

    hub: Hub
    desk: DeskSetUp
    counters: LiveCounters
    replies: ReplyShelf
    concerns: Concerns = field(default_factory=Concerns)
    streams: Streams = field(default_factory=Streams)
    present: set[str] = field(default_factory=set)
    """Conversations whose customer has a page open."""
