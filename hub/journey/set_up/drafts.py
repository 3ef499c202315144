"""Drafts of set-up: one per name, saved over what was seen, thrown away or published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, exists, select, update

from hub.domain.errors import Invalid, Refused
from hub.journey.context import Hub
from hub.store.rows import find, put, remove, table_of
from hub.store.tables import Setup, SetupDraft
from hub.store.unit import Prepared, Unit

MOST_BYTES: Final = 256 * 1024
DRAFTS_MOST: Final = 100
"""So many of a kind are listed, and can be."""
_COLUMNS: Final = (
    "body", "revision", "based_on", "saved_at", "saved_by", "writers", "asked_at", "asked_by",
    "asked_why", "returned_by", "returned_why",
)  # fmt: skip
_SAVED: Final = ("body", "revision", "saved_at", "saved_by", "writers", "asked_at", "asked_by")
_d, _s = table_of(SetupDraft), table_of(Setup)
_save = Prepared(
    update(_d)
    .where(_d.c.kind == bindparam("of"), _d.c.name == bindparam("named"))
    .where(_d.c.revision == bindparam("seen"))
    .values({name: bindparam(f"new_{name}") for name in _SAVED})
)
_rename = Prepared(
    update(_d)
    .where(_d.c.kind == bindparam("of"), _d.c.name == bindparam("named"))
    .values(name=bindparam("to"))
)
_all = Prepared(
    select(_d.c.name, *(_d.c[name] for name in _COLUMNS))
    .where(_d.c.kind == bindparam("of"))
    .order_by(_d.c.name)
    .limit(DRAFTS_MOST)
)
_is_published = Prepared(
    select(exists().where(_s.c.kind == bindparam("of"), _s.c.name == bindparam("named")))
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is working on."""

    document: Any
    revision: int
    based_on: int
    """The version it began from; 0: nothing of this name was ever published."""
    saved_at: float
    saved_by: str
    writers: frozenset[str]
    """All who worked on it."""
    asked_at: float | None
    asked_by: str | None
    """Who handed it in as it stands."""
    asked_why: str
    returned_by: str | None
    """Who sent it back the last time."""
    returned_why: str


async def drafts_of(hub: Hub, kind: str) -> dict[str, Draft]:
    """Return all drafts by name."""
    rows = await hub.reader.rows(_all(of=kind))
    return {name: _draft(columns) for name, *columns in rows}


async def draft_of(hub: Hub, kind: str, name: str) -> Draft | None:
    """Return the draft; None when nobody works on it."""
    rows = await hub.reader.rows(find(SetupDraft, *_COLUMNS, kind=kind, name=name))
    return _draft(rows[0]) if rows else None


def require_seen(draft: Draft | None, revision: int) -> Draft:
    """Return the draft if it stands as it was seen; raise `Refused("draft_changed")`."""
    if draft is None or draft.revision != revision:
        raise Refused("draft_changed")
    return draft


def held_draft(kind: str, name: str, seen: int) -> Unit[Draft]:
    """Read the draft and hold it to the end of the unit.

    Raises `Refused("draft_changed")` unless it stands as it was seen.
    """
    rows = yield find(SetupDraft, *_COLUMNS, lock=True, kind=kind, name=name)
    if not rows or rows[0][1] != seen:
        raise Refused("draft_changed")
    return _draft(rows[0])


async def save_draft(
    hub: Hub, actor: str, kind: str, name: str, document: Mapping[str, Any], *,
    seen: int, based_on: int,
) -> int:  # fmt: skip
    """Save a draft over the revision that was seen, 0 for none; returns the new one.

    What was handed in is a draft again. Raises `Refused("draft_changed")` when somebody else
    saved meanwhile.
    """
    body = body_of(document)
    await hub.journal.run(lambda: _save_unit(hub, actor, kind, name, body, seen, based_on))
    return seen + 1


async def begin_draft(
    hub: Hub, actor: str, kind: str, name: str, document: Mapping[str, Any]
) -> None:
    """Begin something new; raises `Refused("name_taken")`, also when there are too many."""
    body = body_of(document)
    if len(await drafts_of(hub, kind)) >= DRAFTS_MOST:
        raise Refused("too_many_drafts")
    await hub.journal.run(lambda: _begin(hub, actor, kind, name, body))


async def rename_draft(hub: Hub, kind: str, name: str, to: str, *, seen: int) -> None:
    """Give what was never published another name.

    Raises `Refused("name_taken")`, or `Refused("was_published")`: that name is in use for ever.
    """
    await hub.journal.run(lambda: _rename_unit(kind, name, to, seen))


async def discard_draft(hub: Hub, kind: str, name: str, *, seen: int) -> None:
    """Throw the draft away as it was seen; what was never published is gone with it."""
    await hub.journal.run(lambda: _discard(kind, name, seen))


def _save_unit(
    hub: Hub, actor: str, kind: str, name: str, body: str, seen: int, based_on: int
) -> Unit[None]:
    if seen == 0:
        if (yield find(SetupDraft, "revision", kind=kind, name=name)):
            raise Refused("draft_changed")
        yield _new(hub, actor, kind, name, body, based_on)
        return
    held = yield from held_draft(kind, name, seen)
    yield _save(
        of=kind, named=name, seen=seen, new_body=body, new_revision=seen + 1,
        new_saved_at=hub.clock.now(), new_saved_by=actor,
        new_writers=json.dumps(sorted(held.writers | {actor})), new_asked_at=None,
        new_asked_by=None,
    )  # fmt: skip


def _begin(hub: Hub, actor: str, kind: str, name: str, body: str) -> Unit[None]:
    yield from _require_free(kind, name)
    yield _new(hub, actor, kind, name, body, 0)


def _rename_unit(kind: str, name: str, to: str, seen: int) -> Unit[None]:
    yield from held_draft(kind, name, seen)
    if (yield _is_published(of=kind, named=name))[0][0]:
        raise Refused("was_published")
    yield from _require_free(kind, to)
    yield _rename(of=kind, named=name, to=to)


def _require_free(kind: str, name: str) -> Unit[None]:
    drafted = yield find(SetupDraft, "revision", kind=kind, name=name)
    if drafted or (yield _is_published(of=kind, named=name))[0][0]:
        raise Refused("name_taken")


def _discard(kind: str, name: str, seen: int) -> Unit[None]:
    yield from held_draft(kind, name, seen)
    yield remove(SetupDraft, kind=kind, name=name)


def _new(hub: Hub, actor: str, kind: str, name: str, body: str, based_on: int) -> Any:
    return put(
        SetupDraft, kind=kind, name=name, body=body, revision=1, based_on=based_on,
        saved_at=hub.clock.now(), saved_by=actor, writers=json.dumps([actor]),
    )  # fmt: skip


def body_of(document: Mapping[str, Any]) -> str:
    """Return a document as it is stored; raise `Invalid("too_large")`."""
    body = json.dumps(document, ensure_ascii=False)
    if len(body.encode("utf-8", "replace")) > MOST_BYTES:
        raise Invalid("too_large", f"a draft has at most {MOST_BYTES} bytes")
    return body


def _draft(columns: Any) -> Draft:
    body, revision, based_on, saved_at, saved_by, writers, *others = columns
    known = frozenset(json.loads(writers))
    return Draft(json.loads(body), revision, based_on, saved_at, saved_by, known, *others)
