"""Events of the assistant's understanding: what it took words for, and where it was wrong."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsWeighed(ContactEvent):
    """The assistant took a customer's words for a matter, or was at a loss."""

    intent: str
    """The matter; where it was at a loss its best guess, or empty."""
    outcome: str
    """understood | unsure | missed | outside (none of our matters)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReported(ContactEvent):
    """Somebody of the staff says that an answer of the assistant was wrong."""

    seq: int
    by: str
