"""AgentTile and WallContact; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from agent_console.reading.agents import AgentFacts, Talk
from agent_console.reading.contacts import ContactFacts
from agent_console.setup import target_seconds
from agent_console.views.contact import both
from agent_console.views.me import units_by_channel
from hub.domain.states import ContactState
from hub.journey.context import Hub
from hub.journey.staff import StaffMember
from hub.security.masks import mask_name


def agent_tile(hub: Hub, member: StaffMember, facts: AgentFacts) -> dict[str, Any]:
    """Build the tile of one agent."""
    activity, since = activity_of(facts)
    return {
        "id": member.user_id,
        "name": both(member.name),
        "team": member.team,
        "presence": facts.presence,
        "presence_reason": facts.reason,
        "presence_since": facts.since_at,
        "phone_ready": facts.phone.is_up,
        "activity": activity,
        "activity_since": since,
        "contacts": [
            {"id": one.contact_id, "channel": one.channel, "queue_id": one.queue_id}
            for one in _running(facts) + facts.ringing
        ],
        "load_units": sum(units_by_channel(hub, facts).values()),
        "capacity_units": member.profile.capacity_units,
        "queues": list(member.profile.queues),
        "skills": [asdict(own) for own in member.profile.skills],
        "assists": [
            {
                "id": one.assist_id,
                "queue_id": one.queue_id,
                "until_at": one.until_at,
                "skills": [asdict(own) for own in one.skills],
            }
            for one in member.assists
        ],
    }


class AgentTiles:
    """All tiles, built again only for agents of whom something was read again."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._made: dict[str, tuple[StaffMember, AgentFacts, dict[str, Any]]] = {}

    def of(
        self, members: Iterable[StaffMember], facts: Mapping[str, AgentFacts]
    ) -> dict[str, dict[str, Any]]:
        """Return the tiles of those who are known by `facts`."""
        made, self._made = self._made, {}
        for member in members:
            if (known := facts.get(member.user_id)) is not None:
                last = made.get(member.user_id)
                if last is None or last[0] is not member or last[1] is not known:
                    last = (member, known, agent_tile(self._hub, member, known))
                self._made[member.user_id] = last
        return {user_id: tile for user_id, (_, _, tile) in self._made.items()}


def activity_of(facts: AgentFacts) -> tuple[str, float]:
    """Return what the agent does now and since when."""
    if facts.ringing:
        return "ringing", min(one.started_at for one in facts.ringing)
    if running := _running(facts):
        return "on_contact", min(one.started_at for one in running)
    if ends := [talk.ended_at for talk in facts.talks if talk.ended_at is not None]:
        return "wrap_up", min(ends)
    return "idle", max(facts.since_at, facts.freed_at or 0.0)


def wall_contact(
    hub: Hub,
    facts: ContactFacts,
    now: float,
    *,
    help_asked: bool,
    silent: bool,
    is_stuck: bool = False,
) -> dict[str, Any]:
    """Build the line of a Contact in progress; its customer's name is masked for everybody."""
    return {
        "id": facts.id,
        "channel": facts.channel,
        "state": facts.state,
        **masked_title(facts),
        "queue_id": facts.queue_id,
        "agent_id": facts.owner_agent_id,
        "agent": hub.staff.name_of(facts.owner_agent_id),
        "since": facts.state_since,
        "queued_at": facts.queued_at,
        "segment": facts.segment,
        "flags": [
            *_flags(hub, facts, now, help_asked=help_asked, silent=silent),
            *(["stuck"] if is_stuck else ()),
        ],
    }


def masked_title(facts: ContactFacts) -> dict[str, str]:
    """Return `Lin W••` with `林•`, or a guest's number."""
    if facts.person is None:
        return {"title": f"Guest {facts.guest_number}", "title_zh": f"访客 {facts.guest_number}"}
    name, name_zh = facts.person.name, facts.person.name_zh
    return {"title": mask_name(name), "title_zh": mask_name(name_zh or name)}


def _flags(
    hub: Hub, facts: ContactFacts, now: float, *, help_asked: bool, silent: bool
) -> list[str]:
    waits = facts.state in (ContactState.QUEUED, ContactState.RESERVED)
    target = target_seconds(hub.setup, facts.queue_id)
    late = waits and target is not None and now - (facts.queued_at or now) > target
    said = {
        "help_asked": help_asked,
        "late": late,
        "ringing": facts.state == ContactState.RESERVED,
        "silent": silent,
        "threat": facts.call is not None and facts.call.row.threat_at is not None,
    }
    return [flag for flag, is_so in said.items() if is_so]


def _running(facts: AgentFacts) -> list[Talk]:
    return [talk for talk in facts.talks if talk.ended_at is None]
