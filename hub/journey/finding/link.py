"""An agent says who a guest is: a claim, to be proved; and can take it back.

The Address and the Conversation stay as they are. They change by proof only, so a wrong judgement
never follows the guest into the next Contact.
"""

import json
from typing import Any, Final

from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.domain.events import CustomerLinked, CustomerUnlinked
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_owned
from hub.journey.context import Hub, Viewer
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Customer, CustomerLink
from hub.store.unit import Append, Unit

HOW: Final = frozenset({"said_name", "gave_number", "address_known", "recognised"})
"""What the agent's judgement rests on; texts are the page's."""
PROOF: Final = "agent"
UNDO_SECONDS: Final = 60.0
_KEPT = ("customer_id", "segment", "identity_level", "identity_proof", "identity_proved_at")


async def link(hub: Hub, viewer: Viewer, *, contact_id: str, customer_id: str, how: str) -> str:
    """Say that the guest of an own Contact is this Customer; returns the link's id for `undo`."""
    if how not in HOW:
        raise Invalid("bad_how", f"how is one of {', '.join(sorted(HOW))}")
    return await hub.journal.run(lambda: _link(hub, viewer, contact_id, customer_id, how))


def _link(hub: Hub, viewer: Viewer, contact_id: str, customer_id: str, how: str) -> Unit[str]:
    contact = yield from load_owned(contact_id, viewer.user_id)
    if contact.customer_id is not None:
        raise Refused("linked_already", "unlink the record that this contact has first")
    rows = yield find(Customer, "segment", "warnings", "merged_into", id=customer_id)
    if not rows or rows[0][2] is not None:
        raise NotFound("no_customer", "it is not there, or is part of another record now")
    if is_restricted(in_force(rows[0][1]), viewer.roles):
        raise Forbidden("restricted_record", "this is the record of a colleague")
    at = hub.clock.now()
    link_id = yield from _keep(hub, contact, customer_id, how, viewer.user_id, at)
    yield change(
        Contact,
        contact.id,
        customer_id=customer_id,
        segment=rows[0][0],
        identity_level=IdentityLevel.CLAIMED,
        identity_proof=PROOF,
        identity_proved_at=at,
        speaker_party_id=None,
    )
    yield Append(_linked(contact, customer_id, how, viewer.user_id, at))
    yield from _audit(hub, viewer, "customer_linked", customer_id, contact.id, how)
    return link_id


async def unlink(hub: Hub, viewer: Viewer, *, contact_id: str) -> str:
    """Make the Contact a guest's again; a proof cannot be taken back this way."""
    return await hub.journal.run(lambda: _unlink(hub, viewer, contact_id))


def _unlink(hub: Hub, viewer: Viewer, contact_id: str) -> Unit[str]:
    contact = yield from load_owned(contact_id, viewer.user_id)
    customer_id = contact.customer_id
    if customer_id is None:
        raise Refused("not_linked", "this contact is a guest's already")
    if contact.identity_level > IdentityLevel.CLAIMED:
        raise Refused("proved_already", "the customer has proved who they are")
    at = hub.clock.now()
    link_id = yield from _keep(hub, contact, None, "unlinked", viewer.user_id, at)
    cleared = dict.fromkeys((*_KEPT, "speaker_party_id"))
    cleared |= {"identity_level": IdentityLevel.UNKNOWN}
    yield change(Contact, contact.id, **cleared)
    yield Append(_unlinked(contact, customer_id, viewer.user_id, at))
    yield from _audit(hub, viewer, "customer_unlinked", customer_id, contact.id, "")
    return link_id


async def undo(hub: Hub, viewer: Viewer, *, link_id: str) -> None:
    """Take back an own link or unlink of the last minute, if nothing has happened since."""
    await hub.journal.run(lambda: _undo(hub, viewer, link_id))


def _undo(hub: Hub, viewer: Viewer, link_id: str) -> Unit[None]:
    rows = yield find(
        CustomerLink,
        "contact_id",
        "customer_id",
        "by",
        "at",
        "before",
        "undone_at",
        lock=True,
        id=link_id,
    )
    if not rows or rows[0][2] != viewer.user_id:
        raise NotFound("no_link", "it is not there, or not yours")
    contact_id, customer_id, _, linked_at, before, undone_at = rows[0]
    contact = yield from load_owned(contact_id, viewer.user_id)
    at = hub.clock.now()
    proved = contact.identity_level > IdentityLevel.CLAIMED
    moved_on = contact.customer_id != customer_id or proved or undone_at is not None
    if moved_on or at - linked_at > UNDO_SECONDS:
        raise Refused("undo_over", "this can be undone for a minute, until something else happens")
    yield change(CustomerLink, link_id, undone_at=at)
    held: dict[str, Any] = json.loads(before)
    held["customer_id"] = yield from _as_now(held["customer_id"])
    yield change(Contact, contact.id, **held)
    if customer_id is not None:
        yield Append(_unlinked(contact, customer_id, viewer.user_id, at))
    if held["customer_id"] is not None:
        yield Append(_linked(contact, held["customer_id"], "undone", viewer.user_id, at))
    subject = customer_id or held["customer_id"]
    yield from _audit(hub, viewer, "customer_link_undone", subject, contact.id, "")


def _as_now(customer_id: str | None) -> Unit[str | None]:
    """The record may have become part of another in between."""
    rows = yield find(Customer, "merged_into", id=customer_id)
    return str(rows[0][0]) if rows and rows[0][0] else customer_id


def _keep(
    hub: Hub, contact: ContactRow, customer_id: str | None, how: str, by: str, at: float
) -> Unit[str]:
    rows = yield find(Contact, *_KEPT, id=contact.id)
    link_id = hub.new_id("lnk")
    yield put(
        CustomerLink,
        id=link_id,
        contact_id=contact.id,
        customer_id=customer_id,
        how=how,
        by=by,
        at=at,
        before=json.dumps(dict(zip(_KEPT, rows[0], strict=True))),
    )
    return link_id


def _linked(contact: ContactRow, customer_id: str, how: str, by: str, at: float) -> CustomerLinked:
    return CustomerLinked(
        at=at, contact_id=contact.id, conversation_id=contact.conversation_id,
        customer_id=customer_id, how=how, by=by,
    )  # fmt: skip


def _unlinked(contact: ContactRow, customer_id: str, by: str, at: float) -> CustomerUnlinked:
    return CustomerUnlinked(
        at=at, contact_id=contact.id, conversation_id=contact.conversation_id,
        customer_id=customer_id, by=by,
    )  # fmt: skip


def _audit(
    hub: Hub, viewer: Viewer, action: str, customer_id: str, contact_id: str, how: str
) -> Unit[None]:
    details = {"contact": contact_id} | ({"how": how} if how else {})
    yield from audited(hub, viewer.user_id, action, customer_id, details=details)
