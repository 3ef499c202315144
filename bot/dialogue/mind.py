"""What the assistant keeps between two turns, as JSON values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """All that a talk has come to; an empty one knows nothing."""

    language: str = "en"
    intent: str = ""
    """The matter that is talked about: the last errand or question."""
    slots: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    asked: str = ""
    """The blank that was asked for last."""
    offers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Blank -> value -> label, where the customer's record or the calendar says what there is."""
    question: str = ""
    """What was asked in place of the response, e.g. the sum of an errand before `yes`."""
    todo: tuple[str, ...] = ()
    """Actions that wait for the result of the errand that runs."""
    running: str = ""
    """The errand whose result is awaited."""
    waiting: str = ""
    """The action that waits until the customer has proved who it is."""
    later: tuple[str, ...] = ()
    """Other wishes of the same sentence, in the customer's words: taken up one after the other."""
    heard_at: float = 0.0
    """When words or a choice came last, in UTC epoch seconds."""
    is_led_by_rules: bool = False
    """Another engine led this errand and was lost: the rules lead it to its end."""
    misses: int = 0
    wants: str = ""
    """The matter in the customer's own words."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """`promised:INTENT` -> its reference, `failed:INTENT` -> why: for the agent."""
    tried: tuple[str, ...] = ()
    """What was answered, done or not understood, for the agent."""

    @property
    def is_busy(self) -> bool:
        """Whether the next words belong to an errand."""
        return bool(self.form or self.waiting)

    def to_state(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self) | {"slots": dict(self.slots), "outcomes": dict(self.outcomes)}

    @staticmethod
    def from_state(state: Mapping[str, Any]) -> "Mind":
        """Return the mind that a state holds."""
        lists = {name: tuple(state.get(name, ())) for name in ("todo", "tried", "later")}
        return Mind(**{**state, **lists})
