"""Where a customer stood before: each change dated, with the reason that was given then."""

import json
from typing import Any

from sqlalchemy import bindparam, select

from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import Contact, StandingChange
from hub.store.unit import Prepared

SHOWN = 50
_s, _c = table_of(StandingChange).c, table_of(Contact).c
_newest = Prepared(
    select(_s.at, _s.field, _s.before, _s.after, _s.why)
    .where(_s.customer_id == bindparam("of"))
    .order_by(_s.at.desc(), _s.id.desc())
    .limit(SHOWN)
)
_of_contact = Prepared(select(_c.customer_id).where(_c.id == bindparam("of")))


async def standing_of(hub: Hub, customer_id: str) -> list[dict[str, Any]]:
    """Return the newest changes first; managers by name, all else by code or number."""
    return [
        {
            "at": at,
            "field": field,
            "before": _named(hub, field, before),
            "after": _named(hub, field, after),
            "why": json.loads(why),
        }
        for at, field, before, after, why in await hub.reader.rows(_newest(of=customer_id))
    ]


async def standing_of_contact(hub: Hub, contact_id: str) -> list[dict[str, Any]]:
    """Return the same for the Customer of a Contact; a guest has none."""
    rows = await hub.reader.rows(_of_contact(of=contact_id))
    customer_id = rows[0][0] if rows else None
    return await standing_of(hub, customer_id) if customer_id else []


def _named(hub: Hub, field: str, value: str) -> dict[str, Any]:
    name = hub.staff.name_of(value) if field == "manager" and value else None
    return {"code": value, "name": dict(name) if name else None}
