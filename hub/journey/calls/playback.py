"""Who may hear a recording: who served the Contact, who may answer the voicemail, supervisors.

Every listening is written into the audit; a list of recordings says nothing of what was said.
"""

from typing import Any

from sqlalchemy import bindparam, select

from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, NotFound
from hub.journey.audited import audited
from hub.journey.calls.lists import VOICEMAIL
from hub.journey.calls.recordings import StoredRecording, find_recording, recordings_of
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, may
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Contact, Customer, Participant
from hub.store.unit import Prepared

_a, _p = table_of(Assignment).c, table_of(Participant).c
_part_in = Prepared(
    select(_a.id)
    .where(_a.contact_id == bindparam("contact"), _a.agent_id == bindparam("agent"))
    .union_all(
        select(_p.role).where(
            _p.contact_id == bindparam("contact"), _p.agent_id == bindparam("agent")
        )
    )
    .limit(1)
)


async def recordings_for(hub: Hub, viewer: Viewer, contact_id: str) -> list[dict[str, Any]]:
    """List what was recorded of a Contact and the viewer may hear; raise `NotFound`."""
    found = await recordings_of(hub, contact_id)
    if await _had_part(hub, viewer, contact_id):
        await _require_open_record(hub, viewer, contact_id)
        return found
    messages = [one for one in found if one["kind"] == VOICEMAIL]
    if not messages or not await _is_in_line_of(hub, viewer, contact_id):
        raise NotFound("no_contact", "it is not there, or not yours")
    return messages


async def hear_recording(
    hub: Hub, viewer: Viewer, recording_id: str, *, is_first: bool
) -> StoredRecording:
    """Return a recording the viewer may hear; the first of its requests is audited."""
    found = await find_recording(hub, recording_id)
    may_hear = await _had_part(hub, viewer, found.contact_id) or (
        found.kind == VOICEMAIL and await _is_in_line_of(hub, viewer, found.contact_id)
    )
    if not may_hear:
        raise NotFound("no_recording", "it is not there, or not for you")
    await _require_open_record(hub, viewer, found.contact_id)
    if is_first:
        await hub.journal.run(
            lambda: audited(
                hub, viewer.user_id, "recording_heard", recording_id,
                details={"contact_id": found.contact_id},
            )
        )  # fmt: skip
    return found


async def _had_part(hub: Hub, viewer: Viewer, contact_id: str) -> bool:
    """Whether the viewer served the Contact, is in it, or supervises."""
    if may(viewer.roles, Right.WATCH_CONTACTS):
        return True
    return bool(await hub.reader.rows(_part_in(contact=contact_id, agent=viewer.user_id)))


async def _is_in_line_of(hub: Hub, viewer: Viewer, contact_id: str) -> bool:
    """Whether a message left for this Contact's Queue is for the viewer to answer."""
    member = hub.staff.get(viewer.user_id)
    rows = await hub.reader.rows(find(Contact, "queue_id", id=contact_id))
    if member is None or not rows:
        return False
    return rows[0][0] is None or rows[0][0] in member.profile.queues


async def _require_open_record(hub: Hub, viewer: Viewer, contact_id: str) -> None:
    rows = await hub.reader.rows(find(Contact, "customer_id", id=contact_id))
    if not rows:
        raise NotFound("no_contact", "it is not there")
    if rows[0][0] is None:
        return
    warned = await hub.reader.rows(find(Customer, "warnings", id=rows[0][0]))
    if warned and is_restricted(in_force(warned[0][0]), viewer.roles):
        raise Forbidden("restricted_record", "this is the record of a colleague")
