"""The one check before anything is done on a customer's record."""

from hub.customers import parties
from hub.domain.errors import Forbidden, Refused
from hub.domain.states import ContactState
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.store.unit import Unit


def require_level(hub: Hub, contact_id: str, level: int) -> Unit[ContactRow]:
    """Hold the Contact and return it if who speaks is proved to this level; else `Forbidden`.

    First in the unit of every deed on the record: the level is read under the same hold as the
    deed is written, so a level that falls meanwhile (another speaker) stops the deed.
    """
    contact = yield from load_contact(contact_id)
    if contact.state == ContactState.CLOSED:
        raise Refused("contact_over", "the contact is over; what was proved ended with it")
    if contact.customer_id is None:
        raise Refused("no_customer", "find the customer first")
    if contact.identity_level < level:
        raise Forbidden("identity_level", f"needs identity level {level}")
    return contact


def require_account(hub: Hub, contact: ContactRow, account_id: str) -> Unit[None]:
    """Raise `Forbidden` unless the person who speaks may act on this account of the record."""
    now = hub.clock.now()
    customer_id = contact.customer_id or ""
    if not (yield from parties.may_act(customer_id, contact.speaker_party_id, account_id, now)):
        raise Forbidden("not_the_speakers", "the account is not open to who speaks now")
