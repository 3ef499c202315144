"""Load and Capacity, recounted from the rows whenever a step must be sure."""

from collections import Counter

from sqlalchemy import bindparam, null, or_, select, union_all

from hub.domain.errors import Refused
from hub.domain.routing import AgentProfile
from hub.domain.states import ReservationState, WrapUpState
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import Assignment, Reservation
from hub.store.unit import Prepared, Unit

_r, _a = table_of(Reservation).c, table_of(Assignment).c
held_channels = Prepared(
    union_all(
        select(_r.channel, _r.id).where(
            _r.agent_id == bindparam("agent"), _r.state == ReservationState.PENDING.value
        ),
        select(_a.channel, null()).where(
            _a.agent_id == bindparam("agent"),
            or_(_a.ended_at.is_(None), _a.wrap_up == WrapUpState.OPEN.value),
        ),
    )
)
"""Channel of all that an agent holds, and the Reservation's id where it is an Offer."""


def used_units(hub: Hub, channels: list[str]) -> Counter[str]:
    """Units in use per channel, for the channels of all that an agent holds."""
    cost = dict(hub.setup.policy.channel_units)
    used: Counter[str] = Counter()
    for channel in channels:
        used[channel] += cost.get(channel, 1)
    return used


def has_room(hub: Hub, profile: AgentProfile, used: Counter[str], channel: str) -> bool:
    """Whether one more contact fits and leaves the other channels' floors free."""
    cost = dict(hub.setup.policy.channel_units).get(channel, 1)
    left = profile.capacity_units - used.total() - cost
    kept = sum(
        max(0, floor - used[other]) for other, floor in profile.floor_units if other != channel
    )
    return left >= kept


def require_room(hub: Hub, agent_id: str, channel: str) -> Unit[None]:
    """Raise `Refused` unless the agent has room for one more contact; Offers never stack."""
    member = hub.staff.get(agent_id)
    if member is None or not member.enabled:
        raise Refused("no_agent")
    rows = yield held_channels(agent=agent_id)
    if any(offer is not None for _, offer in rows):
        raise Refused("agent_has_offer")
    if not has_room(hub, member.profile, used_units(hub, [r[0] for r in rows]), channel):
        raise Refused("no_capacity", "the agent has no room for it")
