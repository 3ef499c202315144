"""How long recordings are kept: for the set time, and under legal hold while that lasts."""

import asyncio
from functools import partial
from typing import Final

from sqlalchemy import Integer, bindparam, select

from hub.domain.errors import Invalid, NotFound
from hub.journey.audited import audited
from hub.journey.calls.connect import recording_changed
from hub.journey.calls.legs import load_call
from hub.journey.calls.recordings import path_of
from hub.journey.context import Hub, Viewer
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.rows import change, find, table_of
from hub.store.tables import CallRecording
from hub.store.unit import Prepared, Unit

DAY_SECONDS: Final = 86_400.0
AT_ONCE: Final = 50
REASON_MOST_CHARACTERS: Final = 200
_r = table_of(CallRecording).c
_old = Prepared(
    select(_r.id)
    .where(_r.state == "stored", _r.is_held.is_(False), _r.started_at < bindparam("before"))
    .order_by(_r.started_at)
    .limit(bindparam("most", type_=Integer))
)


async def forget_some(hub: Hub, subject: str) -> None:
    """Timer `recordings`: delete what is old enough; go on soon, or look again tomorrow."""
    before = hub.clock.now() - hub.phone.recording.keep_days * DAY_SECONDS
    old = [str(row[0]) for row in await hub.reader.rows(_old(before=before, most=AT_ONCE))]
    for recording_id in old:
        if await hub.journal.run(partial(_forget, hub, recording_id)):
            await asyncio.to_thread(path_of(hub, recording_id).unlink, missing_ok=True)
    await hub.journal.run(lambda: _look_again(hub, subject, more=len(old) == AT_ONCE))


def _forget(hub: Hub, recording_id: str) -> Unit[bool]:
    rows = yield find(CallRecording, "state", "is_held", "contact_id", lock=True, id=recording_id)
    state, is_held, contact_id = rows[0]
    if state != "stored" or is_held:
        return False
    call = yield from load_call(contact_id)
    yield change(CallRecording, recording_id, state="deleted")
    yield from recording_changed(call, recording_id, "deleted", hub.clock.now())
    return True


def _look_again(hub: Hub, subject: str, *, more: bool) -> Unit[None]:
    yield ring(hub, TimerKind.RECORDINGS, subject)
    pause = 1.0 if more else DAY_SECONDS
    yield arm(TimerKind.RECORDINGS, subject, hub.clock.now() + pause)


async def hold_recording(
    hub: Hub, viewer: Viewer, *, recording_id: str, on: bool, reason: str
) -> None:
    """Put a recording under legal hold, or end that; with a reason, audited."""
    if not reason or len(reason) > REASON_MOST_CHARACTERS:
        raise Invalid("no_reason", f"say why, in at most {REASON_MOST_CHARACTERS} characters")
    await hub.journal.run(lambda: _hold(hub, viewer.user_id, recording_id, reason, on=on))


def _hold(hub: Hub, by: str, recording_id: str, reason: str, *, on: bool) -> Unit[None]:
    rows = yield find(CallRecording, "is_held", "contact_id", "state", lock=True, id=recording_id)
    if not rows or rows[0][2] == "deleted":
        raise NotFound("no_recording")
    if bool(rows[0][0]) == on:
        return
    call = yield from load_call(rows[0][1])
    yield change(CallRecording, recording_id, is_held=on, hold_set_by=by if on else None)
    cause = "held" if on else "released"
    yield from recording_changed(call, recording_id, cause, hub.clock.now(), by)
    yield from audited(hub, by, f"recording_{cause}", recording_id, reason=reason)
