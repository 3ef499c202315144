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


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRules:
    """When the wallboard calls a supervisor."""

    service_level_target_ratio: float = 0.8
    least_answers: int = 5
    """So many spells must have ended before a service level is judged."""
    risk_ratio: float = 0.05
    """This far under the target is still `at_risk`, further is `missing_target`."""
    break_seconds: Mapping[str, float] = field(default_factory=lambda: {"": 900.0})
    """Longest break by reason; the empty reason is for all others."""
    low_score: int = 2
    low_score_seconds: float = 1800.0
    """How long a low Score stays on the wallboard."""
    silent_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSetUp:
    """The console's own part of the published set-up."""

    zone: ZoneInfo
    presence_reasons: Sequence[PresenceReason] = ()
    decline_reasons: Sequence[CodeLabel] = ()
    replies: Sequence[SavedReply] = ()
    segments: Sequence[CodeLabel] = ()
    skills: Sequence[CodeLabel] = ()
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
