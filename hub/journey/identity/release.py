"""The way out of a lock: a supervisor lets the Customer try again, with a reason."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ProofReleased
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.identity.misses import forget_misses, open_contacts_of
from hub.journey.messages import add_message, event_draft
from hub.security.roles import Right, require
from hub.store.rows import find
from hub.store.tables import ProofLock
from hub.store.unit import Append, Unit

REASON_CHARACTERS = (3, 200)


async def release_lock(hub: Hub, viewer: Viewer, *, contact_id: str, reason: str) -> None:
    """End the lock of the Contact's customer; raise `Refused` when there is none."""
    require(viewer.roles, Right.RELEASE_PROOF)
    check_reason(reason)
    await hub.journal.run(lambda: _release(hub, viewer, contact_id, reason.strip()))


def check_reason(reason: str) -> None:
    """Raise `Invalid` for a reason that says nothing."""
    least, most = REASON_CHARACTERS
    if not least <= len(reason.strip()) <= most:
        raise Invalid("reason_needed", f"say why, in {least} to {most} characters")


def _release(hub: Hub, viewer: Viewer, contact_id: str, reason: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    at, customer_id = hub.clock.now(), contact.customer_id or ""
    rows = yield find(ProofLock, "locked_until", lock=True, customer_id=customer_id)
    if not rows or rows[0][0] is None or rows[0][0] <= at:
        raise Refused("not_locked", "nothing is locked")
    yield from forget_misses(customer_id, at)
    yield from audited(
        hub, viewer.user_id, "proof_released", contact_id, reason=reason,
        details={"customer": customer_id},
    )  # fmt: skip
    draft = event_draft(hub, "proof_released", staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    for one_id, conversation_id in (yield from open_contacts_of(customer_id)):
        ids = {"contact_id": one_id, "conversation_id": conversation_id}
        yield Append(ProofReleased(at=at, customer_id=customer_id, by=viewer.user_id, **ids))
