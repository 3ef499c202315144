"""A line for staff beside the talk, from whoever has noticed something: a channel, a check."""

from collections.abc import Mapping

from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit


async def remark(hub: Hub, contact_id: str, code: str, data: Mapping[str, str]) -> None:
    """Add the line; pages put it into words from `code` and `data`. Answers after COMMIT."""
    await hub.journal.run(lambda: _remark(hub, contact_id, code, data))


def _remark(hub: Hub, contact_id: str, code: str, data: Mapping[str, str]) -> Unit[None]:
    rows = yield find(Contact, "conversation_id", id=contact_id)
    if rows:
        draft = event_draft(hub, code, data, staff_only=True)
        yield from add_message(hub, rows[0][0], contact_id, draft, hub.clock.now())
