"""The end of a shift: no more Offers, then the chosen Presence once the hands are empty."""

from typing import Final

from hub.domain.errors import Invalid
from hub.domain.states import Presence
from hub.journey.context import Hub
from hub.journey.declare import declare, next_of, presence_of
from hub.journey.load import held_channels
from hub.journey.waiting import TimerKind, disarm
from hub.store.unit import Unit

FOLLOWS: Final = frozenset({Presence.BREAK, Presence.TRAINING, Presence.OFFLINE})
REASON_MAX_CHARACTERS: Final = 40


async def finish_then(hub: Hub, agent_id: str, *, presence: str, reason: str = "") -> str:
    """Take no more Offers, finish what is in hand, then be `presence`; returns what holds now.

    `offline` is the last contact of a shift. With empty hands it comes at once.
    """
    if presence not in FOLLOWS or len(reason) > REASON_MAX_CHARACTERS:
        raise Invalid("bad_presence", "choose break, training or offline")
    return await hub.journal.run(lambda: _finish_then(hub, agent_id, presence, reason))


def _finish_then(hub: Hub, agent_id: str, presence: str, reason: str) -> Unit[str]:
    yield from presence_of(agent_id)
    yield disarm(TimerKind.AGENT_GRACE, agent_id)
    at = hub.clock.now()
    if not (yield held_channels(agent=agent_id)):
        yield from declare(agent_id, Presence(presence), at, reason=reason)
        return presence
    yield from declare(agent_id, Presence.FINISHING, at, then=(presence, reason))
    return Presence.FINISHING.value


def finish_if_free(hub: Hub, agent_id: str, at: float) -> Unit[None]:
    """Let what was chosen come, when the agent is finishing and nothing is in hand any more."""
    presence, _, _ = yield from presence_of(agent_id)
    if presence != Presence.FINISHING or (yield held_channels(agent=agent_id)):
        return
    then, reason = yield from next_of(agent_id)
    goal = Presence(then or Presence.BREAK)
    yield from declare(agent_id, goal, at, reason=reason, by="system")
