"""What the operator decides about written work: answer times, waiting, tags; per Queue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

Both = Mapping[str, str]
"""A text per language: `en` and `zh`."""

DAY_SECONDS: Final = 86_400.0
CUSTOMER: Final = "customer"
"""Waits for the customer's answer; closed politely when none comes."""
MERGED: Final = "merged"
"""Its customer is answered in another Conversation; closed when nobody takes that back."""
FOLLOW_UP: Final = "follow_up"
"""Waits for a day that an agent chose; work again then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRules:
    """Of one Queue."""

    answer_seconds: float = 8 * 3600.0
    """An answer is due after so much of the Queue's business hours."""
    close_after_seconds: float = 5 * DAY_SECONDS
    """A customer for whom we wait so long without an answer needs nothing more."""
    closing: Both = field(default_factory=lambda: MappingProxyType({}))
    """What they are told then; nothing where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSetUp:
    """All Queues, and the tags that staff may put on written work."""

    rules: LetterRules = field(default_factory=LetterRules)
    of_queue: Mapping[str, LetterRules] = field(default_factory=lambda: MappingProxyType({}))
    tags: Mapping[str, Both] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, queue_id: str | None) -> LetterRules:
        """The rules of a Queue; the common ones where it has none of its own."""
        return self.of_queue.get(queue_id or "", self.rules)
