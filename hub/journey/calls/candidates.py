"""Whose number or mailbox it is: records are listed, never chosen, and nothing opens by it."""

from typing import Any, Final

from sqlalchemy import bindparam, func, select, union

from hub.domain.calls import CHANNEL
from hub.domain.errors import Invalid, NotFound
from hub.journey.context import Hub, Viewer
from hub.journey.finding.search import search
from hub.store.rows import find, table_of
from hub.store.tables import (
    Address,
    Call,
    CallLeg,
    Contact,
    Conversation,
    Customer,
    CustomerNumber,
    Participant,
)
from hub.store.unit import Prepared

NOBODY: Final[dict[str, Any]] = {"customers": [], "more": False, "too_common": False}
_u, _n = table_of(Customer).c, table_of(CustomerNumber).c
_k, _l = table_of(Call).c, table_of(CallLeg).c
_c, _v, _a = (table_of(one).c for one in (Contact, Conversation, Address))
_number = Prepared(
    select(_l.id, _l.number_sealed)
    .join_from(table_of(Call), table_of(CallLeg), _l.id == _k.customer_leg_id)
    .where(_k.id == bindparam("of"))
)
_reach = Prepared(
    select(_c.channel, _a.id, _a.value_sealed)
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _c.conversation_id)
    .join(table_of(Address), _a.id == _v.address_id)
    .where(_c.id == bindparam("of"))
)
_count_mail = Prepared(
    select(func.count()).where(_u.email_key == bindparam("key"), _u.merged_into.is_(None))
)
_of_bank = select(_u.id).where(_u.phone_key == bindparam("key"), _u.merged_into.is_(None))
_saved = select(_n.customer_id).where(_n.number_key == bindparam("key"))
_count = Prepared(select(func.count()).select_from(union(_of_bank, _saved).subquery()))


async def count_candidates(hub: Hub, contact_id: str) -> int:
    """How many records have the number or mailbox at the other end; 0 where none can be read."""
    value = await reach_of(hub, contact_id)
    if "@" in value:
        return int((await hub.reader.rows(_count_mail(key=hub.lookup.of("mail", value))))[0][0])
    try:
        key = hub.lookup.of("phone", value)
    except Invalid:
        return 0
    return int((await hub.reader.rows(_count(key=key)))[0][0])


async def candidates_of(hub: Hub, viewer: Viewer, *, contact_id: str) -> dict[str, Any]:
    """List the records with the number that calls or writes, as a search would (same shape).

    For who serves the Contact; raises `NotFound`. To link one of them still takes proof.
    """
    owned = await hub.reader.rows(find(Contact, "owner_agent_id", id=contact_id))
    guests = await hub.reader.rows(find(Participant, "agent_id", contact_id=contact_id))
    if not owned or viewer.user_id not in {owned[0][0], *(row[0] for row in guests)}:
        raise NotFound("no_contact")
    value = await reach_of(hub, contact_id)
    return await search(hub, viewer, value) if value else NOBODY


async def reach_of(hub: Hub, contact_id: str) -> str:
    """The number or mailbox at the customer's end of a call or of what is written; else empty.

    It says whose it is in the records, which may be several people's: it proves nobody.
    """
    rows = await hub.reader.rows(_reach(of=contact_id))
    if rows and rows[0][0] in hub.writers:
        return hub.vault.open(rows[0][2], "address", "value", rows[0][1])
    return await number_of_call(hub, contact_id) if rows and rows[0][0] == CHANNEL else ""


async def number_of_call(hub: Hub, contact_id: str) -> str:
    """The number at the customer's end; empty when it was withheld."""
    rows = await hub.reader.rows(_number(of=contact_id))
    if not rows or rows[0][1] is None:
        return ""
    return hub.vault.open(rows[0][1], "call_leg", "number", rows[0][0])
