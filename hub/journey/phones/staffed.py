"""Who is there to take a call: for pages that tell it before somebody dials."""

from sqlalchemy import select

from hub.domain.states import Presence
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import AgentPhone, AgentPresence
from hub.store.unit import Prepared

_presence, _phone = table_of(AgentPresence), table_of(AgentPhone)
_at_the_phone = Prepared(
    select(_presence.c.agent_id)
    .outerjoin_from(_presence, _phone, _phone.c.id == _presence.c.agent_id)
    .where(_presence.c.presence == Presence.AVAILABLE, _phone.c.is_up.is_not(False))
)


async def staffed_queues(hub: Hub) -> frozenset[str]:
    """Return the queues that somebody serves who is available and whose phone can ring."""
    rows = await hub.reader.rows(_at_the_phone())
    members = (hub.staff.get(row[0]) for row in rows)
    return frozenset(queue for one in members if one is not None for queue in one.profile.queues)
