"""Find closed Contacts and open one again to read; who may see which is decided here.

A supervisor finds all. An agent finds own ones, those of a customer in hand, and any by its exact
reference: a customer who reads it out must be helped by whoever answers.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.customers.warnings import in_force, is_restricted
from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.domain.reference import shown_reference
from hub.domain.states import ContactState
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.finding.selection import COLUMNS, Chosen, Closed, Filters, choose, newest
from hub.journey.finding.words.find import find_by_words
from hub.journey.finding.words.forms import Wanted, wanted
from hub.journey.finding.words.index import begins_at
from hub.journey.messages import MessageRead, message_columns, open_message
from hub.security import field_rights
from hub.security.roles import Right, may, require
from hub.store.rows import find, table_of
from hub.store.tables import Assignment, Contact, Customer, Message, MessageDelivery
from hub.store.unit import Prepared, Unit

PAGE: Final = 50
FOUND_MOST: Final = 120
"""So many are opened where the index tells of pairs of characters that may stand apart."""
READ_MOST: Final = 300
"""Where the index cannot tell, words are looked for in so many Contacts, the newest."""
READ_AT_ONCE: Final = 25
_c, _a, _m, _d = (table_of(one).c for one in (Contact, Assignment, Message, MessageDelivery))
_agents = Prepared(
    select(_a.contact_id, _a.agent_id)
    .where(_a.contact_id.in_(bindparam("ids", expanding=True)))
    .order_by(_a.started_at)
)
_messages = Prepared(
    select(*message_columns, _d.state, _d.error_code)
    .outerjoin(
        table_of(MessageDelivery), (_d.conversation_id == _m.conversation_id) & (_d.seq == _m.seq)
    )
    .where(_m.conversation_id.in_(bindparam("threads", expanding=True)))
    .where(_m.contact_id.in_(bindparam("ids", expanding=True)))
    .order_by(_m.conversation_id, _m.seq)
)
_names = Prepared(
    select(
        table_of(Customer).c.id, table_of(Customer).c.profile_sealed, table_of(Customer).c.warnings
    ).where(table_of(Customer).c.id.in_(bindparam("ids", expanding=True)))
)


async def search_contacts(hub: Hub, viewer: Viewer, filters: Filters) -> dict[str, Any]:
    """Return the newest that match, and how far back words were looked for."""
    require(viewer.roles, Right.SEE_CUSTOMERS)
    chosen = await choose(hub, viewer, filters)
    if filters.words and filters.words.strip():
        rows, read_back_to = await _with_words(hub, chosen, wanted(filters.words))
    else:
        call = newest(chosen.names, is_own_only=chosen.is_own_only)
        found = await hub.reader.heavy(call(**chosen.values, most=PAGE + 1))
        rows, read_back_to = [Closed(*row) for row in found], None
    shown = await rows_for(hub, viewer, rows[:PAGE])
    await hub.journal.run(_note(hub, viewer, filters, len(shown)))
    return {"contacts": shown, "more": len(rows) > PAGE, "read_back_to": read_back_to}


async def _with_words(hub: Hub, chosen: Chosen, words: Wanted) -> tuple[list[Closed], float | None]:
    """Return up to one more than a page, and how far back was looked, if not to the end.

    What the index has is found there; what it does not have yet, or cannot tell, is read.
    """
    fresh, read_to = await _read_for_words(hub, chosen, words)
    if not words.is_indexed:
        return fresh, read_to
    most = PAGE + 1 if words.is_exact else FOUND_MOST
    rows, walked_to = await find_by_words(hub, words, chosen, most=most)
    known = {row.id for row in fresh}
    told = [row for row in rows if row.id not in known]
    kept = told if words.is_exact else await _spoken(hub, told, words, PAGE + 1 - len(fresh))
    found = sorted((*fresh, *kept), key=lambda row: -row.closed_at)
    reached = [at for at in (read_to, walked_to) if at is not None]
    return found[: PAGE + 1], max(reached, default=None)


async def _read_for_words(
    hub: Hub, chosen: Chosen, words: Wanted
) -> tuple[list[Closed], float | None]:
    """Read the newest of the selection that the index does not tell of."""
    call = newest(chosen.names, is_own_only=chosen.is_own_only, is_fresh=words.is_indexed)
    values = {**chosen.values, "most": READ_MOST}
    if words.is_indexed:
        values["fresh_since"] = await begins_at(hub)
    rows = [Closed(*row) for row in await hub.reader.heavy(call(**values))]
    read_to = rows[-1].closed_at if rows and len(rows) == READ_MOST else None
    return await _spoken(hub, rows, words, PAGE + 1), read_to


async def _spoken(hub: Hub, rows: Sequence[Closed], words: Wanted, most: int) -> list[Closed]:
    """Open what was said, and keep those in which the words really stand."""
    found: list[Closed] = []
    for at in range(0, len(rows), READ_AT_ONCE):
        if len(found) >= most:
            break
        part = rows[at : at + READ_AT_ONCE]
        texts: dict[str, list[str]] = {}
        for message in await read_messages(hub, part):
            texts.setdefault(message.contact_id, []).append(str(message.body.get("text", "")))
        found += [row for row in part if words.is_in(texts.get(row.id, ()))]
        await asyncio.sleep(0)
    return found[: max(most, 0)]


async def read_messages(hub: Hub, rows: Sequence[Closed]) -> list[MessageRead]:
    """Read and open all messages of these Contacts, notes of staff too."""
    if not rows:
        return []
    ids, threads = [row.id for row in rows], sorted({row.conversation_id for row in rows})
    found = await hub.reader.heavy(_messages(ids=ids, threads=threads))
    return [open_message(hub, row) for row in found]


async def rows_for(hub: Hub, viewer: Viewer, rows: Sequence[Closed]) -> list[dict[str, Any]]:
    """What a list shows: the customer by the outline of the name only."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    customers = sorted({row.customer_id for row in rows if row.customer_id}) or [""]
    agents, names = await hub.reader.gather([_agents(ids=ids), _names(ids=customers)])
    last: dict[str, str] = dict(agents)
    outlines = {row[0]: _outline(hub, viewer, *row) for row in names}
    return [
        {
            "id": row.id,
            "reference": shown_reference(row.id),
            "channel": row.channel,
            "queue_id": row.queue_id,
            "arrived_at": row.arrived_at,
            "closed_at": row.closed_at,
            "ending": row.ending,
            "disposition": row.disposition,
            "disposition_label": label_of(hub, row.queue_id, row.disposition),
            "score": row.score,
            "agent_id": last.get(row.id),
            "agent": hub.staff.name_of(last.get(row.id)),
            "customer": outlines.get(row.customer_id or ""),
        }
        for row in rows
    ]


def label_of(hub: Hub, queue_id: str | None, disposition: str | None) -> dict[str, str] | None:
    """An outcome in words."""
    queue = hub.setup.queues.get(queue_id or "")
    found = queue.dispositions.get(disposition or "") if queue else None
    return dict(found) if found else None


def _outline(
    hub: Hub, viewer: Viewer, customer_id: str, sealed: bytes, warnings: str
) -> dict[str, str] | None:
    if is_restricted(in_force(warnings), viewer.roles):
        return None
    profile = open_profile(hub.vault, sealed, customer_id)
    shown = {
        name: field_rights.view(name, profile.get(name, ""), viewer.roles, 0).text or ""
        for name in ("name", "name_zh")
        if profile.get(name)
    }
    return {"id": customer_id, "name": "", "name_zh": ""} | shown


async def load_closed(
    hub: Hub, viewer: Viewer, contact_id: str, *, reason: str = ""
) -> tuple[Closed, bool]:
    """Return a closed Contact the viewer may read, and whether they served it or supervise.

    Anybody else's needs a reason: raises `Invalid("reason_needed")`.
    """
    require(viewer.roles, Right.SEE_CUSTOMERS)
    row = await closed_row(hub, contact_id)
    served = await hub.reader.rows(
        find(Assignment, "id", contact_id=contact_id, agent_id=viewer.user_id)
    )
    is_theirs = bool(served) or may(viewer.roles, Right.WATCH_CONTACTS)
    if row.customer_id is not None:
        warned = await hub.reader.rows(find(Customer, "warnings", id=row.customer_id))
        if warned and is_restricted(in_force(warned[0][0]), viewer.roles):
            raise Forbidden("restricted_record", "this is the record of a colleague")
    if not is_theirs and not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    return row, is_theirs


async def closed_row(hub: Hub, contact_id: str) -> Closed:
    """Return a closed Contact, whoever asks; raise `NotFound`."""
    rows = await hub.reader.rows(_one(of=contact_id))
    if not rows:
        raise NotFound("no_contact", "it is not there, or not closed")
    return Closed(*rows[0])


_one = Prepared(
    select(*COLUMNS).where(_c.id == bindparam("of"), _c.state == ContactState.CLOSED.value)
)


async def require_theirs(hub: Hub, viewer: Viewer, contact_id: str) -> Closed:
    """Return a closed Contact that the viewer served or supervises; others may only read."""
    row, is_theirs = await load_closed(hub, viewer, contact_id, reason="to change it")
    if not is_theirs:
        raise Forbidden("not_your_contact", "only who served it, or a supervisor")
    return row


def _note(hub: Hub, viewer: Viewer, filters: Filters, count: int) -> Unit[None]:
    names = ("agent_id", "customer_id", "reference", "disposition", "queue_id", "channel", "words")
    kinds = sorted(name for name in names if getattr(filters, name))
    yield from audited(
        hub, viewer.user_id, "contacts_searched", filters.customer_id or "contacts",
        details={"kinds": kinds, "found": count},
    )  # fmt: skip
