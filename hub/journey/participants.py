"""Who besides the owner is in a Contact; never a second owner."""

from hub.domain.events import ParticipantJoined, ParticipantLeft
from hub.domain.states import ParticipantRole
from hub.journey.contact_row import ContactRow
from hub.store.rows import find, put, remove
from hub.store.tables import Participant
from hub.store.unit import Append, Unit


def add_participant(
    contact: ContactRow, agent_id: str, role: ParticipantRole, at: float
) -> Unit[bool]:
    """Let somebody into a held Contact; False when they are in it in this role already."""
    rows = yield find(Participant, "role", contact_id=contact.id, agent_id=agent_id)
    if rows and rows[0][0] == role:
        return False
    if rows:
        yield from drop_participant(contact, agent_id, at)
    yield put(Participant, contact_id=contact.id, agent_id=agent_id, role=role.value, since_at=at)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ParticipantJoined(at=at, agent_id=agent_id, role=role.value, **ids))
    return True


def drop_participant(contact: ContactRow, agent_id: str, at: float) -> Unit[str | None]:
    """Take somebody out of a held Contact; returns the role they had."""
    rows = yield find(Participant, "role", contact_id=contact.id, agent_id=agent_id)
    if not rows:
        return None
    role = str(rows[0][0])
    yield remove(Participant, contact_id=contact.id, agent_id=agent_id)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ParticipantLeft(at=at, agent_id=agent_id, role=role, **ids))
    return role


def drop_all(contact: ContactRow, at: float) -> Unit[None]:
    """Take everybody out: the Contact is over or goes elsewhere."""
    rows = yield find(Participant, "agent_id", contact_id=contact.id)
    for (agent_id,) in rows:
        yield from drop_participant(contact, agent_id, at)
