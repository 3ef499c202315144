"""An agent as routing sees it: abilities, presence, room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub.domain.routing import AgentProfile, Requirement
from hub.domain.states import Presence
from routing.board import Line, Rank
from routing.classes import Classes, Stand

DEFAULT_UNITS = 1
"""What a contact of a channel costs that the policy does not name."""

NO_CONTACTS: frozenset[str] = frozenset()

_BITS = 20
_ALL = (1 << _BITS) - 1
"""More units than any agent holds: keeps the parts of a usage apart."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a profile says without the name: shared by all agents who can do the same."""

    queues: tuple[str, ...]
    skills: tuple[Requirement, ...]
    capacity_units: int
    floor_units: tuple[tuple[str, int], ...]
    shut: tuple[str, ...] = ()
    """Channels that cannot reach the agent now: a phone that is not ready."""

    @classmethod
    def of(cls, profile: AgentProfile, shut: tuple[str, ...] = ()) -> "Kind":
        """Return the kind of a profile; the order in which things are listed does not matter."""
        return cls(
            tuple(sorted(set(profile.queues))),
            tuple(sorted(set(profile.skills), key=lambda own: (own.skill, own.level))),
            profile.capacity_units,
            tuple(sorted(profile.floor_units)),
            shut,
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


class Room(dict[int, Stand | None]):
    """Where agents of one kind stand, by their usage: worked out when it is first asked.

    The usage is what an agent has in hand as one number: the units of all channels in the lowest
    bits, those of each channel with a floor above. One contact adds the `costs` of its channel.
    """

    __slots__ = ("_classes", "_units", "costs", "kind")

    def __init__(self, kind: Kind, units: Mapping[str, int], classes: Classes) -> None:
        super().__init__()
        self.kind = kind
        self._units = units
        self._classes = classes
        places = {channel: 1 << _BITS * place for place, (channel, _) in _floors_of(kind)}
        self.costs = {channel: n * (1 + places.get(channel, 0)) for channel, n in units.items()}

    def __missing__(self, usage: int) -> Stand | None:
        kind, channels, stand = self.kind, self.open_channels(usage), None
        if channels:
            stand = self._classes.stand_for((kind.queues, kind.skills, channels))
        self[usage] = stand
        return stand

    def open_channels(self, usage: int) -> tuple[str, ...]:
        """Return the channels of which one more contact fits: room left, others' floors kept."""
        units = self._units
        missing = {
            channel: max(0, floor - (usage >> _BITS * place & _ALL))
            for place, (channel, floor) in _floors_of(self.kind)
        }
        kept = sum(missing.values())
        room = self.kind.capacity_units - (usage & _ALL)
        return tuple(
            channel
            for channel in sorted(units)
            if channel not in self.kind.shut
            and units[channel] + kept - missing.get(channel, 0) <= room
        )


def _floors_of(kind: Kind) -> Iterable[tuple[int, tuple[str, int]]]:
    return enumerate(kind.floor_units, start=1)


class Agent:
    """One agent's present state."""

    __slots__ = (
        "agent_id",
        "is_available",
        "kind",
        "offers",
        "own_lines",
        "paused",
        "placed",
        "presence",
        "room",
        "stand",
        "turn_at",
        "usage",
        "wanted_by",
        "work",
    )

    def __init__(self, agent_id: str, room: Room) -> None:
        self.agent_id = agent_id
        self.kind = room.kind
        self.room = room
        """What agents of this kind can take; shared by the kind."""
        self.presence: str = Presence.OFFLINE
        self.is_available = False
        """Whether the presence allows offers."""
        self.turn_at = 0.0
        """Since when the agent waits for a turn: last made available, given or freed of work."""
        self.offers: tuple[str, ...] = ()
        """The channels of offers that are out or decided."""
        self.work: dict[str, str] = {}
        """Assignment -> channel, wrap-up included."""
        self.usage = 0
        """What offers, assignments and wrap-ups cost, as `Room` counts it."""
        self.stand: Stand | None = None
        """What the agent can take now; None: nothing."""
        self.placed: Rank | None = None
        """The agent's place among the idle, while it stands there."""
        self.own_lines: dict[int, Line] | None = None
        """Per contact class: contacts that wait for this agent alone; mostly nobody ever did."""
        self.wanted_by: dict[str, None] = {}
        """Those contacts, also when just decided."""
        self.paused: frozenset[str] = NO_CONTACTS
        """Contacts not to be offered to this agent for a moment."""

    @property
    def is_near(self) -> bool:
        """Whether it makes sense to wait for this agent: available (busy or not) or reloading."""
        return self.presence in (Presence.AVAILABLE, Presence.RECONNECTING)

    @property
    def may_be_offered(self) -> bool:
        """Whether an Offer may come now: offers never stack, so none while another is out."""
        return self.is_available and not self.offers

    @property
    def load_units(self) -> int:
        """Return the units of everything in hand."""
        return self.usage & _ALL

    def offer(self, channel: str) -> None:
        """Count one more offer of the channel."""
        self.offers += (channel,)
        self.usage += self.room.costs[channel]

    def free_offer(self, channel: str) -> None:
        """Count one offer of the channel less."""
        at = self.offers.index(channel)
        self.offers = self.offers[:at] + self.offers[at + 1 :]
        self.usage -= self.room.costs[channel]

    def move_to(self, room: Room) -> None:
        """Count everything in hand anew: another kind or other units are in force."""
        self.kind, self.room = room.kind, room
        in_hand = (*self.offers, *self.work.values())
        self.usage = sum(room.costs[channel] for channel in in_hand)
