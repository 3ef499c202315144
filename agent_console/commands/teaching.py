"""What agents do for the assistant: say that an answer of it was wrong."""

from typing import Final

from agent_console.commands import arguments as given
from agent_console.commands.access import contact_of
from agent_console.commands.command import Command, Desk
from hub.journey.context import Viewer
from hub.journey.teaching import wrong
from hub.security.roles import Right


async def _report_answer(desk: Desk, viewer: Viewer, a: given.ReportAnswer) -> None:
    await contact_of(desk.hub, viewer, a.contact_id)
    await wrong.report_answer(
        desk.hub, viewer.user_id, contact_id=a.contact_id, seq=a.seq, note=a.note
    )


TEACHING_COMMANDS: Final[dict[str, Command]] = {
    "report_answer": Command(given.ReportAnswer, Right.HANDLE_CONTACTS, _report_answer),
}
