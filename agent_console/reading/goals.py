"""Where a Contact may go, as the picker shows it: who is free and who speaks its language."""

from typing import Any

from agent_console.reading.agents import AgentFacts, load_agents
from agent_console.setup import channel_units
from agent_console.views.me import units_by_channel
from hub.domain.states import Presence
from hub.journey.context import Hub
from hub.journey.staff import StaffMember
from hub.security.roles import Role

_LANGUAGE = "lang:"
CHAT = "web_chat"


async def transfer_goals(hub: Hub, viewer_id: str, language: str) -> dict[str, Any]:
    """Read who is there now; asked for when the picker opens, so it costs no feed anything."""
    members = [
        one
        for one in hub.staff.all()
        if one.enabled and Role.AGENT in one.roles and one.user_id != viewer_id
    ]
    facts = await load_agents(hub, [one.user_id for one in members])
    free = {one.user_id for one in members if _is_free(hub, one, facts[one.user_id])}
    return {
        "language": language,
        "queues": {queue: _queue(members, free, queue, language) for queue in hub.setup.queues},
        "agents": {
            one.user_id: {
                "presence": facts[one.user_id].presence,
                "free": one.user_id in free,
                "languages": languages_of(one),
                "speaks": language in languages_of(one),
            }
            for one in members
        },
    }


def _queue(
    members: list[StaffMember], free: set[str], queue_id: str, language: str
) -> dict[str, int]:
    """How many are free for the Queue, and how many of them speak the language."""
    there = [one for one in members if one.user_id in free and queue_id in one.profile.queues]
    return {
        "free": len(there),
        "free_speaking": sum(language in languages_of(one) for one in there),
    }


def _is_free(hub: Hub, member: StaffMember, facts: AgentFacts) -> bool:
    """Whether one more chat fits into the hands of somebody who takes Offers."""
    if facts.presence != Presence.AVAILABLE:
        return False
    used = sum(units_by_channel(hub, facts).values())
    return used + channel_units(hub.setup, CHAT) <= member.profile.capacity_units


def languages_of(member: StaffMember) -> list[str]:
    """The languages somebody speaks, by code."""
    return sorted(
        own.skill.removeprefix(_LANGUAGE)
        for own in member.profile.skills
        if own.skill.startswith(_LANGUAGE) and own.level > 0
    )
