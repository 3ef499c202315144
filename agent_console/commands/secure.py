"""Written talks made safe: secure messages, and addresses that may be somebody else's."""

from typing import Annotated, Final

from pydantic import StrictBool, StringConstraints

from agent_console.commands.arguments import Heading, Id, Key, OnContact, Sure, Text
from agent_console.commands.command import Command, Desk, Result, posted_answer
from hub.domain.letter import Letter
from hub.journey import not_me
from hub.journey.context import Viewer
from hub.journey.secure.send import NewSecure, send_secure
from hub.security.roles import Right

Reason = Annotated[str, StringConstraints(strict=True, min_length=3, max_length=300)]


class SendSecure(OnContact):
    """`send_secure`."""

    key: Key
    text: Text
    file_id: Id | None = None
    letter: Heading | None = None
    asks_files: StrictBool = False
    sure: Sure = ()


class LetGo(OnContact):
    """`let_address_go`."""

    reason: Reason


async def _mark(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    held = await not_me.mark_not_me(desk.hub, viewer.user_id, contact_id=a.contact_id)
    return {"changed": held}


async def _let_go(desk: Desk, viewer: Viewer, a: LetGo) -> Result:
    changed = await not_me.let_go(
        desk.hub, viewer.user_id, contact_id=a.contact_id, reason=a.reason
    )
    return {"changed": changed}


async def _send(desk: Desk, viewer: Viewer, a: SendSecure) -> Result:
    letter = Letter(subject=a.letter.subject) if a.letter else None
    new = NewSecure(
        contact_id=a.contact_id, key=a.key, text=a.text, file_id=a.file_id, letter=letter,
        asks_files=a.asks_files,
    )  # fmt: skip
    return posted_answer(await send_secure(desk.hub, viewer.user_id, new, sure=a.sure))


SECURE_COMMANDS: Final[dict[str, Command]] = {
    "send_secure": Command(SendSecure, Right.HANDLE_CONTACTS, _send),
    "mark_not_me": Command(OnContact, Right.HANDLE_CONTACTS, _mark),
    "let_address_go": Command(LetGo, Right.HANDLE_CONTACTS, _let_go),
}
