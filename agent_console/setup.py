"""What the console shows and judges by, beyond the Queues; `config` reads it from its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from hub.journey.context import SetUp

Both = Mapping[str, str]
"""A text per language: `en` and `zh`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceReason:
    """A reason an agent may give with a Presence."""

    presence: str
    code: str
    label: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLabel:
    """A code and its label: decline reasons, segments."""

    code: str
    label: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReply:
    """A reply of the library; no queues means all."""

    code: str
    title: Both
    text: Both
    queues: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    """Matters of the assistant that it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRule:
    """What a talk must hold for an outcome to be suggested: one of each that is named."""

    outcome: str
    acts: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()


Limits = Mapping[str, float]
"""A limit by Queue or reason; the empty name is for all others."""


def limit_of(limits: Limits, name: str) -> float:
    """Return the limit in force for the name; none where even the others have none."""
    return limits.get(name, limits.get("", float("inf")))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRules:
    """When the wallboard calls a supervisor."""

    service_level_target_ratio: float = 0.8
    least_answers: int = 5
    """So many spells must have ended before a service level is judged."""
    risk_ratio: float = 0.05
    """This far under the target is still `at_risk`, further is `missing_target`."""
    acknowledged_seconds: float = 1800.0
    """So long an alert that somebody has taken on stays quiet, unless it gets worse."""
    service_level_under: Limits = field(default_factory=lambda: {"": 0.0})
    long_wait_targets: Limits = field(default_factory=lambda: {"": 1.0})
    long_contact_seconds: Limits = field(default_factory=lambda: {"": 1800.0})
    late_reply_seconds: Limits = field(default_factory=lambda: {"": 180.0})
    nobody_skilled_waiting: Limits = field(default_factory=lambda: {"": 1.0})
    break_seconds: Limits = field(default_factory=lambda: {"": 900.0})
    """Longest break by reason."""
    low_score: int = 2
    bot_misses: int = 2
    """So many messages that the assistant did not understand make a talk stuck."""
    bot_repeats: int = 3
    """So often the same matter in a row."""
    bot_seconds: float = 600.0
    """A talk with the assistant that lasts longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WidgetFacts:
    """A chat widget as the operator's settings have it; its keys lie in the database."""

    id: str
    origins: Sequence[str]
    algorithm: str
    language: str
    warn_seconds: float
    close_seconds: float
    away_seconds: float
    resume_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSetUp:
    """The console's own part of the published set-up."""

    zone: ZoneInfo
    presence_reasons: Sequence[PresenceReason] = ()
    decline_reasons: Sequence[CodeLabel] = ()
    replies: Sequence[SavedReply] = ()
    outcomes: Sequence[OutcomeRule] = ()
    segments: Sequence[CodeLabel] = ()
    skills: Sequence[CodeLabel] = ()
    widgets: Sequence[WidgetFacts] = ()
    settings_file: str = ""
    """Where the operator wrote them."""
    queue_channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alerts: AlertRules = field(default_factory=AlertRules)


def target_seconds(setup: SetUp, queue_id: str | None) -> float | None:
    """Return the Queue's promise; None for no Queue or an unknown one."""
    for queue in setup.policy.queues:
        if queue.queue_id == queue_id:
            return queue.target_seconds
    return None


def channel_units(setup: SetUp, channel: str) -> int:
    """Return the units of capacity that one Contact of the channel uses."""
    return dict(setup.policy.channel_units).get(channel, 1)


NameOf = Callable[[str | None], Mapping[str, str] | None]
"""The name of a colleague per language, or None."""
