"""Pages of a Conversation as its customer may read it, bounded in number and in bytes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hub.domain.states import Audience
from hub.journey.messages import MessageRead, messages_of

if TYPE_CHECKING:
    from channels.web_chat.chat import Chat


class Page(NamedTuple):
    """Messages in order; `more` when older ones exist, `fresh` when it replaces what was shown."""

    messages: Sequence[MessageRead]
    more: bool
    fresh: bool = False


async def newest_page(chat: "Chat", conversation_id: str, *, before_seq: int | None = None) -> Page:
    """The newest Messages, or the newest before a number."""
    most = chat.settings.page_messages
    found = await messages_of(
        chat.hub, conversation_id, before_seq=before_seq, limit=most + 1, audience=Audience.EVERYONE
    )
    kept = _within(found[-most:], chat.settings.page_bytes)
    return Page(kept, more=len(found) > len(kept), fresh=True)


async def since(chat: "Chat", conversation_id: str, cursor: int) -> Page:
    """What came after a number; after a long gap the newest page instead."""
    most = chat.settings.replay_most
    found = await messages_of(
        chat.hub, conversation_id, after_seq=cursor, limit=most + 1, audience=Audience.EVERYONE
    )
    if len(found) > most or len(_within(found, chat.settings.page_bytes)) < len(found):
        return await newest_page(chat, conversation_id)
    return Page(found, more=False)


def _within(messages: Sequence[MessageRead], bytes_most: int) -> Sequence[MessageRead]:
    """The last of the messages whose texts fit; at least one."""
    left = bytes_most
    for at in range(len(messages) - 1, -1, -1):
        left -= 200 + 3 * len(str(messages[at].body.get("text", "")))
        if left < 0 and at < len(messages) - 1:
            return messages[at + 1 :]
    return messages
