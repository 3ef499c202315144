"""The channel that a Customer asks to be reached by: noted by the agent who was told, with why."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.customers.preference import (
    CHANNELS,
    WORDS_MOST,
    Preference,
    open_preference,
    sealed_preference,
)
from hub.domain.errors import Invalid, Refused
from hub.domain.events import CustomerRecordChanged
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.converse import require_part
from hub.security.redaction import redact_cards
from hub.store.rows import change, find, table_of
from hub.store.tables import Contact, Customer
from hub.store.unit import Append, Prepared, Unit

SHOWN_MOST: Final = 50
_c = table_of(Contact).c
_SHOWN = Prepared(
    select(_c.id).where(_c.customer_id == bindparam("of"), _c.state != "closed").limit(SHOWN_MOST)
)


async def prefer_channel(
    hub: Hub, agent_id: str, *, contact_id: str, channel: str | None, words: str
) -> bool:
    """Note what the Customer of a Contact prefers, or with None that they prefer none any more.

    `words` are the Customer's own, which are the reason. False when it was so already. Raises
    `Invalid("reason_needed")`, `Refused("no_customer")` while nobody knows who it is.
    """
    said = redact_cards(words.strip())[0]
    if channel is not None and channel not in CHANNELS:
        raise Invalid("bad_channel", f"one of {', '.join(CHANNELS)}")
    if not 0 < len(said) <= WORDS_MOST:
        raise Invalid("reason_needed", f"what the customer said, up to {WORDS_MOST} characters")
    return await hub.journal.run(lambda: _prefer(hub, agent_id, contact_id, channel, said))


def _prefer(
    hub: Hub, agent_id: str, contact_id: str, channel: str | None, words: str
) -> Unit[bool]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    customer_id = contact.customer_id
    if customer_id is None:
        raise Refused("no_customer", "find out who it is first")
    before = yield from preference_of(hub, customer_id)
    if (before.channel if before else None) == channel:
        return False
    at = hub.clock.now()
    sealed = None
    if channel is not None:
        told = Preference(channel=channel, words=words, by=agent_id, at=at)
        sealed = sealed_preference(hub.vault, customer_id, told)
    yield change(Customer, customer_id, preference_sealed=sealed)
    details = {"channel": channel or "none", "contact": contact_id}
    yield from audited(hub, agent_id, "channel_preferred", customer_id, details=details)
    shown = yield _SHOWN(of=customer_id)
    yield Append(
        CustomerRecordChanged(
            at=at, customer_id=customer_id, cause="preference",
            contact_ids=tuple(row[0] for row in shown), payment_ids=(),
        )
    )  # fmt: skip
    return True


def preference_of(hub: Hub, customer_id: str) -> Unit[Preference | None]:
    """Read what a Customer prefers, inside a unit."""
    rows = yield find(Customer, "preference_sealed", lock=True, id=customer_id)
    return open_preference(hub.vault, customer_id, rows[0][0]) if rows else None
