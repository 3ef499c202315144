"""Merge two records of one person, looked at before and undone exactly."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from hub.customers import merge as rules
from hub.customers.merge import FIELDS, PLAIN_FIELDS, Record, Side
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import CustomerLinked, CustomersMerged, MergeUndone
from hub.domain.states import ContactState, IdentityLevel
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security import field_rights
from hub.security.masks import mask_number
from hub.security.roles import Right, require
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Contact, CustomerMerge
from hub.store.unit import Append, Prepared, Unit

_g = table_of(CustomerMerge).c
_standing = Prepared(
    select(_g.id, _g.merged_id, _g.by, _g.at)
    .where(_g.kept_id == bindparam("of"), _g.undone_at.is_(None))
    .order_by(_g.at.desc())
    .limit(20)
)
_MERGE = ("kept_id", "merged_id", "before_sealed", "undone_at")


async def preview(hub: Hub, viewer: Viewer, *, kept_id: str, merged_id: str) -> dict[str, Any]:
    """Show what a merge would keep of each field, masked by right; only the audit is written."""
    require(viewer.roles, Right.MERGE_CUSTOMERS)
    return await hub.journal.run(lambda: _preview(hub, viewer, kept_id, merged_id))


def _preview(hub: Hub, viewer: Viewer, kept_id: str, merged_id: str) -> Unit[dict[str, Any]]:
    kept, merged = yield from rules.load_pair(hub.vault, kept_id, merged_id)
    sides = rules.choices_of(kept, merged, {})
    yield from audited(
        hub, viewer.user_id, "merge_previewed", kept_id, details={"merged": merged_id}
    )
    return {
        "kept": {"id": kept_id, "number": mask_number(kept.row["number"])},
        "merged": {"id": merged_id, "number": mask_number(merged.row["number"])},
        "fields": [_compared(viewer, name, kept, merged, sides[name]) for name in FIELDS],
    }


def _compared(
    viewer: Viewer, name: str, kept: Record, merged: Record, side: Side
) -> dict[str, Any]:
    def shown(record: Record) -> str:
        text = record.value(name)
        if not text or name in PLAIN_FIELDS:
            return text
        return field_rights.view(name, text, viewer.roles, IdentityLevel.PROVED).text or ""

    return {
        "field": name,
        "kept": shown(kept),
        "merged": shown(merged),
        "same": kept.value(name) == merged.value(name),
        "takes": side,
    }


async def merge(
    hub: Hub,
    viewer: Viewer,
    *,
    kept_id: str,
    merged_id: str,
    choices: Mapping[str, str],
    reason: str,
) -> str:
    """Make two records one; returns the merge's id for `undo`.

    Contacts, cases, tasks, addresses, accounts and all else that names the merged record go over.
    """
    require(viewer.roles, Right.MERGE_CUSTOMERS)
    if not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    return await hub.journal.run(
        lambda: _merge(hub, viewer, kept_id, merged_id, choices, reason.strip())
    )


def _merge(
    hub: Hub,
    viewer: Viewer,
    kept_id: str,
    merged_id: str,
    choices: Mapping[str, str],
    reason: str,
) -> Unit[str]:
    kept, merged = yield from rules.load_pair(hub.vault, kept_id, merged_id)
    sides = rules.choices_of(kept, merged, choices)
    before = yield from rules.merge_rows(hub.vault, hub.lookup, kept, merged, sides)
    at, merge_id = hub.clock.now(), hub.new_id("mrg")
    sealed = hub.vault.seal(rules.dump_before(before), "customer_merge", "before", merge_id)
    yield put(
        CustomerMerge, id=merge_id, kept_id=kept_id, merged_id=merged_id, by=viewer.user_id,
        reason=reason, at=at, before_sealed=sealed,
    )  # fmt: skip
    ids = {"merge_id": merge_id, "customer_id": kept_id, "merged_id": merged_id}
    yield Append(CustomersMerged(at=at, by=viewer.user_id, **ids))
    yield from _tell_open_contacts(kept_id, viewer.user_id, at)
    counts = {name: len(keys) for name, keys in before.moved.items()}
    yield from audited(
        hub, viewer.user_id, "customers_merged", kept_id, reason=reason,
        details={"merged": merged_id, "merge": merge_id, "moved": counts},
    )  # fmt: skip
    return merge_id


async def undo_merge(hub: Hub, viewer: Viewer, *, merge_id: str, reason: str) -> None:
    """Make the two records again what they were; refused when either has changed since."""
    require(viewer.roles, Right.MERGE_CUSTOMERS)
    if not 3 <= len(reason.strip()) <= 200:
        raise Invalid("reason_needed", "say why, in 3 to 200 characters")
    await hub.journal.run(lambda: _undo(hub, viewer, merge_id, reason.strip()))


def _undo(hub: Hub, viewer: Viewer, merge_id: str, reason: str) -> Unit[None]:
    rows = yield find(CustomerMerge, *_MERGE, lock=True, id=merge_id)
    if not rows:
        raise NotFound("no_merge")
    kept_id, merged_id, sealed, undone_at = rows[0]
    at = hub.clock.now()
    if undone_at is not None:
        raise Refused("undone_already", "the records are two again")
    text = hub.vault.open(sealed, "customer_merge", "before", merge_id)
    yield from rules.restore_rows(hub.vault, hub.lookup, rules.load_before(text))
    yield change(CustomerMerge, merge_id, undone_at=at, undone_by=viewer.user_id)
    ids = {"merge_id": merge_id, "customer_id": kept_id, "merged_id": merged_id}
    yield Append(MergeUndone(at=at, by=viewer.user_id, **ids))
    for customer_id in (kept_id, merged_id):
        yield from _tell_open_contacts(customer_id, viewer.user_id, at)
    yield from audited(
        hub, viewer.user_id, "merge_undone", kept_id, reason=reason,
        details={"merged": merged_id, "merge": merge_id},
    )  # fmt: skip


async def merges_of(hub: Hub, viewer: Viewer, customer_id: str) -> list[dict[str, Any]]:
    """List the merges into a record that could be undone, the newest first."""
    require(viewer.roles, Right.MERGE_CUSTOMERS)
    rows = await hub.reader.rows(_standing(of=customer_id))
    return [
        {"id": row[0], "merged_id": row[1], "by": hub.staff.name_of(row[2]), "at": row[3]}
        for row in rows
    ]


def _tell_open_contacts(customer_id: str, by: str, at: float) -> Unit[None]:
    """Consoles read the record of these Contacts again."""
    rows = yield find(Contact, "id", "conversation_id", "state", customer_id=customer_id)
    for contact_id, conversation_id, state in rows:
        if state != ContactState.CLOSED:
            yield Append(
                CustomerLinked(
                    at=at,
                    contact_id=contact_id,
                    conversation_id=conversation_id,
                    customer_id=customer_id,
                    how="merged",
                    by=by,
                )
            )
