"""What staff do about an address that may be somebody else's: hold it, let it go when checked."""

from typing import Final

from hub.domain.errors import Invalid, Refused
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.converse import require_part
from hub.journey.held_address import address_of_contact, hold_address, told_held
from hub.journey.opt_out import let_go_in_unit
from hub.store.unit import Unit

_REASON_MOST: Final = 300


async def mark_not_me(hub: Hub, agent_id: str, *, contact_id: str) -> bool:
    """Hold the Address of a Contact in hand; False when it is held already."""
    return await hub.journal.run(lambda: _mark(hub, agent_id, contact_id))


def _mark(hub: Hub, agent_id: str, contact_id: str) -> Unit[bool]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    if contact.channel not in hub.writers:
        raise Refused("not_written", "nothing is written on this channel")
    return (yield from hold_address(hub, contact, agent_id, hub.clock.now()))


async def let_go(hub: Hub, agent_id: str, *, contact_id: str, reason: str) -> bool:
    """Let an Address be written to again, once somebody has checked whose it is."""
    if not reason.strip() or len(reason) > _REASON_MOST:
        raise Invalid("no_reason", f"say how it was checked, in up to {_REASON_MOST} characters")
    return await hub.journal.run(lambda: _let_go(hub, agent_id, contact_id, reason.strip()))


def _let_go(hub: Hub, agent_id: str, contact_id: str, reason: str) -> Unit[bool]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    channel, address = yield from address_of_contact(hub, contact)
    changed = yield from let_go_in_unit(
        hub, channel=channel, address=address, by=agent_id, proof=contact_id
    )
    if changed:
        yield from audited(hub, agent_id, "address_let_go", contact_id, reason=reason)
        yield told_held(hub, contact, agent_id, on=False)
    return changed
