"""The head of what an agent writes where a channel knows subjects and copies."""

from collections.abc import Collection, Sequence

from hub.domain.errors import Invalid, Refused
from hub.domain.letter import Letter
from hub.journey.context import Hub
from hub.journey.delivery.compose import address_of
from hub.journey.guarding import Guard
from hub.journey.messages import messages_of
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit

LOOKED_AT_MOST = 200


async def require_known_copies(
    hub: Hub, contact_id: str, copies: Sequence[str], *, sure: Collection[Guard]
) -> None:
    """Raise `Refused("new_copy")` for who has not been in this talk's mails, unless staff insist.

    The customer's words would go to somebody whom the customer has not named.
    """
    if not copies or Guard.NEW_COPY in sure:
        return
    rows = await hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    known: set[str] = set()
    for one in await messages_of(hub, rows[0][0], limit=LOOKED_AT_MOST) if rows else ():
        letter = Letter.of(one.body.get("channel_data", {}))
        if letter is not None:
            known |= {address.casefold() for address in (letter.sender, *letter.to, *letter.cc)}
    if not known.issuperset(address.casefold() for address in copies):
        raise Refused(Guard.NEW_COPY, "somebody who has not been in this talk would get it")


def headed(hub: Hub, conversation_id: str, letter: Letter) -> Unit[dict[str, str]]:
    """Return the `channel_data` of an agent's Message; to whom it goes is read, never told."""
    channel, _, address_id, sealed = (yield address_of(conversation_id))[0]
    if channel not in hub.writers:
        raise Invalid("no_heading", "nothing is written on this channel")
    to = hub.vault.open(sealed, "address", "value", address_id)
    return Letter(subject=letter.subject, to=(to,), cc=letter.cc).channel_data()
