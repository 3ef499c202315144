"""Pending Reservations."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from hub.domain.routing import Because
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import Reservation
from hub.store.unit import Prepared

_r = table_of(Reservation).c
_pending = select(
    _r.id, _r.contact_id, _r.agent_id, _r.queue_id, _r.channel, _r.offered_at, _r.expires_at,
    _r.because,
).where(_r.state == "pending")  # fmt: skip
_OF_AGENTS = Prepared(_pending.where(_r.agent_id.in_(bindparam("agents", expanding=True))))
_ALL = Prepared(_pending)


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """A live Offer."""

    id: str
    contact_id: str
    agent_id: str
    queue_id: str
    channel: str
    offered_at: float
    expires_at: float
    because: Because | dict[str, Any]
    """Written as JSON either way."""


async def offers_of(hub: Hub, agents: Sequence[str]) -> list[OfferFacts]:
    """Return the live Offers of some agents."""
    return _facts(await hub.reader.rows(_OF_AGENTS(agents=list(agents)))) if agents else []


async def all_offers(hub: Hub) -> list[OfferFacts]:
    """Return every live Offer."""
    return _facts(await hub.reader.rows(_ALL()))


def _facts(rows: Sequence[tuple[Any, ...]]) -> list[OfferFacts]:
    found = []
    for key, contact_id, agent_id, queue_id, channel, offered_at, expires_at, because in rows:
        found.append(
            OfferFacts(
                key, contact_id, agent_id, queue_id, channel, offered_at, expires_at,
                json.loads(because),
            )
        )  # fmt: skip
    return found
