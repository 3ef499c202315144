"""The viewer's own open Tasks on the desk: few, put whole when one of them changed."""

from collections.abc import Iterable

from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.rights import DESK
from hub.journey.work.lists import tasks_of


async def put_tasks(needs: Needs, stream: Stream) -> None:
    """Put the viewer's open Tasks, unless the page has them as they are."""
    if stream.topic == DESK:
        tasks = await tasks_of(needs.hub, stream.viewer.user_id, "mine", steers=False)
        stream.put_once("tasks", "mine", tasks)


async def refresh_tasks(needs: Needs, owners: Iterable[str]) -> None:
    """Tell the pages of those whose Tasks changed."""
    for owner in owners:
        for stream in tuple(needs.streams.of_user(owner)):
            await put_tasks(needs, stream)
