"""What became of the matters of the last days, read out of the log page by page."""

from agent_console.reading.log import log_position_at
from agent_console.reports.reading import PAGE
from hub.journey.context import Hub
from hub.reports.topics import TOPIC_KINDS, Topic, TopicFold

LOOK_BACK_SECONDS = 86_400.0
"""A talk that ended in time may have begun before it."""


async def topics_of(hub: Hub, seconds: float) -> dict[str, Topic]:
    """Return the figures of each matter that was closed in the last `seconds`."""
    now = hub.clock.now()
    fold = TopicFold(now - seconds)
    position = await log_position_at(hub, now - seconds - LOOK_BACK_SECONDS)
    while page := await hub.reader.log_from(position, PAGE, kinds=TOPIC_KINDS, aside=True):
        for logged in page:
            fold.apply(logged.event)
        position = page[-1].position
    return fold.topics(now)
