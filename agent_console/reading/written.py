"""What a Contact on a written channel has besides: why nothing may be written there."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, select

from hub.customers.opt_outs import Purpose
from hub.journey.context import Hub
from hub.journey.opt_out import why_not
from hub.store.rows import table_of
from hub.store.tables import Address, Contact, Conversation
from hub.store.unit import Prepared

_c, _v, _a = (table_of(one).c for one in (Contact, Conversation, Address))
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
_ADDRESSES: Final = Prepared(
    select(_c.id, _c.channel, _a.id, _a.value_sealed)
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _c.conversation_id)
    .join(table_of(Address), _a.id == _v.address_id)
    .where(_c.id.in_(_ids))
)


async def closed_composers(hub: Hub, ids: Sequence[Any]) -> dict[str, str]:
    """Return of Contacts on written channels why nothing may be written, as a code."""
    if not ids:
        return {}
    closed = {}
    for contact_id, channel, address_id, sealed in await hub.reader.rows(_ADDRESSES(ids=list(ids))):
        address = hub.vault.open(sealed, "address", "value", address_id)
        if why := await why_not(hub, channel, address, Purpose.SERVICE):
            closed[contact_id] = why
    return closed
