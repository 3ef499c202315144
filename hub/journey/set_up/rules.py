"""What a change of set-up keeps to: a reason, and a second person where the bank demands one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from hub.domain.errors import Invalid, Refused
from hub.journey.set_up.drafts import Draft

TOPIC: Final = "set_up"
WHY_MOST: Final = 200
Sound = Callable[[Mapping[str, Any]], None]
"""Raises `Invalid` for a document that must not be published."""


def require_reason(why: str) -> str:
    """Return the reason without blanks around it; raises `Invalid("need_reason")`."""
    if not 0 < len(why.strip()) <= WHY_MOST:
        raise Invalid("need_reason", f"say why, in up to {WHY_MOST} characters")
    return why.strip()


def require_second_person(draft: Draft, actor: str) -> None:
    """Raise `Refused`: `not_handed_in`, or `same_person` for who worked on the draft."""
    if draft.asked_by is None:
        raise Refused("not_handed_in")
    if actor == draft.asked_by or actor in draft.writers:
        raise Refused("same_person", "somebody else publishes it")
