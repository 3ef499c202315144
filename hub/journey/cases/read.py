"""A Case with its whole story, for who may see the Customer's record."""

import json
from typing import Any

from hub.domain.errors import NotFound
from hub.journey.cases.case_row import CASE_COLUMNS, CaseRow
from hub.journey.context import Hub
from hub.store.rows import find
from hub.store.tables import Case, CaseEntry

_ENTRY = ("id", "at", "by", "what", "data", "words_sealed")


async def case_of(hub: Hub, case_id: str) -> dict[str, Any]:
    """Read a Case: `kind`, `stage`, `stages`, `entries` ...; raise `NotFound`."""
    rows = await hub.reader.rows(find(Case, *CASE_COLUMNS, "resolution", "opened_at", id=case_id))
    if not rows:
        raise NotFound("no_case")
    *columns, resolution, opened_at = rows[0]
    case = CaseRow(*columns)
    kind = hub.work.cases.get(case.kind)
    entries = sorted(
        await hub.reader.rows(find(CaseEntry, *_ENTRY, case_id=case_id)), key=lambda row: row[1]
    )
    return {
        "id": case.id,
        "number": case.number,
        "customer_id": case.customer_id,
        "kind": case.kind,
        "title": json.loads(case.title),
        "stage": case.stage,
        "stages": [
            {"code": one.code, "label": dict(one.label), "is_final": one.is_final}
            for one in (kind.stages if kind else ())
        ],
        "resolutions": [
            {"code": code, "label": dict(label)}
            for code, label in (kind.resolutions.items() if kind else ())
        ],
        "resolution": resolution,
        "owner_id": case.owner_id,
        "owner": hub.staff.name_of(case.owner_id),
        "due_at": case.due_at,
        "opened_at": opened_at,
        "closed_at": case.closed_at,
        "version": case.version,
        "entries": [_entry(hub, row) for row in entries],
    }


def _entry(hub: Hub, row: tuple[Any, ...]) -> dict[str, Any]:
    entry_id, at, by, what, data, sealed = row
    words = hub.vault.open(sealed, "case_entry", "words", entry_id) if sealed else ""
    name = hub.staff.name_of(by)
    return {
        "id": entry_id, "at": at, "by": by, "name": name, "what": what,
        "data": json.loads(data), "words": words,
    }  # fmt: skip
