"""Secure messages: sent from a written talk, read by the customer behind a code."""

from typing import Final

from pydantic import StrictBool

from agent_console.commands.arguments import Heading, Id, Key, OnContact, Sure, Text
from agent_console.commands.command import Command, Desk, Result, posted_answer
from hub.domain.letter import Letter
from hub.journey.context import Viewer
from hub.journey.secure.send import NewSecure, send_secure
from hub.security.roles import Right


class SendSecure(OnContact):
    """`send_secure`."""

    key: Key
    text: Text
    file_id: Id | None = None
    letter: Heading | None = None
    asks_files: StrictBool = False
    sure: Sure = ()


async def _send(desk: Desk, viewer: Viewer, a: SendSecure) -> Result:
    letter = Letter(subject=a.letter.subject) if a.letter else None
    new = NewSecure(
        contact_id=a.contact_id, key=a.key, text=a.text, file_id=a.file_id, letter=letter,
        asks_files=a.asks_files,
    )  # fmt: skip
    return posted_answer(await send_secure(desk.hub, viewer.user_id, new, sure=a.sure))


SECURE_COMMANDS: Final[dict[str, Command]] = {
    "send_secure": Command(SendSecure, Right.HANDLE_CONTACTS, _send),
}
