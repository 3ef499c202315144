"""A refusal that an agent was told: written down for the address of the talk, and taken back."""

from collections.abc import Collection
from typing import NamedTuple

from hub.customers.opt_outs import FIELD_OF, Purpose, in_force
from hub.customers.profile import open_profile
from hub.domain.errors import Invalid, Refused
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.converse import require_part
from hub.journey.delivery.compose import address_of
from hub.journey.opt_out import note_in_unit, take_back_in_unit
from hub.store.rows import find
from hub.store.tables import Customer
from hub.store.unit import Unit


async def note_refusal(
    hub: Hub, agent_id: str, *, contact_id: str, channel: str, purposes: Collection[str]
) -> bool:
    """Put the customer's address on a channel into the ledger; False when it was there.

    On the channel of the talk that is the address talked from, on another the record's.
    """
    return await hub.journal.run(
        lambda: _note(hub, agent_id, contact_id, channel, _checked(purposes), on=True)
    )


async def take_back_refusal(
    hub: Hub, agent_id: str, *, contact_id: str, channel: str, purposes: Collection[str]
) -> bool:
    """Take it out again, as the customer asks; False when it was not there."""
    return await hub.journal.run(
        lambda: _note(hub, agent_id, contact_id, channel, _checked(purposes), on=False)
    )


class Noted(NamedTuple):
    """What a customer does not want on a channel, since when, and who wrote it down."""

    channel: str
    purpose: str
    at: float
    by: str
    """A member of staff, or `customer`."""


async def refusals_of(hub: Hub, agent_id: str, contact_id: str) -> list[Noted]:
    """Return what is in force for the addresses of a Contact's customer."""
    return await hub.journal.run(lambda: _all(hub, agent_id, contact_id))


def _all(hub: Hub, agent_id: str, contact_id: str) -> Unit[list[Noted]]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    found = []
    for writer in hub.writers:
        try:
            address = yield from _address(hub, contact, writer.name)
        except Refused:
            continue
        lines = yield in_force(hub.lookup, writer.name, address)
        found += [Noted(writer.name, line[0], line[1], line[2]) for line in lines]
    known = {one.value for one in Purpose}
    return sorted(one for one in found if one.purpose in known)


def _checked(purposes: Collection[str]) -> tuple[Purpose, ...]:
    known = {one.value: one for one in Purpose}
    if not purposes or not known.keys() >= set(purposes):
        raise Invalid("bad_purpose", f"choose from {', '.join(known)}")
    return tuple(known[one] for one in dict.fromkeys(purposes))


def _note(
    hub: Hub,
    agent_id: str,
    contact_id: str,
    channel: str,
    purposes: tuple[Purpose, ...],
    *,
    on: bool,
) -> Unit[bool]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    address = yield from _address(hub, contact, channel)
    write = note_in_unit if on else take_back_in_unit
    changed = yield from write(
        hub, channel=channel, address=address, by=agent_id, proof=contact_id, purposes=purposes
    )
    if changed:
        action = "refusal_noted" if on else "refusal_taken_back"
        details = {"channel": channel, "purposes": ",".join(purposes)}
        yield from audited(hub, agent_id, action, contact_id, details=details)
    return changed


def _address(hub: Hub, contact: ContactRow, channel: str) -> Unit[str]:
    if channel == contact.channel:
        _, _, address_id, sealed = (yield address_of(contact.conversation_id))[0]
        return hub.vault.open(sealed, "address", "value", address_id)
    if contact.customer_id is not None and channel in FIELD_OF:
        rows = yield find(Customer, "profile_sealed", id=contact.customer_id)
        profile = open_profile(hub.vault, rows[0][0], contact.customer_id)
        if address := profile.get(FIELD_OF[channel]):
            return address
    raise Refused("no_address", "there is no address of this kind on the record")
