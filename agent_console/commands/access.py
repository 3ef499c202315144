"""Checks that a command needs before it reads or writes for somebody."""

from typing import Final

from pydantic import BaseModel
from sqlalchemy import bindparam, select

from agent_console.reading.contacts import ContactFacts, load_contacts
from agent_console.views.contact import role_of
from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, HubError, NotFound
from hub.journey.context import Hub, Viewer
from hub.journey.joined.row import LINKED
from hub.security.roles import Right, may
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Contact, Customer, Participant, TalkJoin
from hub.store.unit import Prepared

_TELLS_OF_A_CONTACT: Final = frozenset(
    {
        "no_call", "no_contact", "no_record", "not_connected", "not_in_contact",
        "not_your_contact",
    }
)  # fmt: skip
_c, _a, _p = (table_of(one).c for one in (Contact, Assignment, Participant))
_j = table_of(TalkJoin).c
_ROLES_IN_CONVERSATION = Prepared(
    select(_a.id)
    .join_from(table_of(Assignment), table_of(Contact), _c.id == _a.contact_id)
    .where(_c.conversation_id == bindparam("of"), _a.agent_id == bindparam("agent"))
    .where(_a.ended_at.is_(None) | (_a.wrap_up == "open"))
    .union_all(
        select(_p.role)
        .join_from(table_of(Participant), table_of(Contact), _c.id == _p.contact_id)
        .where(_c.conversation_id == bindparam("of"), _p.agent_id == bindparam("agent"))
    )
    .limit(1)
)
_SHOWN_IN = Prepared(
    select(_j.target_id)
    .where(_j.source_id == bindparam("of"), _j.undone_at.is_(None))
    .union_all(
        select(_j.source_id).where(
            _j.target_id == bindparam("of"), _j.undone_at.is_(None), _j.kind == LINKED
        )
    )
)


async def contact_of(hub: Hub, viewer: Viewer, contact_id: str) -> ContactFacts:
    """Return a Contact the viewer is in; anybody else's is as if it did not exist."""
    facts = (await load_contacts(hub, [contact_id])).get(contact_id)
    if facts is None or role_of(facts, viewer.user_id) is None:
        raise NotFound("no_contact", "it is not there, or not yours")
    return facts


async def require_open_to(hub: Hub, viewer: Viewer, customer_id: str) -> None:
    """Raise `Forbidden` for the record of a colleague, which only some may open."""
    rows = await hub.reader.rows(find(Customer, "warnings", id=customer_id))
    if not rows:
        raise NotFound("no_customer")
    if is_restricted(in_force(rows[0][0]), viewer.roles):
        raise Forbidden("restricted_record", "this is the record of a colleague")


async def as_told(hub: Hub, viewer: Viewer, arguments: BaseModel, error: HubError) -> HubError:
    """Return a refusal as the viewer may hear it.

    Who is not in a Contact does not learn that it exists: the same answer as for an unknown id.
    """
    contact_id = getattr(arguments, "contact_id", None)
    if contact_id is None or error.code not in _TELLS_OF_A_CONTACT or may_watch(viewer):
        return error
    try:
        await contact_of(hub, viewer, contact_id)
    except HubError as unknown:
        return unknown
    return error


async def require_conversation(hub: Hub, viewer: Viewer, conversation_id: str) -> None:
    """Raise `NotFound` unless the viewer is in a Contact of the Conversation now.

    Who is in one in which staff show its Messages may read it too.
    """
    if await _is_in(hub, viewer, conversation_id):
        return
    for (joined,) in await hub.reader.rows(_SHOWN_IN(of=conversation_id)):
        if await _is_in(hub, viewer, joined):
            return
    raise NotFound("no_conversation", "it is not there, or not yours")


async def _is_in(hub: Hub, viewer: Viewer, conversation_id: str) -> bool:
    call = _ROLES_IN_CONVERSATION(of=conversation_id, agent=viewer.user_id)
    return bool(await hub.reader.rows(call))


def may_watch(viewer: Viewer) -> bool:
    """Tell whether the viewer may look at any live Contact."""
    return may(viewer.roles, Right.WATCH_CONTACTS)
