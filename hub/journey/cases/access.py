"""Who may look into a Case: whoever serves its Customer now, owns it, or watches over the work."""

from sqlalchemy import bindparam, or_, select

from hub.domain.errors import NotFound
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, may
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Case, Contact, Participant
from hub.store.unit import Prepared

_c, _a, _p = (table_of(one).c for one in (Contact, Assignment, Participant))
_IN_HAND = Prepared(
    select(_a.id)
    .join_from(table_of(Assignment), table_of(Contact), _c.id == _a.contact_id)
    .where(_a.agent_id == bindparam("agent"), _c.customer_id == bindparam("customer"))
    .where(or_(_a.ended_at.is_(None), _a.wrap_up == "open"))
    .union_all(
        select(_p.role)
        .join_from(table_of(Participant), table_of(Contact), _c.id == _p.contact_id)
        .where(_p.agent_id == bindparam("agent"), _c.customer_id == bindparam("customer"))
    )
    .limit(1)
)


async def serves(hub: Hub, viewer: Viewer, customer_id: str) -> bool:
    """Whether the viewer has an open Contact of this Customer in hand."""
    return bool(await hub.reader.rows(_IN_HAND(agent=viewer.user_id, customer=customer_id)))


async def require_case(hub: Hub, viewer: Viewer, case_id: str) -> None:
    """Raise `NotFound` for a Case that is not the viewer's business, as for one that is not."""
    rows = await hub.reader.rows(find(Case, "customer_id", "owner_id", id=case_id))
    if rows:
        customer_id, owner_id = rows[0]
        if owner_id == viewer.user_id or may(viewer.roles, Right.HANDLE_FOLLOW_UPS):
            return
        if await serves(hub, viewer, customer_id):
            return
    raise NotFound("no_case", "it is not there, or not yours")
