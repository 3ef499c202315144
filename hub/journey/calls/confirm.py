"""An agent's outside phone is answered: a person takes the call by a key, a mailbox never does."""

from collections.abc import Mapping
from typing import Any, Final

from hub.domain.calls import EnterRoom, Gather, HangUp, Program, RoomRole
from hub.journey.calls.legs import LegRow, Phase, keep_program
from hub.journey.calls.words import prompt
from hub.journey.context import Hub
from hub.store.unit import Unit

TAKE_KEY: Final = "1"
TRIES: Final = 3
_ASK_SECONDS: Final = 5.0
_LANGUAGES: Final = ("en", "zh")
"""Nobody knows which one the person at that phone reads: it is said in both."""


def confirmation(
    coached_leg_id: str | None = None, tries: int = TRIES
) -> tuple[Program, Phase, Mapping[str, Any]]:
    """Return what an outside phone plays when it is answered, and what an answer will mean."""
    asked = Gather(
        sounds=tuple(prompt("take_call", language) for language in _LANGUAGES),
        first_seconds=_ASK_SECONDS,
    )
    return (asked,), Phase.CONFIRM, {"tries": tries, "coached_leg_id": coached_leg_id}


def confirmed(hub: Hub, leg: LegRow, memory: Mapping[str, Any], digits: str) -> Unit[None]:
    """Let who pressed the key into the room; ask again, then hang up on whoever does not."""
    tries, coached_leg_id = int(memory["tries"]) - 1, memory["coached_leg_id"]
    if digits == TAKE_KEY:
        entry = EnterRoom(
            room_id=str(leg.contact_id), role=RoomRole(leg.role), coached_leg_id=coached_leg_id
        )
        yield from keep_program(hub, leg.id, (entry,), Phase.ROOM, {})
    elif tries <= 0:
        yield from keep_program(hub, leg.id, (HangUp(),), Phase.GOODBYE, {})
    else:
        yield from keep_program(hub, leg.id, *confirmation(coached_leg_id, tries))
