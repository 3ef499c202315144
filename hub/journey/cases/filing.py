"""A customer's file saved to a Case: whoever may see the Case may then open it."""

import json

from hub.domain.errors import Invalid, NotFound
from hub.journey.audited import audited
from hub.journey.cases.access import require_case
from hub.journey.cases.case_row import add_entry, load_open_case
from hub.journey.context import Hub, Viewer
from hub.store.rows import find
from hub.store.tables import CaseEntry, Contact, File
from hub.store.unit import Unit

FILED = "filed"


async def file_into_case(
    hub: Hub, agent_id: str, *, contact_id: str, case_id: str, file_id: str
) -> bool:
    """Add a file of a Contact's talk to the Case of its Customer; False when it is there.

    Raises `Refused("case_closed")`, `NotFound` for a file of another talk, and
    `Invalid("other_customer")` for a Case of somebody else.
    """
    return await hub.journal.run(lambda: _file(hub, agent_id, contact_id, case_id, file_id))


def _file(hub: Hub, agent_id: str, contact_id: str, case_id: str, file_id: str) -> Unit[bool]:
    case = yield from load_open_case(case_id)
    contacts = yield find(Contact, "conversation_id", "customer_id", id=contact_id)
    files = yield find(
        File, "conversation_id", "name_sealed", "media_type", "size_bytes", id=file_id
    )
    if not contacts or not files or files[0][0] != contacts[0][0]:
        raise NotFound("no_file", "it is not of this talk")
    if contacts[0][1] != case.customer_id:
        raise Invalid("other_customer", "the case is somebody else's")
    if file_id in (yield from _filed(case_id)):
        return False
    _, name, media_type, size_bytes = files[0]
    data = {"file_id": file_id, "media_type": media_type, "size_bytes": size_bytes}
    words = hub.vault.open(name, "file", "name", file_id)
    yield from add_entry(hub, case_id, by=agent_id, what=FILED, words=words, data=data)
    details = {"file": file_id}
    yield from audited(hub, agent_id, "file_into_case", case_id, details=details)
    return True


def _filed(case_id: str) -> Unit[set[str]]:
    rows = yield find(CaseEntry, "data", lock=True, case_id=case_id, what=FILED)
    return {json.loads(row[0])["file_id"] for row in rows}


async def require_filed(hub: Hub, viewer: Viewer, case_id: str, file_id: str) -> None:
    """Raise `NotFound` unless the viewer may see the Case and the file was saved to it."""
    await require_case(hub, viewer, case_id)
    rows = await hub.reader.rows(find(CaseEntry, "data", case_id=case_id, what=FILED))
    if file_id not in {json.loads(row[0])["file_id"] for row in rows}:
        raise NotFound("no_file")
