"""Versions of set-up: the newest is in force, none is ever changed, and each says who and why.

To roll back is to publish an old one again under a new number. All nodes hear of it by the signal
`set_up` and look by themselves now and then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from hub.domain.errors import NotFound, Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.set_up.drafts import body_of, held_draft
from hub.journey.set_up.rules import TOPIC, Sound, require_reason, require_second_person
from hub.store.rows import find, remove, table_of
from hub.store.tables import Setup, SetupDraft
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

FROM_FILE: Final = "file"
"""Who published what the operator's file says."""
SHOWN_MOST: Final = 50

_s = table_of(Setup)
_newest = Prepared(
    select(_s.c.name, func.max(_s.c.version))
    .where(_s.c.kind == bindparam("of"))
    .group_by(_s.c.name)
)
_newest_of = Prepared(
    select(_s.c.version, _s.c.body, _s.c.published_by)
    .where(_s.c.kind == bindparam("of"), _s.c.name == bindparam("named"))
    .order_by(_s.c.version.desc())
    .limit(1)
)
_history = Prepared(
    select(_s.c.version, _s.c.published_at, _s.c.published_by, _s.c.why)
    .where(_s.c.kind == bindparam("of"), _s.c.name == bindparam("named"))
    .order_by(_s.c.version.desc())
    .limit(SHOWN_MOST)
)
_add = Prepared(upsert(_s).on_conflict_do_nothing(index_elements=["kind", "name", "version"]))


@dataclass(frozen=True, slots=True)
class Version:
    """One published version, without what it says."""

    number: int
    published_at: float
    published_by: str
    """A user, or `file`."""
    why: str


async def newest(hub: Hub, kind: str) -> dict[str, int]:
    """Return the number in force of every name."""
    return {row[0]: row[1] for row in await hub.reader.rows(_newest(of=kind))}


async def document_of(hub: Hub, kind: str, name: str, number: int) -> Any:
    """Return what a version says; raises `NotFound`."""
    rows = await hub.reader.rows(find(Setup, "body", kind=kind, name=name, version=number))
    if not rows:
        raise NotFound("no_version")
    return json.loads(rows[0][0])


async def history(hub: Hub, kind: str, name: str) -> list[Version]:
    """Return the last versions, the newest first."""
    return [Version(*row) for row in await hub.reader.rows(_history(of=kind, named=name))]


async def seed(hub: Hub, kind: str, name: str, document: Any) -> None:
    """Publish what the operator's file says, unless a person has published since."""
    try:
        await hub.journal.run(lambda: _seed(hub, kind, name, _text(document)))
    except Refused:
        # Another node that starts now did it.
        return


def _seed(hub: Hub, kind: str, name: str, body: str) -> Unit[None]:
    rows = yield _newest_of(of=kind, named=name)
    number, known, by = rows[0] if rows else (0, None, FROM_FILE)
    if by == FROM_FILE and known != body:
        yield from _put(hub, FROM_FILE, kind, name, number + 1, body, "")


async def publish(
    hub: Hub, actor: str, kind: str, name: str, *,
    revision: int, why: str, require_sound: Sound, alone: bool = False,
) -> int:  # fmt: skip
    """Put the draft in force; returns its number. Raises `Refused("draft_changed")`.

    It must have been handed in, and who worked on it is refused (`same_person`), unless one
    person may do it `alone`.
    """
    reason = require_reason(why)
    number = await hub.journal.run(
        lambda: _publish(hub, actor, kind, name, revision, reason, require_sound, alone=alone)
    )
    await hub.signal.publish(TOPIC, kind)
    return number


def _publish(
    hub: Hub, actor: str, kind: str, name: str, revision: int, why: str, require_sound: Sound,
    *, alone: bool,
) -> Unit[int]:  # fmt: skip
    draft = yield from held_draft(kind, name, revision)
    if not alone:
        require_second_person(draft, actor)
    require_sound(draft.document)
    rows = yield _newest_of(of=kind, named=name)
    number = int(rows[0][0]) + 1 if rows else 1
    if rows and draft.based_on != rows[0][0]:
        raise Refused("published_meanwhile")
    # Where one person suffices the entry says so by naming nobody else.
    told = {"handed_in_by": draft.asked_by} if draft.asked_by else {}
    yield from _put(hub, actor, kind, name, number, _text(draft.document), why, details=told)
    yield remove(SetupDraft, kind=kind, name=name)
    return number


async def put_in_force(
    hub: Hub, actor: str, kind: str, name: str, document: Mapping[str, Any], *, seen: int, why: str
) -> int:
    """Put a document in force at once, for set-up that one person may change; returns its number.

    `seen` is the version it was made from. Raises `Refused("published_meanwhile")`.
    """
    reason, body = require_reason(why), body_of(document)
    number = await hub.journal.run(lambda: _over(hub, actor, kind, name, seen, body, reason))
    await hub.signal.publish(TOPIC, kind)
    return number


def _over(hub: Hub, actor: str, kind: str, name: str, seen: int, body: str, why: str) -> Unit[int]:
    rows = yield _newest_of(of=kind, named=name)
    if (rows[0][0] if rows else 0) != seen:
        raise Refused("published_meanwhile")
    yield from _put(hub, actor, kind, name, seen + 1, body, why)
    return seen + 1


async def roll_back(
    hub: Hub, actor: str, kind: str, name: str, *, to: int, why: str, require_sound: Sound
) -> int:
    """Put an old version in force again, under a new number; the draft stays as it is."""
    reason = require_reason(why)
    document = await document_of(hub, kind, name, to)
    require_sound(document)
    number = await hub.journal.run(
        lambda: _again(hub, actor, kind, name, to, _text(document), reason)
    )
    await hub.signal.publish(TOPIC, kind)
    return number


def _again(hub: Hub, actor: str, kind: str, name: str, to: int, body: str, why: str) -> Unit[int]:
    rows = yield _newest_of(of=kind, named=name)
    if not rows or rows[0][0] == to:
        raise Refused("in_force")
    number = int(rows[0][0]) + 1
    yield from _put(hub, actor, kind, name, number, body, why, details={"rolled_back_to": to})
    return number


def _put(
    hub: Hub, actor: str, kind: str, name: str, number: int, body: str, why: str,
    *, details: Mapping[str, object] | None = None,
) -> Unit[None]:  # fmt: skip
    added = yield _add(
        kind=kind, name=name, version=number, body=body, published_at=hub.clock.now(),
        published_by=actor, why=why,
    )  # fmt: skip
    if not added:
        raise Refused("published_meanwhile")
    told = {"version": number, **(details or {})}
    yield from audited(
        hub, actor, "set_up_published", f"{kind}/{name}", reason=why, details=told
    )  # fmt: skip


def _text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)
