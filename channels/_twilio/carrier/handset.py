"""The end of a line: what was heard on it as text, and what its holder does."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

ANSWER: Final = "answer"
MACHINE: Final = "machine"
BUSY: Final = "busy"
REJECT: Final = "reject"
SILENT: Final = "silent"
"""It rings until the caller gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Something that was heard."""

    at: float
    kind: str
    """say | play | tone | speech | event"""
    text: str


class Ear(Protocol):
    """Wakes whoever waits for a key or a word on this line."""

    def __call__(self) -> None:
        """Look again."""


@dataclass(slots=True, kw_only=True)
class Handset:
    """A telephone in somebody's hand; `press`, `say` and `hang_up` are its holder's acts."""

    address: str
    call_sid: str
    hang_up: Callable[[], None] = lambda: None
    speak: Callable[[str], None] = lambda _: None
    heard: list[Caption] = field(default_factory=list)
    keys: deque[str] = field(default_factory=deque)
    """Pressed and not taken yet."""
    words: deque[str] = field(default_factory=deque)
    """Said and not taken yet."""
    is_listened: bool = False
    """Whether the carrier takes keys now; pressed at another time they are lost, as in life."""
    ears: list[Ear] = field(default_factory=list)

    def press(self, digits: str) -> None:
        """Press keys one after the other."""
        self.keys.extend(digits)
        self._wake()

    def say(self, words: str) -> None:
        """Say something: to the menu, to the recorder, or to those in the room."""
        self.words.append(words)
        self.speak(words)
        self._wake()

    def texts(self, kind: str = "say") -> list[str]:
        """Return what was heard of a kind."""
        return [caption.text for caption in self.heard if caption.kind == kind]

    def _wake(self) -> None:
        for ear in list(self.ears):
            ear()


class FarEnd(Protocol):
    """What happens where the carrier dials."""

    async def ring(self, handset: Handset) -> str:
        """Return how the ringing ends; it is cancelled when the caller gives up."""
