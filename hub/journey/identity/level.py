"""Raising the identity level by a proof, and lowering it when the proof no longer holds."""

from hub.domain import proof
from hub.domain.events import CustomerProved, IdentityLowered
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Append, Unit


def raise_level(hub: Hub, contact: ContactRow, *, method: str, by: str, at: float) -> Unit[int]:
    """Write down that who speaks was proved, how and by whom; return the new level."""
    level, proofs = proof.raised(contact.identity_level, contact.identity_proof, method)
    yield change(
        Contact, contact.id, identity_level=level, identity_proof=proofs,
        identity_proved_at=at, identity_proved_by=by, version=contact.version + 1,
    )  # fmt: skip
    details = {"method": method, "level": level, "party": contact.speaker_party_id or ""}
    yield from audited(hub, by, "customer_proved", contact.id, details=details)
    draft = event_draft(hub, "identity_proved", {"method": method}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield Append(
        CustomerProved(
            at=at,
            contact_id=contact.id,
            conversation_id=contact.conversation_id,
            customer_id=contact.customer_id or "",
            identity_level=level,
            method=method,
            by=by,
        )
    )
    return level


def lower_level(hub: Hub, contact: ContactRow, *, cause: str, by: str, at: float) -> Unit[int]:
    """Take back what was proved; nothing happens where nothing was. Returns the level now.

    `cause`: speaker_changed | channel_changed.
    """
    level = proof.lowered(contact.identity_level)
    if contact.identity_level < IdentityLevel.PROVED:
        return level
    yield change(
        Contact, contact.id, identity_level=level, identity_proof=proof.TAKEN_BACK,
        identity_proved_at=None, identity_proved_by=None, version=contact.version + 1,
    )  # fmt: skip
    details = {"cause": cause, "was": contact.identity_level}
    yield from audited(hub, by, "identity_lowered", contact.id, details=details)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(IdentityLowered(at=at, identity_level=level, cause=cause, **ids))
    return level
