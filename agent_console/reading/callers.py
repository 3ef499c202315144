"""Callers who wait to be called: who gave up in line, who left a message, who was promised a call.

They are Tasks; here with masked number and name, for whoever serves their Queue.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, or_, select

from agent_console.reading.contacts import ContactFacts, load_contacts
from agent_console.views.contact import both, titles
from hub.customers.warnings import is_restricted
from hub.journey.calls.lists import ABANDONED, VOICEMAIL
from hub.journey.context import Hub, Viewer
from hub.journey.floor.promise import CALLBACK
from hub.journey.work.task_row import open_words
from hub.security.masks import mask_phone
from hub.security.roles import Right, may
from hub.store.rows import table_of
from hub.store.tables import Task
from hub.store.unit import Prepared

KINDS: Final = (ABANDONED, VOICEMAIL, CALLBACK)
PAGE: Final = 200

_t = table_of(Task).c
_queues: BindParameter[list[str]] = bindparam("queues", expanding=True)
_columns = (
    select(
        _t.id, _t.kind, _t.contact_id, _t.queue_id, _t.owner_id, _t.words_sealed, _t.due_at,
        _t.created_at, _t.language,
    )
    .where(_t.state == "open", _t.kind.in_(KINDS))
    .order_by(_t.due_at.is_(None), _t.due_at, _t.id)
    .limit(PAGE)
)  # fmt: skip
_DUE = Prepared(
    select(_t.due_at).where(_t.state == "open", _t.kind.in_(KINDS), _t.due_at.is_not(None))
)
_everybody = Prepared(_columns)
_of_queues = Prepared(
    _columns.where(
        or_(_t.owner_id == bindparam("user"), _t.queue_id.in_(_queues), _t.queue_id.is_(None))
    )
)


async def due_calls(hub: Hub) -> list[float]:
    """Return when callers are to be called, of all Queues."""
    return [row[0] for row in await hub.reader.rows(_DUE())]


async def callers_of(hub: Hub, viewer: Viewer) -> list[dict[str, Any]]:
    """List the open ones of the viewer's Queues, the most urgent first; a supervisor has all."""
    if may(viewer.roles, Right.HANDLE_FOLLOW_UPS):
        call = _everybody()
    else:
        member = hub.staff.get(viewer.user_id)
        queues = list(member.profile.queues) if member else []
        call = _of_queues(user=viewer.user_id, queues=queues)
    rows = await hub.reader.rows(call)
    contacts = await load_contacts(hub, sorted({row[2] for row in rows if row[2] is not None}))
    return [_line(hub, viewer, row, contacts.get(row[2])) for row in rows]


def _line(
    hub: Hub, viewer: Viewer, row: Sequence[Any], contact: ContactFacts | None
) -> dict[str, Any]:
    task_id, kind, contact_id, queue_id, owner_id, sealed, due_at, created_at, language = row
    known = dict(open_words(hub, task_id, sealed).evidence)
    title, title_zh = titles(contact, viewer) if contact else ("", "")
    return {
        "id": task_id,
        "contact_id": contact_id,
        "kind": kind,
        "title": title,
        "title_zh": title_zh,
        "number": mask_phone(known["number"]) if known.get("number") else None,
        "queue_id": queue_id,
        "language": language or "en",
        "at": created_at,
        "due_at": due_at,
        "waited_seconds": _seconds(known.get("waited_seconds")),
        "message_seconds": _seconds(known.get("seconds")),
        "claimed_by": {"agent_id": owner_id, "name": both(hub.staff.name_of(owner_id))}
        if owner_id
        else None,
        "is_closed": _is_closed(viewer, contact),
    }


def _is_closed(viewer: Viewer, contact: ContactFacts | None) -> bool:
    """Whether the record is a colleague's, which only supervisors handle."""
    person = contact.person if contact else None
    return person is not None and is_restricted(person.warnings, viewer.roles)


def _seconds(text: str | None) -> float | None:
    return float(text) if text else None
