"""Who may give an order for the customer of a Contact; how sure of them is `identity`'s check."""

from hub.domain.errors import Forbidden, Refused
from hub.domain.states import ContactState
from hub.journey.banking.orders import SELF_SERVICE
from hub.journey.contact_row import ContactRow
from hub.journey.converse import require_voice
from hub.store.unit import Unit


def require_hand(contact: ContactRow, by: str) -> Unit[None]:
    """Raise unless `by` serves the customer now: a voice in the talk, or the bot before it."""
    if by == SELF_SERVICE:
        if contact.state != ContactState.IN_SELF_SERVICE:
            raise Refused("contact_moved_on", "self-service has handed the contact over")
        return
    if contact.state != ContactState.ASSIGNED:
        raise Refused("contact_over", "orders are given while the talk goes on")
    yield from require_voice(contact, by)


def require_holder(contact: ContactRow) -> None:
    """Raise `Forbidden` when somebody else speaks for the customer: some things they do alone."""
    if contact.speaker_party_id is not None:
        raise Forbidden("not_the_speakers", "only the customer in person may ask for this")
