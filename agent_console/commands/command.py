"""What a command is: its arguments, the right it asks for, and what it calls."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from agent_console.commands.arguments import Arguments
from agent_console.tickets import Tickets
from hub.journey.context import Hub, Viewer
from hub.journey.messages import Posted
from hub.journey.outgoing.keep import Kept
from hub.security.roles import Right

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """What commands work with."""

    hub: Hub
    tickets: Tickets


Run = Callable[[Desk, Viewer, Any], Awaitable[Result | None]]
IsGrave = Callable[[Desk, Viewer, Any], Awaitable[bool]]
IsProved = Callable[[], Awaitable[bool]]
"""Whether a code was given lately, or there is no authenticator to ask."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. A cheap one may come often and changes nothing that is counted."""

    arguments: type[Arguments]
    right: Right
    run: Run
    cheap: bool = False
    is_grave: IsGrave | None = None
    """Whether it asks for a code of the last ten minutes from who has an authenticator."""


def posted_answer(posted: Posted) -> Result:
    """The answer to what was written into a conversation."""
    return {"seq": posted.seq, "at": posted.at}


def said_answer(said: Posted | Kept) -> Result:
    """The answer to words that were said, or that wait before they leave."""
    if isinstance(said, Kept):
        return {"letter_id": said.letter_id, "leaves_at": said.leaves_at}
    return posted_answer(said)
