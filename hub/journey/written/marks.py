"""Tags that the hub itself puts on written work."""

from typing import Final

from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.journey.written.deeds import put_tag
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit

FRAUD: Final = "suspected_fraud"
"""The tag that `written.toml` needs."""


async def mark_fraud(hub: Hub, contact_id: str) -> None:
    """Mark a Contact in which a customer passes a scam on; once, with a line for staff."""
    await hub.journal.run(lambda: _mark(hub, contact_id))


def _mark(hub: Hub, contact_id: str) -> Unit[None]:
    at = hub.clock.now()
    if not (yield from put_tag(contact_id, FRAUD, by="system", at=at)):
        return
    conversation_id = (yield find(Contact, "conversation_id", id=contact_id))[0][0]
    line = event_draft(hub, "scam_passed_on", staff_only=True)
    yield from add_message(hub, conversation_id, contact_id, line, at)
