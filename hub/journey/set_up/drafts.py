"""Drafts of set-up: one per name, saved over what was seen, thrown away or published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, update

from hub.domain.errors import Invalid, Refused
from hub.journey.context import Hub
from hub.store.rows import find, put, remove, table_of
from hub.store.tables import SetupDraft
from hub.store.unit import Prepared, Unit

MOST_BYTES: Final = 256 * 1024
_COLUMNS: Final = ("body", "revision", "based_on", "saved_at", "saved_by")
_d = table_of(SetupDraft)
_save = Prepared(
    update(_d)
    .where(_d.c.kind == bindparam("of"), _d.c.name == bindparam("named"))
    .where(_d.c.revision == bindparam("seen"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("body", "revision", "saved_at", "saved_by")}
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is working on."""

    document: Any
    revision: int
    based_on: int
    saved_at: float
    saved_by: str


async def draft_of(hub: Hub, kind: str, name: str) -> Draft | None:
    """Return the draft; None when nobody works on it."""
    return _draft(await hub.reader.rows(find(SetupDraft, *_COLUMNS, kind=kind, name=name)))


def held_draft(kind: str, name: str) -> Unit[Draft | None]:
    """Read the draft and hold it to the end of the unit."""
    return _draft((yield find(SetupDraft, *_COLUMNS, lock=True, kind=kind, name=name)))


async def save_draft(
    hub: Hub, actor: str, kind: str, name: str, document: Mapping[str, Any], *,
    seen: int, based_on: int,
) -> int:  # fmt: skip
    """Save a draft over the revision that was seen, 0 for none; returns the new one.

    Raises `Refused("draft_changed")` when somebody else saved meanwhile.
    """
    body = json.dumps(document, ensure_ascii=False)
    if len(body.encode("utf-8", "replace")) > MOST_BYTES:
        raise Invalid("too_large", f"a draft has at most {MOST_BYTES} bytes")
    await hub.journal.run(lambda: _save_unit(hub, actor, kind, name, body, seen, based_on))
    return seen + 1


def _save_unit(
    hub: Hub, actor: str, kind: str, name: str, body: str, seen: int, based_on: int
) -> Unit[None]:
    at = hub.clock.now()
    if seen == 0:
        if (yield find(SetupDraft, "revision", kind=kind, name=name)):
            raise Refused("draft_changed")
        yield put(
            SetupDraft, kind=kind, name=name, body=body, revision=1, based_on=based_on,
            saved_at=at, saved_by=actor,
        )  # fmt: skip
        return
    changed = yield _save(
        of=kind, named=name, seen=seen, new_body=body, new_revision=seen + 1, new_saved_at=at,
        new_saved_by=actor,
    )  # fmt: skip
    if not changed:
        raise Refused("draft_changed")


async def discard_draft(hub: Hub, kind: str, name: str, *, seen: int) -> None:
    """Throw the draft away as it was seen."""
    await hub.journal.run(lambda: _discard(kind, name, seen))


def _discard(kind: str, name: str, seen: int) -> Unit[None]:
    draft = yield from held_draft(kind, name)
    if draft is None or draft.revision != seen:
        raise Refused("draft_changed")
    yield remove(SetupDraft, kind=kind, name=name)


def _draft(rows: Any) -> Draft | None:
    if not rows:
        return None
    body, *others = rows[0]
    return Draft(json.loads(body), *others)
