"""What an agent does with the customer's record."""

from typing import Final

from agent_console.commands import arguments as given
from agent_console.commands.command import Command, Desk, Result
from hub.journey import record, step_up
from hub.journey.context import Viewer
from hub.journey.work import numbers
from hub.security.roles import Right


async def _reveal(desk: Desk, viewer: Viewer, a: given.Reveal) -> Result:
    shown = await record.reveal(
        desk.hub, viewer, contact_id=a.contact_id, field=a.field, reason=a.reason
    )
    return {"value": shown.value, "until": shown.until}


async def _reveal_number(desk: Desk, viewer: Viewer, a: given.RevealNumber) -> Result:
    shown = await numbers.reveal_number(desk.hub, viewer, task_id=a.task_id, reason=a.reason)
    return {"value": shown.value, "until": shown.until}


async def _number_is_grave(desk: Desk, viewer: Viewer, a: given.RevealNumber) -> bool:
    return await step_up.reveal_is_grave(desk.hub, viewer, "phone")


async def _reveal_is_grave(desk: Desk, viewer: Viewer, a: given.Reveal) -> bool:
    return await step_up.reveal_is_grave(desk.hub, viewer, a.field)


RECORD_COMMANDS: Final[dict[str, Command]] = {
    "reveal": Command(given.Reveal, Right.REVEAL_FIELD, _reveal, is_grave=_reveal_is_grave),
    "reveal_number": Command(
        given.RevealNumber, Right.REVEAL_FIELD, _reveal_number, is_grave=_number_is_grave
    ),
}
