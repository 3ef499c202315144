"""What an agent and a supervisor do to a call."""

from typing import Annotated, Final

from pydantic import StrictBool, StringConstraints

from agent_console.commands.arguments import OnContact, Text
from agent_console.commands.command import Command, Desk, Result
from hub.journey import running_notes
from hub.journey.calls import control
from hub.journey.context import Viewer
from hub.security.roles import Right


class OnOff(OnContact):
    """`hold_call`, `mute_call`."""

    on: StrictBool


class Digits(OnContact):
    """`send_digits`."""

    digits: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=32)]


class KeepNotes(OnContact):
    """`keep_call_notes`."""

    text: Text


async def _hold(desk: Desk, viewer: Viewer, a: OnOff) -> None:
    await control.hold_call(desk.hub, viewer.user_id, contact_id=a.contact_id, on=a.on)


async def _mute(desk: Desk, viewer: Viewer, a: OnOff) -> None:
    await control.mute_call(desk.hub, viewer.user_id, contact_id=a.contact_id, on=a.on)


async def _digits(desk: Desk, viewer: Viewer, a: Digits) -> None:
    await control.send_digits(desk.hub, viewer.user_id, contact_id=a.contact_id, digits=a.digits)


async def _notes(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    text = await running_notes.kept_notes(desk.hub, viewer.user_id, a.contact_id)
    return {"text": text, "saved_at": None}


async def _keep_notes(desk: Desk, viewer: Viewer, a: KeepNotes) -> Result:
    saved_at = await running_notes.keep_notes(
        desk.hub, viewer.user_id, contact_id=a.contact_id, text=a.text
    )
    return {"saved_at": saved_at}


_HANDLE = Right.HANDLE_CONTACTS

CALL_COMMANDS: Final[dict[str, Command]] = {
    "hold_call": Command(OnOff, _HANDLE, _hold),
    "mute_call": Command(OnOff, _HANDLE, _mute),
    "send_digits": Command(Digits, _HANDLE, _digits),
    "call_notes": Command(OnContact, _HANDLE, _notes),
    "keep_call_notes": Command(KeepNotes, _HANDLE, _keep_notes),
}
