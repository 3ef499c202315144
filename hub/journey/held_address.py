"""An address that may be somebody else's by now: nothing is sent there until the desk has checked.

Said by who writes ("not me", 这不是我), or marked by an agent. What was known of the address stays
with the customer's record; whoever writes from it next is a guest in a thread of their own.
"""

from typing import Final

from sqlalchemy import bindparam, select, update

from hub.customers.opt_outs import HELD
from hub.domain.conduct import word_in
from hub.domain.events import CustomerUnlinked, OptOutChanged
from hub.domain.states import ContactState, IdentityLevel, Speaker
from hub.journey.audited import audited
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.delivery.compose import PURPOSE, address_of
from hub.journey.messages import Draft, add_message, event_draft
from hub.journey.opt_out import hold_in_unit
from hub.journey.work.open import NewTask, add_task
from hub.store.rows import change, table_of
from hub.store.tables import Address, Contact, Conversation
from hub.store.unit import Append, Prepared, Unit

TASK: Final = "verify_address"
RECEIPT: Final = "not_me_receipt"
BY_CUSTOMER: Final = "customer"
_THANKS: Final = {
    "en": "Thank you for telling us. We send nothing more here until we have checked.",
    "zh": "感谢告知。核实之前，我们不会再向此处发送任何消息。",
}
_a, _v = table_of(Address).c, table_of(Conversation).c
_OF_VALUE: Final = Prepared(
    select(_a.id, _v.id)
    .join_from(table_of(Address), table_of(Conversation), _v.address_id == _a.id)
    .where(_a.channel == bindparam("channel"), _a.value_key == bindparam("value_key"))
)
_RETIRE: Final = Prepared(
    update(table_of(Address))
    .where(_a.id == bindparam("of"))
    .values(value_key=bindparam("retired_key"), customer_id=None)
)


def hold_address(hub: Hub, contact: ContactRow, by: str, at: float) -> Unit[bool]:
    """Suspend it: senders refuse, the record is closed here, threads part, the desk verifies."""
    channel, address = yield from address_of_contact(hub, contact)
    held = yield from hold_in_unit(hub, channel=channel, address=address, by=by, proof=contact.id)
    if not held:
        return False
    yield from _part_threads(hub, channel, address, at)
    yield from _close_record(contact, by, at)
    yield from audited(hub, by, "address_held", contact.id, details={"channel": channel})
    ids = (contact.conversation_id, contact.id)
    yield from add_message(hub, *ids, event_draft(hub, "address_held", staff_only=True), at)
    text = word_in(_THANKS, contact.language)
    receipt = Draft(
        key=hub.new_id("evt"), speaker=Speaker.SYSTEM, body={"text": text, PURPOSE: RECEIPT}
    )
    yield from add_message(hub, *ids, receipt, at)
    yield from add_task(
        hub,
        NewTask(
            kind=TASK, by="system", due_at=at, contact_id=contact.id,
            customer_id=contact.customer_id,
        ),
    )  # fmt: skip
    yield told_held(hub, contact, by, on=True)
    if contact.state != ContactState.ASSIGNED:
        still = yield from load_contact(contact.id)
        yield from end_contact(hub, still, at, by="system", reason="not_me")
    return True


def _part_threads(hub: Hub, channel: str, address: str, at: float) -> Unit[None]:
    """What was said so far is not the next writer's to see: their words begin a new thread."""
    key = hub.lookup.of("address", address)
    for address_id, conversation_id in (yield _OF_VALUE(channel=channel, value_key=key)):
        retired = hub.lookup.of("address_held", f"{address_id}/{at!r}")
        yield _RETIRE(of=address_id, retired_key=retired)
        yield change(Conversation, conversation_id, customer_id=None)


def _close_record(contact: ContactRow, by: str, at: float) -> Unit[None]:
    if contact.customer_id is None:
        return
    yield change(
        Contact, contact.id, customer_id=None, segment=None, speaker_party_id=None,
        identity_level=int(IdentityLevel.UNKNOWN), identity_proof=None, identity_proved_at=None,
    )  # fmt: skip
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(CustomerUnlinked(at=at, customer_id=contact.customer_id, by=by, **ids))


def told_held(hub: Hub, contact: ContactRow, by: str, *, on: bool) -> Append:
    """Tell the pages on which somebody might be writing there just now."""
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    event = OptOutChanged(
        at=hub.clock.now(), channel=contact.channel, purpose=HELD, on=on, by=by, **ids
    )
    return Append(event)


def address_of_contact(hub: Hub, contact: ContactRow) -> Unit[tuple[str, str]]:
    """Channel and address of who is at the other end."""
    channel, _, address_id, sealed = (yield address_of(contact.conversation_id))[0]
    return channel, hub.vault.open(sealed, "address", "value", address_id)
