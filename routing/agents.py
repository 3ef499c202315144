"""An agent as routing sees it: abilities, presence, room."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.domain.routing import AgentProfile, Requirement
from hub.domain.states import Presence
from routing.board import Line, Rank
from routing.classes import Stand

DEFAULT_UNITS = 1
"""What a contact of a channel costs that the policy does not name."""


_WEIGHT = 1 << 20
"""More units than any agent holds: keeps the parts of `Agent.usage` apart."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a profile says without the name: shared by all agents who can do the same."""

    queues: tuple[str, ...]
    skills: tuple[Requirement, ...]
    capacity_units: int
    floor_units: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, profile: AgentProfile) -> "Kind":
        """Return the kind of a profile; the order in which things are listed does not matter."""
        return cls(
            tuple(sorted(set(profile.queues))),
            tuple(sorted(set(profile.skills), key=lambda own: (own.skill, own.level))),
            profile.capacity_units,
            tuple(sorted(profile.floor_units)),
        )

    def can_serve(self, queues: tuple[str, ...], needs: tuple[Requirement, ...]) -> bool:
        """Say whether such an agent works for one of the queues and has what is needed."""
        if not any(queue in self.queues for queue in queues):
            return False
        return all(
            need.level <= 0
            or any(own.skill == need.skill and own.level >= need.level for own in self.skills)
            for need in needs
        )


NOBODY = Kind((), (), 0, ())


class Agent:
    """One agent's present state. `load_units` counts offers, assignments and wrap-ups."""

    __slots__ = (
        "agent_id",
        "is_available",
        "kind",
        "load_units",
        "offers",
        "own_lines",
        "paused",
        "placed",
        "presence",
        "stand",
        "stands",
        "turn_at",
        "usage",
        "wanted_by",
        "weights",
        "work",
    )

    def __init__(self, agent_id: str) -> None:
        self.agent_id = agent_id
        self.kind = NOBODY
        self.weights: dict[str, int] = {}
        """What one unit of a channel adds to `usage`; 1 for channels without a floor."""
        self.presence: str = Presence.OFFLINE
        self.is_available = False
        """Whether the presence allows offers."""
        self.turn_at = 0.0
        """Since when the agent waits for a turn: last made available, given or freed of work."""
        self.offers: dict[str, str] = {}
        """Contact -> channel, of offers that are out or decided."""
        self.work: dict[str, str] = {}
        """Assignment -> channel, wrap-up included."""
        self.load_units = 0
        self.usage = 0
        """The load in one number that also tells the units of every channel with a floor."""
        self.stands: dict[int, Stand | None] = {}
        """What agents of this kind can take, by what they have in hand; shared by the kind."""
        self.stand: Stand | None = None
        """What the agent can take now; None: nothing."""
        self.placed: Rank | None = None
        """The agent's place among the idle, while it stands there."""
        self.own_lines: dict[int, Line] = {}
        """Per contact class: contacts that wait for this agent alone."""
        self.wanted_by: dict[str, None] = {}
        """Those contacts, also when just decided."""
        self.paused: set[str] = set()
        """Contacts not to be offered to this agent for a moment."""

    @property
    def is_near(self) -> bool:
        """Whether it makes sense to wait for this agent: available (busy or not) or reloading."""
        return self.presence in (Presence.AVAILABLE, Presence.RECONNECTING)

    def take(self, channel: str, units: int) -> None:
        """Count one more contact of `channel`; with negative units one less."""
        self.load_units += units
        self.usage += units * self.weights.get(channel, 1)

    def recount(self, units: Mapping[str, int]) -> None:
        """Count everything in hand anew: another kind or other units are in force."""
        floors = enumerate(self.kind.floor_units, start=1)
        self.weights = {channel: 1 + _WEIGHT**place for place, (channel, _) in floors}
        self.load_units = self.usage = 0
        for channel in (*self.offers.values(), *self.work.values()):
            self.take(channel, units[channel])

    def open_channels(self, units: Mapping[str, int]) -> tuple[str, ...]:
        """Return the channels of which one more contact fits: room left, others' floors kept."""
        in_hand = [*self.offers.values(), *self.work.values()]
        missing = {
            channel: max(0, floor - in_hand.count(channel) * units.get(channel, 0))
            for channel, floor in self.kind.floor_units
        }
        kept = sum(missing.values())
        room = self.kind.capacity_units - self.load_units
        return tuple(
            channel
            for channel in sorted(units)
            if units[channel] + kept - missing.get(channel, 0) <= room
        )
