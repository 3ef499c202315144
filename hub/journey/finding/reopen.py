"""Reopen a closed Contact: a new one, linked to the old, for the same agent or a Queue."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ContactArrived
from hub.domain.reference import reference_of
from hub.domain.states import ContactState, IdentityLevel, QueueCause
from hub.journey.assign import assign
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.enqueue import to_queue
from hub.journey.finding.closed import require_theirs
from hub.journey.finding.selection import Closed
from hub.journey.memory import remember
from hub.journey.threads import segment_of
from hub.security.roles import Right, require
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Conversation
from hub.store.unit import Append, Unit


async def reopen(hub: Hub, viewer: Viewer, *, contact_id: str, queue_id: str | None = None) -> str:
    """Open a new Contact in the same Conversation; returns it.

    Without a Queue the viewer takes it at once. Who the customer is stays a claim: the proof of
    the old Contact was for the old Contact.
    """
    require(viewer.roles, Right.HANDLE_CONTACTS)
    row = await require_theirs(hub, viewer, contact_id)
    if queue_id is not None and queue_id not in hub.setup.queues:
        raise Invalid("no_queue", "there is no such queue")
    return await hub.journal.run(lambda: _reopen(hub, viewer, row, queue_id))


def _reopen(hub: Hub, viewer: Viewer, row: Closed, queue_id: str | None) -> Unit[str]:
    threads = yield find(
        Conversation, "open_contact_id", "last_seq", "language", "channel", "account",
        lock=True, id=row.conversation_id,
    )  # fmt: skip
    open_contact, last_seq, language, channel, account = threads[0]
    if open_contact is not None:
        raise Refused("conversation_open", "the customer has an open contact already")
    at, contact_id = hub.clock.now(), hub.new_id("con")
    segment = yield from segment_of(row.customer_id)
    level = IdentityLevel.CLAIMED if row.customer_id else IdentityLevel.UNKNOWN
    yield put(
        Contact,
        id=contact_id,
        reference=reference_of(contact_id),
        conversation_id=row.conversation_id,
        channel=channel,
        account=account,
        state=ContactState.ARRIVED.value,
        language=language,
        customer_id=row.customer_id,
        segment=segment,
        identity_level=level,
        identity_proof="agent" if level else None,
        identity_proved_at=at if level else None,
        first_seq=last_seq + 1,
        arrived_at=at,
        state_since=at,
        reopened_from=row.id,
        bot_state_sealed=remember(hub, contact_id, {"heard_seq": last_seq}),
    )
    yield change(Conversation, row.conversation_id, open_contact_id=contact_id)
    yield Append(
        ContactArrived(
            at=at,
            contact_id=contact_id,
            conversation_id=row.conversation_id,
            channel=channel,
            account=account,
            language=language,
            customer_id=row.customer_id,
            segment=segment,
            identity_level=level,
            reopened_from=row.id,
        )
    )
    contact = yield from load_contact(contact_id)
    if queue_id is None:
        yield from assign(hub, contact, viewer.user_id, at, cause="outgoing", queue_id=row.queue_id)
    else:
        yield from to_queue(hub, contact, queue_id=queue_id, cause=QueueCause.REASSIGNED, at=at)
    yield from audited(
        hub, viewer.user_id, "contact_reopened", row.id, details={"contact": contact_id}
    )
    return contact_id
