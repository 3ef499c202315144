"""The agent's hand on the recording: pause for a card number, go on, or the customer refuses."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import bindparam, update

from hub.domain.calls import Record
from hub.domain.errors import Invalid, Refused
from hub.journey.audited import audited
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import CONSENT, recording_changed
from hub.journey.calls.control import steered
from hub.journey.calls.legs import CallRow, LegRow
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Call, CallRecording, Consent
from hub.store.unit import Prepared, Unit


async def record_call(hub: Hub, agent_id: str, *, contact_id: str, action: str) -> None:
    """`pause`, `resume` or `refuse`; a refusal is kept and deletes what was recorded."""
    if action not in _ACTIONS:
        raise Invalid("bad_action", "choose pause, resume or refuse")
    await hub.journal.run(lambda: _record(hub, agent_id, contact_id, action))


def _record(hub: Hub, agent_id: str, contact_id: str, action: str) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    yield from _ACTIONS[action](hub, contact, call, customer, agent_id)


def _pause(hub: Hub, _c: ContactRow, call: CallRow, _l: LegRow, by: str) -> Unit[None]:
    if call.recording != "paused":
        yield from pause(hub, call, by)


def pause(hub: Hub, call: CallRow, by: str) -> Unit[CallRow]:
    """Leave out what is said from now on; raise `Refused("not_recorded")`."""
    if call.recording != "on" or call.recording_id is None:
        raise Refused("not_recorded", "this call is not recorded")
    return (yield from _tell(hub, call, "pause", "paused", by))


def _resume(hub: Hub, _c: ContactRow, call: CallRow, _l: LegRow, by: str) -> Unit[None]:
    if call.recording != "on":
        yield from resume(hub, call, by)


def resume(hub: Hub, call: CallRow, by: str) -> Unit[CallRow]:
    """Record again; raise `Refused("not_recorded")`."""
    if call.recording != "paused" or call.recording_id is None:
        raise Refused("not_recorded", "this call is not recorded")
    return (yield from _tell(hub, call, "resume", "on", by))


def _tell(hub: Hub, call: CallRow, action: str, state: str, by: str) -> Unit[CallRow]:
    yield change(Call, call.id, recording=state)
    recording_id = str(call.recording_id)
    call = yield from tell(
        hub, call, Record, recording_id=recording_id, room_id=call.id, action=action
    )
    cause = "paused" if action == "pause" else "resumed"
    yield from recording_changed(call, recording_id, cause, hub.clock.now(), by)
    return call._replace(recording=state)


def _refuse(hub: Hub, contact: ContactRow, call: CallRow, _l: LegRow, by: str) -> Unit[None]:
    if call.recording == "refused":
        return
    at, recording_id = hub.clock.now(), call.recording_id
    yield change(Call, call.id, recording="refused", recording_id=None)
    if recording_id is not None:
        yield change(CallRecording, recording_id, state="refused", ended_at=at)
        call = yield from tell(
            hub, call, Record, recording_id=recording_id, room_id=call.id, action="stop"
        )
    if contact.customer_id is not None:
        yield from _remember(contact.customer_id, at)
    yield from recording_changed(call, recording_id, "refused", at, by)
    yield from audited(hub, by, "recording_refused", contact.id)


def _remember(customer_id: str, at: float) -> Unit[None]:
    key: Any = {"customer_id": customer_id, "code": CONSENT}
    if (yield find(Consent, "given", **key)):
        yield _take_back(customer=customer_id, of_code=CONSENT, now=at)
    else:
        yield put(Consent, given=False, at=at, **key)


_n = table_of(Consent).c
_take_back = Prepared(
    update(table_of(Consent))
    .where(_n.customer_id == bindparam("customer"), _n.code == bindparam("of_code"))
    .values(given=False, at=bindparam("now"))
)
_ACTIONS: Final[Mapping[str, Callable[[Hub, ContactRow, CallRow, LegRow, str], Unit[None]]]] = {
    "pause": _pause,
    "resume": _resume,
    "refuse": _refuse,
}
