"""What an agent and a supervisor do to a call."""

from typing import Annotated, Final, Literal

from pydantic import StrictBool, StringConstraints

from agent_console.commands.access import contact_of
from agent_console.commands.arguments import Arguments, Id, Note, OnContact, Text
from agent_console.commands.command import Command, Desk, Result
from hub.domain.errors import Refused
from hub.journey import running_notes
from hub.journey.calls import control, dial, listen, menu, nuisance, record_call, together
from hub.journey.calls.saved_number import remove_number, save_number
from hub.journey.context import Viewer
from hub.journey.phones.outside import choose_phone
from hub.journey.phones.ready import tell_phone
from hub.security.roles import Right

Number = Annotated[str, StringConstraints(strict=True, min_length=3, max_length=32)]


class OnOff(OnContact):
    """`hold_call`, `mute_call`."""

    on: StrictBool


class Digits(OnContact):
    """`send_digits`."""

    digits: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=32)]


class Consult(OnContact):
    """`consult`; one of the three goals."""

    agent_id: Id | None = None
    queue_id: Id | None = None
    number: Number | None = None
    note: Note = ""


class DropLeg(OnContact):
    """`drop_leg`."""

    leg_id: Id


class RecordCall(OnContact):
    """`record_call`."""

    action: Literal["pause", "resume", "refuse"]


class DialCustomer(Arguments):
    """`dial_customer`: the customer of a Contact in hand, of a record or a Task, or a number."""

    contact_id: Id | None = None
    customer_id: Id | None = None
    number: Number | None = None
    caller_number: Number | None = None
    task_id: Id | None = None
    why: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""


class SendToMenu(OnContact):
    """`send_to_menu`."""

    flow: Id


class EndCallAs(OnContact):
    """`end_call_as`."""

    code: Literal["wrong_number", "silent", "prank"]


class Monitor(OnContact):
    """`monitor_call`."""

    mode: Literal["listen", "coach", "talk"]


class TellPhone(Arguments):
    """`tell_phone`: whether the phone of this page is connected."""

    on: StrictBool


class ChoosePhone(Arguments):
    """`choose_phone`: an approved number, or none for the browser."""

    phone_id: Id | None = None


class SaveNumber(OnContact):
    """`save_number`: the customer was asked, and agrees."""

    consent: StrictBool


class RemoveNumber(OnContact):
    """`remove_number`."""

    reason: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


class KeepNotes(OnContact):
    """`keep_call_notes`."""

    text: Text


async def _hold(desk: Desk, viewer: Viewer, a: OnOff) -> None:
    await control.hold_call(desk.hub, viewer.user_id, contact_id=a.contact_id, on=a.on)


async def _mute(desk: Desk, viewer: Viewer, a: OnOff) -> None:
    await control.mute_call(desk.hub, viewer.user_id, contact_id=a.contact_id, on=a.on)


async def _digits(desk: Desk, viewer: Viewer, a: Digits) -> None:
    await control.send_digits(desk.hub, viewer.user_id, contact_id=a.contact_id, digits=a.digits)


async def _consult(desk: Desk, viewer: Viewer, a: Consult) -> None:
    await together.consult(
        desk.hub, viewer.user_id, contact_id=a.contact_id, agent_to=a.agent_id,
        queue_id=a.queue_id, number=a.number, note=a.note,
    )  # fmt: skip


async def _complete(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await together.complete_transfer(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _merge(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await together.merge_call(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _swap(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await together.swap_call(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _drop_leg(desk: Desk, viewer: Viewer, a: DropLeg) -> None:
    await together.drop_leg(desk.hub, viewer.user_id, contact_id=a.contact_id, leg_id=a.leg_id)


async def _record(desk: Desk, viewer: Viewer, a: RecordCall) -> None:
    await record_call.record_call(
        desk.hub, viewer.user_id, contact_id=a.contact_id, action=a.action
    )


async def _dial(desk: Desk, viewer: Viewer, a: DialCustomer) -> Result:
    customer_id = a.customer_id
    if a.contact_id is not None:
        customer_id = (await contact_of(desk.hub, viewer, a.contact_id)).customer_id
        if customer_id is None:
            raise Refused("no_customer", "find out who it is first, or dial a number")
    contact_id = await dial.dial_customer(
        desk.hub, viewer.user_id, customer_id=customer_id, number=a.number,
        caller_number=a.caller_number, task_id=a.task_id, why=a.why,
    )  # fmt: skip
    return {"contact_id": contact_id}


async def _call_back(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    contact_id = await dial.call_back(desk.hub, viewer.user_id, contact_id=a.contact_id)
    return {"contact_id": contact_id}


async def _to_menu(desk: Desk, viewer: Viewer, a: SendToMenu) -> None:
    if a.flow not in desk.hub.phone.menus:
        raise Refused("no_menu", "callers are not sent to that menu")
    await menu.send_to_menu(desk.hub, viewer.user_id, contact_id=a.contact_id, flow=a.flow)


async def _end_as(desk: Desk, viewer: Viewer, a: EndCallAs) -> None:
    await nuisance.end_call_as(desk.hub, viewer.user_id, contact_id=a.contact_id, code=a.code)


async def _threat(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await nuisance.mark_threat(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _monitor(desk: Desk, viewer: Viewer, a: Monitor) -> None:
    await listen.monitor_call(desk.hub, viewer.user_id, contact_id=a.contact_id, mode=a.mode)


async def _leave_call(desk: Desk, viewer: Viewer, a: OnContact) -> None:
    await listen.leave_call(desk.hub, viewer.user_id, contact_id=a.contact_id)


async def _notes(desk: Desk, viewer: Viewer, a: OnContact) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    text = await running_notes.kept_notes(desk.hub, viewer.user_id, a.contact_id)
    return {"text": text, "saved_at": None}


async def _save_number(desk: Desk, viewer: Viewer, a: SaveNumber) -> None:
    await save_number(desk.hub, viewer.user_id, contact_id=a.contact_id, consent=a.consent)


async def _remove_number(desk: Desk, viewer: Viewer, a: RemoveNumber) -> None:
    await remove_number(desk.hub, viewer.user_id, contact_id=a.contact_id, reason=a.reason)


async def _tell_phone(desk: Desk, viewer: Viewer, a: TellPhone) -> None:
    await tell_phone(desk.hub, viewer.user_id, is_up=a.on)


async def _choose_phone(desk: Desk, viewer: Viewer, a: ChoosePhone) -> None:
    await choose_phone(desk.hub, viewer.user_id, phone_id=a.phone_id)


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
    "consult": Command(Consult, _HANDLE, _consult),
    "complete_transfer": Command(OnContact, _HANDLE, _complete),
    "merge_call": Command(OnContact, _HANDLE, _merge),
    "swap_call": Command(OnContact, _HANDLE, _swap),
    "drop_leg": Command(DropLeg, _HANDLE, _drop_leg),
    "record_call": Command(RecordCall, _HANDLE, _record),
    "dial_customer": Command(DialCustomer, _HANDLE, _dial),
    "call_back": Command(OnContact, _HANDLE, _call_back),
    "send_to_menu": Command(SendToMenu, _HANDLE, _to_menu),
    "end_call_as": Command(EndCallAs, _HANDLE, _end_as),
    "mark_threat": Command(OnContact, _HANDLE, _threat),
    "leave_call": Command(OnContact, _HANDLE, _leave_call),
    "monitor_call": Command(Monitor, Right.WATCH_CONTACTS, _monitor),
    "save_number": Command(SaveNumber, _HANDLE, _save_number),
    "remove_number": Command(RemoveNumber, _HANDLE, _remove_number),
    "tell_phone": Command(TellPhone, _HANDLE, _tell_phone, cheap=True),
    "choose_phone": Command(ChoosePhone, _HANDLE, _choose_phone),
    "call_notes": Command(OnContact, _HANDLE, _notes),
    "keep_call_notes": Command(KeepNotes, _HANDLE, _keep_notes),
}
