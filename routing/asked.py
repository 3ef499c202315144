"""Routing's own choice for an agent who asks for more than is offered; nothing is decided by it."""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from hub.domain.routing import Because
from routing.decide import because_of
from routing.floor import Floor

ASKED = "asked_for"


class Choice(NamedTuple):
    """What the agent should take next, and why."""

    contact_id: str
    queue_id: str
    because: Because


def next_for(floor: Floor, agent_id: str, channels: Collection[str], now: float) -> Choice | None:
    """Return the best contact of these channels that the agent may serve and has room for.

    The same order as for offers. Presence does not matter: who asks is there. None: nothing waits
    for such an agent, or no room is left.
    """
    agent = floor.agents.get(agent_id)
    if agent is None:
        return None
    has_room = agent.room.open_channels(agent.usage)
    wanted = tuple(channel for channel in has_room if channel in channels)
    if not wanted:
        return None
    floor.settle()
    stand = agent.stand
    agent.stand = floor.classes.stand_for((agent.kind.queues, agent.kind.skills, wanted))
    try:
        rank = floor.best_contact(agent, now)
    finally:
        agent.stand = stand
    if rank is None:
        return None
    contact = rank[4]
    because = because_of(floor, contact, agent, contact.queue, now)
    return Choice(contact.contact_id, contact.queue.queue_id, replace(because, rule=ASKED))
