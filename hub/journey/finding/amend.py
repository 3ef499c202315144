"""What is added to a Contact after its end: a note, another outcome. Nothing is overwritten."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from hub.domain.errors import Invalid, Refused
from hub.domain.events import OutcomeCorrected
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.finding.closed import label_of, require_theirs
from hub.journey.finding.selection import Closed
from hub.security.redaction import redact_cards
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Assignment, Contact, ContactAmendment
from hub.store.unit import Append, Prepared, Unit

NOTE_MAX_CHARACTERS = 4_000
_n, _a = table_of(ContactAmendment).c, table_of(Assignment).c
_of_contact = Prepared(
    select(_n.id, _n.kind, _n.by, _n.at, _n.body_sealed)
    .where(_n.contact_id == bindparam("of"))
    .order_by(_n.at, _n.id)
)
_last_assignment = Prepared(
    select(_a.id).where(_a.contact_id == bindparam("of")).order_by(_a.started_at.desc()).limit(1)
)


async def add_note(hub: Hub, viewer: Viewer, *, contact_id: str, text: str) -> None:
    """Add a note of staff to a closed Contact."""
    said = text.strip()
    if not 1 <= len(said) <= NOTE_MAX_CHARACTERS:
        raise Invalid("note_length", f"write 1 to {NOTE_MAX_CHARACTERS} characters")
    row = await require_theirs(hub, viewer, contact_id)
    body = {"text": redact_cards(said)[0]}
    await hub.journal.run(lambda: _add(hub, viewer, row, "note", body, hub.clock.now()))


async def correct_outcome(
    hub: Hub, viewer: Viewer, *, contact_id: str, disposition: str, reason: str
) -> None:
    """Give a closed Contact another outcome; the former one stays in its history."""
    if not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    row = await require_theirs(hub, viewer, contact_id)
    if label_of(hub, row.queue_id, disposition) is None:
        raise Invalid("no_disposition", "choose one of the queue's outcomes")
    await hub.journal.run(lambda: _correct(hub, viewer, row, disposition, reason.strip()))


def _correct(hub: Hub, viewer: Viewer, row: Closed, disposition: str, reason: str) -> Unit[None]:
    rows = yield find(Contact, "disposition", lock=True, id=row.id)
    before, at = rows[0][0], hub.clock.now()
    if before is None:
        raise Refused("wrap_up_open", "finish the wrap-up first")
    if before == disposition:
        raise Refused("same_outcome", "it has this outcome already")
    yield change(Contact, row.id, disposition=disposition)
    for assignment in (yield _last_assignment(of=row.id)):
        yield change(Assignment, assignment[0], disposition=disposition)
    body = {"text": redact_cards(reason)[0], "before": before, "after": disposition}
    yield from _add(hub, viewer, row, "outcome", body, at)
    yield Append(
        OutcomeCorrected(
            at=at,
            contact_id=row.id,
            conversation_id=row.conversation_id,
            queue_id=row.queue_id,
            before=before,
            disposition=disposition,
            by=viewer.user_id,
        )
    )


def _add(
    hub: Hub, viewer: Viewer, row: Closed, kind: str, body: Mapping[str, str], at: float
) -> Unit[None]:
    amendment_id = hub.new_id("amd")
    text = json.dumps(body, ensure_ascii=False)
    yield put(
        ContactAmendment,
        id=amendment_id,
        contact_id=row.id,
        kind=kind,
        by=viewer.user_id,
        at=at,
        body_sealed=hub.vault.seal(text, "contact_amendment", "body", amendment_id),
    )
    yield from audited(
        hub, viewer.user_id, f"contact_{kind}_added", row.id, details={"amendment": amendment_id}
    )


async def amendments_of(hub: Hub, row: Closed) -> list[dict[str, Any]]:
    """Return what was added since, in order."""
    found = []
    for amendment_id, kind, by, at, sealed in await hub.reader.rows(_of_contact(of=row.id)):
        body = json.loads(hub.vault.open(sealed, "contact_amendment", "body", amendment_id))
        found.append(
            {
                "kind": kind,
                "by": hub.staff.name_of(by),
                "at": at,
                "text": body["text"],
                "before": label_of(hub, row.queue_id, body.get("before")),
                "after": label_of(hub, row.queue_id, body.get("after")),
            }
        )
    return found
