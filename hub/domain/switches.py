"""What supervisors have switched off in self-service, as one channel sees it."""

from dataclasses import dataclass
from typing import Final

ASSISTANT, INTENT, ERRAND = "assistant", "intent", "errand"
KINDS: Final = frozenset({ASSISTANT, INTENT, ERRAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """What may not be done on a channel now."""

    everything: bool = False
    """The whole assistant, or the phone menu."""
    intents: frozenset[str] = frozenset()
    errands: frozenset[str] = frozenset()


ALL_ON: Final = Off()
