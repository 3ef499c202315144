"""What the operator decides about phone calls (`config/phone.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.journey.calls.numbers import NumberPlan

Both = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """One number of ours: a ChannelAccount."""

    number: str
    """As it is called: E.164 or a short national form."""
    name: Both
    language: str = "en"
    flow: str = "main"
    engine: str = ""
    """Which engine dials out with it; empty: it is for incoming calls."""
    queue_id: str = ""
    """Who gets its calls when the flow fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSetUp:
    """How a caller in line is entertained."""

    announce_seconds: float = 45.0
    """Place and wait are told at most this often."""
    music_seconds: float = 20.0
    callback_key: str = "1"
    voicemail_key: str = "2"
    """Keys; empty: not offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSetUp:
    """Whether calls are recorded."""

    is_on: bool = True
    keep_days: float = 180.0
    voicemail_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DialOut:
    """Limits against toll fraud."""

    prefixes: tuple[str, ...] = ("+86", "+852")
    """Only numbers that begin so may be dialled."""
    refused: tuple[str, ...] = ()
    """Of these, the ones that may not: premium rate."""
    plan: NumberPlan = field(default_factory=NumberPlan)
    agent_hour_most: int = 30
    day_most: int = 2000
    alert_ratio: float = 0.8
    """A supervisor is told when so much of the day's number is used."""
    ring_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSetUp:
    """All of it; the defaults suit a test."""

    numbers: Mapping[str, PhoneNumber] = field(default_factory=dict)
    waiting: WaitingSetUp = field(default_factory=WaitingSetUp)
    recording: RecordingSetUp = field(default_factory=RecordingSetUp)
    dial_out: DialOut = field(default_factory=DialOut)
    answer_seconds: float = 10.0
    """So long an accepted call may take to reach the agent's headset."""
    outside_seconds: float = 30.0
    """So long an agent's outside phone may take, from its first ring to the key that takes it."""
    reconnect_seconds: float = 20.0
    """So long a lost headset may take to come back while the caller hears music."""
    hold_reminder_seconds: float = 60.0
    same_agent_seconds: float = 600.0
    """Who was cut off and calls again within this time goes to the same agent."""
    survey_by_keys: bool = True
    directory: Mapping[str, Both] = field(default_factory=dict)
    """Outside numbers that agents may add to a call, with their names."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Of these: interpreter, attorney, branch or other; kept with the Leg."""

    menus: Mapping[str, Both] = field(default_factory=dict)
    """Flows that agents may send a caller to, with their names; the caller comes back."""

    def number_of(self, called: str) -> PhoneNumber:
        """The number that was called; one that is not listed is taken as the first listed."""
        found = self.numbers.get(called) or self.numbers.get(called.lstrip("+"))
        if found is not None:
            return found
        named = next(iter(self.numbers.values()), None)
        if named is None:
            return PhoneNumber(number=called, name={"en": called, "zh": called})
        return named
