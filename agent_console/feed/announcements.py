"""What is said to all, on the desks of those who are meant and have not read it."""

from collections.abc import Iterable

from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.rights import DESK
from agent_console.views.announcement import announcement_view
from hub.journey.floor.announcements import unread_of


async def put_announcements(needs: Needs, streams: Iterable[Stream]) -> None:
    """Put what each viewer has not read, unless the page has it as it is; read once for all."""
    desks = [stream for stream in streams if stream.topic == DESK]
    if not desks:
        return
    unread = await unread_of(needs.hub, {stream.viewer.user_id for stream in desks})
    for stream in desks:
        told = unread[stream.viewer.user_id]
        views = [announcement_view(needs.hub, one) for one in told]
        stream.put_once("announcements", "now", views)


async def refresh_announcements(needs: Needs, readers: Iterable[str], *, all_pages: bool) -> None:
    """Tell the pages of those who read one, or all pages."""
    if all_pages:
        await put_announcements(needs, needs.streams)
    else:
        pages = [stream for user in readers for stream in needs.streams.of_user(user)]
        await put_announcements(needs, pages)
