"""How long a person takes, on the choice that asks for one: customers decide knowing it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hub.domain.calls import CHANNEL as PHONE
from hub.domain.steps import Choice, Menu, Step
from hub.journey.context import Hub
from hub.text.language import detect

PERSON: Final = "person"
"""The value of the choice that asks for a person, whoever leads the talk."""
ABOUT: Final[Mapping[str, str]] = {"en": "{label} (about {n} min)", "zh": "{label}（约{n}分钟）"}
CLOSED: Final[Mapping[str, str]] = {
    "en": "{label} (closed: message or callback)",
    "zh": "{label}（已下班：可留言或预约回电）",
}


def with_wait(hub: Hub, channel: str, steps: Sequence[Step]) -> list[Step]:
    """Return the steps; where a person can be chosen it says how long that takes, if it is known.

    On the phone nothing is added: the menu is spoken, and the wait is told in the line.
    """
    queue_id = str(getattr(hub.self_service, "person_queue", ""))
    if channel == PHONE or queue_id not in hub.setup.queues:
        return list(steps)
    words = _words(hub, queue_id)
    if words is None:
        return list(steps)
    said, minutes = words
    return [_told(one, said, minutes) if isinstance(one, Menu) else one for one in steps]


def _words(hub: Hub, queue_id: str) -> tuple[Mapping[str, str], int] | None:
    """What is said of the queue now, and its minutes; None while nobody can tell."""
    if not hub.setup.is_open(queue_id, hub.clock.now()):
        return CLOSED, 0
    seconds = hub.line.newcomer_wait_seconds(queue_id)
    return None if seconds is None else (ABOUT, max(1, math.ceil(seconds / 60)))


def _told(menu: Menu, said: Mapping[str, str], minutes: int) -> Menu:
    def label(one: Choice) -> Choice:
        language = detect(one.label) or "en"
        text = said.get(language, said["en"]).format(label=one.label, n=minutes)
        return replace(one, label=text) if one.value == PERSON else one

    return replace(menu, choices=tuple(label(one) for one in menu.choices))
