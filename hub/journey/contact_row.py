"""The Contact as the steps read it inside a unit, and the one way to move it."""

import json
from collections.abc import Generator
from typing import Any, NamedTuple

from hub.domain.errors import NotFound, Refused
from hub.domain.routing import Requirement
from hub.domain.states import ContactState
from hub.domain.transitions import require_contact_move
from hub.store.rows import change, find
from hub.store.tables import Contact
from hub.store.unit import Op, Unit


class ContactRow(NamedTuple):
    """The columns of `Contact` that decisions need, in the order they are selected."""

    id: str
    conversation_id: str
    channel: str
    account: str
    state: str
    language: str
    customer_id: str | None
    segment: str | None
    identity_level: int
    identity_proof: str | None
    speaker_party_id: str | None
    queue_id: str | None
    priority: int
    value: float
    requirements: str
    relaxed: int
    preferred_agent_id: str | None
    target_agent_id: str | None
    tried_agent_ids: str
    owner_agent_id: str | None
    bot_state_sealed: bytes | None
    first_seq: int
    arrived_at: float
    queued_at: float | None
    first_assigned_at: float | None
    assigned_at: float | None
    parked_until: float | None
    waits_for: str | None
    answer_due_at: float | None
    answer_left_seconds: float | None
    state_since: float
    version: int

    @property
    def needs(self) -> tuple[Requirement, ...]:
        """The requirements as values."""
        return tuple(Requirement(s, int(level)) for s, level in json.loads(self.requirements))

    @property
    def tried(self) -> tuple[str, ...]:
        """Agents who declined, missed or lost this contact."""
        return tuple(json.loads(self.tried_agent_ids))


CONTACT_COLUMNS = ContactRow._fields


def load_contact(contact_id: str) -> Unit[ContactRow]:
    """Read and hold the Contact for this unit; raise `NotFound`."""
    rows = yield find(Contact, *CONTACT_COLUMNS, lock=True, id=contact_id)
    if not rows:
        raise NotFound("no_contact")
    return ContactRow(*rows[0])


def load_owned(contact_id: str, agent_id: str) -> Unit[ContactRow]:
    """Like `load_contact`, but only for the agent who owns it now."""
    contact = yield from load_contact(contact_id)
    if contact.owner_agent_id != agent_id or contact.state != ContactState.ASSIGNED:
        raise Refused("not_your_contact", "another agent owns it, or it is over")
    return contact


def move(
    contact: ContactRow, to: ContactState, at: float, **changes: Any
) -> Generator[Op, Any, None]:
    """Move a held Contact along the table of legal moves, with other columns beside it."""
    require_contact_move(contact.state, to)
    changed = yield change(
        Contact, contact.id, state=to.value, state_since=at, version=contact.version + 1, **changes
    )
    if changed != 1:
        raise Refused("contact_moved_on")
