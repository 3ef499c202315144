"""Split: from one Message on it is another matter, with a Conversation and a Contact of its own.

The branch shares the Address of the talk it comes from. Who answers to a mail of the branch proves
it by that mail's name and is heard there; whatever else they write is heard in the first one.
"""

from typing import Any

from hub.domain.errors import NotFound, Refused
from hub.domain.events import ContactArrived
from hub.domain.reference import reference_of
from hub.domain.states import Audience, ContactState
from hub.journey.assign import assign
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.joined.row import SPLIT, load_written, write_down
from hub.journey.load import require_room
from hub.journey.memory import remember
from hub.journey.transfer import require_present
from hub.store.rows import change, find, put
from hub.store.tables import Address, Contact, Conversation, Message
from hub.store.unit import Append, Unit


async def split(hub: Hub, viewer: Viewer, *, contact_id: str, seq: int) -> tuple[str, str]:
    """Begin another Contact with what was said in an own one from a Message on.

    Returns the join's id and the new Contact's. Raises `NotFound("no_message")` for a number of
    another Contact, `Refused("nothing_left")` for its first, `no_capacity`.
    """
    return await hub.journal.run(lambda: _split(hub, viewer, contact_id, seq))


def _split(hub: Hub, viewer: Viewer, contact_id: str, seq: int) -> Unit[tuple[str, str]]:
    contact = yield from load_written(hub, viewer.user_id, contact_id)
    talk = contact.conversation_id
    said = yield find(Message, "contact_id", "audience", conversation_id=talk, seq=seq)
    if not said or said[0] != (contact_id, Audience.EVERYONE.value):
        raise NotFound("no_message")
    if seq <= contact.first_seq:
        raise Refused("nothing_left", "it is where the talk begins")
    yield from require_present(hub, viewer.user_id)
    yield from require_room(hub, viewer.user_id, contact.channel)
    last_seq = (yield find(Conversation, "last_seq", lock=True, id=talk))[0][0]
    branch_id = yield from _branch(hub, contact)
    new_id = yield from _open(hub, contact, branch_id)
    new = yield from load_contact(new_id)
    at = hub.clock.now()
    yield from assign(hub, new, viewer.user_id, at, cause="split", queue_id=contact.queue_id)
    if contact.answer_due_at is not None:
        yield change(Contact, new_id, answer_due_at=contact.answer_due_at)
    join_id = yield from write_down(
        hub, viewer.user_id,
        {
            "kind": SPLIT, "source_id": talk, "target_id": branch_id,
            "source_contact_id": contact_id, "target_contact_id": new_id,
            "from_seq": seq, "to_seq": last_seq,
        },
    )  # fmt: skip
    return join_id, new_id


def _branch(hub: Hub, contact: ContactRow) -> Unit[str]:
    """Make the Conversation, on an Address that means the same end and is found by nobody else."""
    columns = ("address_id", "language", "customer_id", "guest_number", "branch_of")
    rows = yield find(Conversation, *columns, id=contact.conversation_id)
    address_id, language, customer_id, guest_number, branch_of = rows[0]
    kept = ("channel", "account", "value_key", "value_sealed", "customer_id")
    channel, account, value_key, sealed, owner_id = (yield find(Address, *kept, id=address_id))[0]
    at, new_address, branch_id = hub.clock.now(), hub.new_id("adr"), hub.new_id("cnv")
    value = hub.vault.open(sealed, "address", "value", address_id)
    yield put(
        Address, id=new_address, channel=channel, account=account,
        value_key=f"{value_key.partition('/')[0]}/{branch_id}", customer_id=owner_id,
        value_sealed=hub.vault.seal(value, "address", "value", new_address), created_at=at,
    )  # fmt: skip
    yield put(
        Conversation, id=branch_id, address_id=new_address, channel=channel, account=account,
        language=language, customer_id=customer_id, guest_number=guest_number,
        branch_of=branch_of or contact.conversation_id, created_at=at,
    )  # fmt: skip
    return branch_id


def _open(hub: Hub, contact: ContactRow, branch_id: str) -> Unit[str]:
    contact_id, at = hub.new_id("con"), hub.clock.now()
    facts: dict[str, Any] = {
        "conversation_id": branch_id, "channel": contact.channel, "account": contact.account,
        "language": contact.language, "customer_id": contact.customer_id,
        "segment": contact.segment, "reopened_from": contact.id,
        "identity_level": contact.identity_level,
    }  # fmt: skip
    yield put(
        Contact, id=contact_id, reference=reference_of(contact_id),
        state=ContactState.ARRIVED.value, first_seq=1, arrived_at=at, state_since=at,
        bot_state_sealed=remember(hub, contact_id, {"heard_seq": 0}), **facts,
    )  # fmt: skip
    yield change(Conversation, branch_id, open_contact_id=contact_id)
    yield Append(ContactArrived(at=at, contact_id=contact_id, **facts))
    return contact_id
