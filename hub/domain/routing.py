"""What routing reads and what it decides: values shared by router, journey, console and reports."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill and the least level (1-5) an agent must have. A language is the skill `lang:zh`."""

    skill: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentProfile:
    """What an agent can do, as routing sees it."""

    agent_id: str
    skills: tuple[Requirement, ...] = ()
    """Skills with the agent's own level."""
    queues: tuple[str, ...] = ()
    """Queues the agent works for."""
    capacity_units: int = 6
    """Room in units over all channels."""
    floor_units: tuple[tuple[str, int], ...] = ()
    """Per channel: units that other channels must leave free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """After `after_seconds` of waiting, requirements widen: skills dropped or levels lowered."""

    after_seconds: float
    drop: tuple[str, ...] = ()
    lower: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """When one of the limits is passed, waiting contacts may also be served by `queue_id`."""

    queue_id: str
    waiting_over: int | None = None
    wait_seconds_over: float | None = None
    when_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePolicy:
    """The routing part of a Queue's published set-up."""

    queue_id: str
    target_seconds: float = 60.0
    """The promise: answered within this wait."""
    priority: int = 0
    """Priority class; a higher class is served first whatever the wait."""
    requirements: tuple[Requirement, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    overflows: tuple[Overflow, ...] = ()
    limit_waiting: int | None = None
    """At most this many waiting; further contacts are told so."""
    offer_seconds: tuple[tuple[str, float], ...] = ()
    """Offer time-out per channel."""
    preferred_seconds: float = 20.0
    """How long a contact waits for its preferred agent alone."""
    offer_callback_after_seconds: tuple[tuple[str, float], ...] = ()
    """Per channel: who waits longer, or has to expect it, is offered other ways than waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingPolicy:
    """Everything routing must know besides contacts and agents; typed and versioned."""

    version: int
    queues: tuple[QueuePolicy, ...]
    channel_units: tuple[tuple[str, int], ...] = (("web_chat", 2),)
    """Capacity that one contact of a channel uses."""
    segment_value: tuple[tuple[str, float], ...] = ()
    """Customer segment -> value added to the score, in units of one target of waiting."""
    offer_seconds: float = 20.0
    """Offer time-out where a queue names none for the channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why this Contact went to this Agent: every term of the score, kept in the event."""

    score: float
    wait_seconds: float
    target_seconds: float
    priority: int
    value: float
    boost: float
    requirements: tuple[Requirement, ...]
    relaxed: int
    """How many relaxations were in force."""
    preferred: bool
    overflow_from: str | None
    waiting: int
    """Contacts waiting in the same queue at that moment."""
    rule: str
    """`longest_idle`, `preferred_agent` or `best_contact`: the rule that chose."""
    phones_down: int = 0
    """Agents who are available and able, but whose phone is not ready for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Decision: hold this Agent for this Contact and offer it."""

    contact_id: str
    agent_id: str
    queue_id: str
    offer_seconds: float
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire:
    """Decision: the pending Reservation is over its time."""

    reservation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relax:
    """Decision: the Contact's requirements have widened to `level` relaxations."""

    contact_id: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverflowTo:
    """Decision: the Contact may from now on also be served by another Queue's agents."""

    contact_id: str
    queue_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCallback:
    """Decision: tell the customer how it stands, and offer to be called back."""

    contact_id: str
    cause: str
    """`nobody_skilled` (nobody signed in can serve it) or `long_wait`."""
    position: int
    estimate_seconds: float | None = None
    """The wait to expect; None: unknown."""


Decision = Reserve | Expire | Relax | OverflowTo | OfferCallback


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEstimate:
    """Place in line (1 = next) and expected wait, for customer and wallboard."""

    position: int
    estimate_seconds: float | None
    basis: str = "recent_answers"
    extra: dict[str, float] = field(default_factory=dict)
