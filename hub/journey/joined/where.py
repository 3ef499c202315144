"""Where words are heard now that prove a Conversation which staff have merged or split."""

from typing import Literal

from hub.journey.context import Hub
from hub.journey.threads import MERGES_FOLLOWED_MOST
from hub.store.rows import find
from hub.store.tables import Conversation

Place = Literal["own", "branch", "another"]


async def place_of(hub: Hub, named_id: str, own_id: str) -> Place:
    """Say what a proved Conversation is to the sender's own one.

    `own`: it is that one, or was merged into it. `branch`: it was split off it and has the same
    Address. `another`: somebody else's.
    """
    if await _leads_to(hub, named_id, own_id):
        return "own"
    rows = await hub.reader.rows(find(Conversation, "branch_of", id=named_id))
    root = rows[0][0] if rows else None
    return "branch" if root and await _leads_to(hub, root, own_id) else "another"


async def _leads_to(hub: Hub, conversation_id: str, own_id: str) -> bool:
    at: str | None = conversation_id
    for _ in range(MERGES_FOLLOWED_MOST + 1):
        if at is None or at == own_id:
            break
        rows = await hub.reader.rows(find(Conversation, "goes_on_in", id=at))
        at = rows[0][0] if rows else None
    return at == own_id
