"""What an agent does with the customer's record."""

from typing import Final

from agent_console.commands import arguments as given
from agent_console.commands.command import Command, Desk, Result
from hub.journey import record
from hub.journey.context import Viewer
from hub.security.roles import Right


async def _reveal(desk: Desk, viewer: Viewer, a: given.Reveal) -> Result:
    shown = await record.reveal(
        desk.hub, viewer, contact_id=a.contact_id, field=a.field, reason=a.reason
    )
    return {"value": shown.value, "until": shown.until}


RECORD_COMMANDS: Final[dict[str, Command]] = {
    "reveal": Command(given.Reveal, Right.REVEAL_FIELD, _reveal),
}
