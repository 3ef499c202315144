"""MeView: the viewer as the page shows them, with Capacity and Load."""

from typing import Any

from agent_console.reading.agents import AgentFacts
from agent_console.setup import channel_units
from agent_console.views.contact import both
from hub.journey.context import Hub, Viewer
from hub.security.masks import mask_phone
from hub.security.roles import rights_of


def me_view(hub: Hub, viewer: Viewer, facts: AgentFacts) -> dict[str, Any]:
    """Build the view of the person who looks."""
    member = hub.staff.get(viewer.user_id)
    capacity = member.profile.capacity_units if member else 0
    used = units_by_channel(hub, facts)
    load = sum(used.values())
    channels = [channel for channel, _ in hub.setup.policy.channel_units]
    return {
        "id": viewer.user_id,
        "name": both(member.name if member else None),
        "roles": sorted(viewer.roles),
        "rights": sorted(rights_of(viewer.roles)),
        "presence": facts.presence,
        "presence_reason": facts.reason,
        "presence_since": facts.since_at,
        "presence_next": facts.next_presence,
        "presence_next_reason": facts.next_reason,
        "phone": phone_view(facts),
        "capacity_units": capacity,
        "load_units": load,
        "channels": [
            {
                "channel": channel,
                "used": len([t for t in facts.talks + facts.ringing if t.channel == channel]),
                "room": max(0, capacity - load) // max(1, channel_units(hub.setup, channel)),
            }
            for channel in channels
        ],
    }


def phone_view(facts: AgentFacts) -> dict[str, Any]:
    """Return what rings for an agent, the number masked, and whether it can."""
    phone = facts.phone
    number = mask_phone(phone.number) if phone.number else None
    return {"device": phone.device, "ready": phone.is_up, "number": number}


def units_by_channel(hub: Hub, facts: AgentFacts) -> dict[str, int]:
    """Return the units in use per channel: talks, wrap-ups and the live Offer."""
    used: dict[str, int] = {}
    for talk in facts.talks + facts.ringing:
        used[talk.channel] = used.get(talk.channel, 0) + channel_units(hub.setup, talk.channel)
    return used
