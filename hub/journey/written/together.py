"""Many at once: tag, assign, close; each Contact in its own short unit, told row by row.

A tag or an owner changes at once, and what was there before is kept, so that undo brings back
exactly that. A close cannot be taken back once a customer was told of it: so it waits for the
time in which undo is offered, and undo means that it never happens.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from hub.domain.errors import HubError, Invalid, NotFound, Refused
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.written import deeds
from hub.journey.written.lists import Scope, scope_of
from hub.journey.written.take import require_in_scope
from hub.store.rows import change, find, put
from hub.store.tables import JointDeed
from hub.store.unit import Unit

MOST: Final = 200
UNDO_SECONDS: Final = 15.0
"""So long a close waits; tags and owners can be taken back for `LONG_UNDO_SECONDS`."""
LONG_UNDO_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one Contact; `code` is empty where it worked."""

    contact_id: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done with many; `deed_id` takes it back until `undo_until`."""

    rows: tuple[Row, ...]
    deed_id: str | None = None
    undo_until: float = 0.0


One = Callable[[ContactRow, float], Unit[dict[str, Any] | None]]
"""Does it to one held Contact; returns what there was before, None where nothing changed."""


async def tag_together(
    hub: Hub, viewer: Viewer, ids: Sequence[str], *, add: Sequence[str], remove: Sequence[str]
) -> Done:
    """Put tags of the operator's list on Contacts and take others off."""
    if not (add or remove) or {*add, *remove} - hub.letters.tags.keys() or {*add} & {*remove}:
        raise Invalid("bad_tag", "choose tags of the list, each once")
    act = partial(deeds.tag, viewer.user_id, tuple(add), tuple(remove))
    return await _each(hub, viewer, "tag", ids, act)


async def assign_together(
    hub: Hub,
    viewer: Viewer,
    ids: Sequence[str],
    *,
    agent_id: str | None = None,
    queue_id: str | None = None,
) -> Done:
    """Give Contacts to oneself at once, to a colleague as Offers, or to a Queue."""
    if (agent_id is None) == (queue_id is None):
        raise Invalid("no_goal", "name an agent or a queue")
    goal = deeds.Goal(by=viewer.user_id, agent_id=agent_id, queue_id=queue_id)
    return await _each(hub, viewer, "assign", ids, partial(deeds.give, hub, goal))


async def close_together(hub: Hub, viewer: Viewer, ids: Sequence[str], *, outcome: str) -> Done:
    """Close Contacts with one outcome when the time for undo is over."""
    act = partial(deeds.plan_close, hub, outcome)
    return await _each(hub, viewer, "close", ids, act, outcome=outcome)


async def _each(
    hub: Hub, viewer: Viewer, kind: str, ids: Sequence[str], act: Any, *, outcome: str = ""
) -> Done:
    if not 1 <= len(set(ids)) <= MOST:
        raise Invalid("bad_number", f"1 to {MOST} at once")
    scope, rows, befores = scope_of(hub, viewer), [], []
    for contact_id in dict.fromkeys(ids):
        unit = partial(_one, hub, scope, contact_id, act)
        try:
            before = await hub.journal.run(unit)
        except HubError as error:
            rows.append(Row(contact_id=contact_id, code=error.code))
            continue
        rows.append(Row(contact_id=contact_id, code="" if before is not None else "unchanged"))
        if before is not None:
            befores.append({"id": contact_id, **before})
    if not befores:
        _require_some(rows)
        return Done(rows=tuple(rows))
    deed_id, at = hub.new_id("dee"), hub.clock.now()
    until = at + (UNDO_SECONDS if kind == "close" else LONG_UNDO_SECONDS)
    deed = {
        "id": deed_id, "kind": kind, "by": viewer.user_id, "at": at, "undo_until": until,
        "outcome": outcome, "rows": json.dumps(befores),
    }  # fmt: skip
    await hub.journal.run(lambda: _write_down(hub, deed, len(befores), len(rows)))
    return Done(rows=tuple(rows), deed_id=deed_id, undo_until=until)


def _require_some(rows: Sequence[Row]) -> None:
    """Raise `Refused("none_done")`, its detail the reasons, when every one was refused."""
    codes = sorted({row.code for row in rows})
    if "unchanged" not in codes:
        raise Refused("none_done", ", ".join(codes))


def _one(hub: Hub, scope: Scope, contact_id: str, act: One) -> Unit[dict[str, Any] | None]:
    contact = yield from load_contact(contact_id)
    require_in_scope(hub, scope, contact)
    return (yield from act(contact, hub.clock.now()))


def _write_down(hub: Hub, deed: dict[str, Any], done: int, asked: int) -> Unit[None]:
    yield put(JointDeed, **deed)
    if deed["kind"] == "close":
        yield arm(TimerKind.JOINT_CLOSE, deed["id"], deed["undo_until"])
    details = {"kind": deed["kind"], "contacts": done, "refused": asked - done}
    yield from audited(hub, deed["by"], "done_together", deed["id"], details=details)


async def undo(hub: Hub, viewer: Viewer, deed_id: str) -> Done:
    """Take back what oneself did with many; a Contact that has moved on since is left, and told.

    Raises `NotFound("no_deed")`, `Refused("too_late")`.
    """
    kind, before = await hub.journal.run(lambda: _claim_undo(hub, viewer.user_id, deed_id))
    rows = []
    for one in before:
        code = ""
        if kind != "close":
            try:
                await hub.journal.run(partial(deeds.take_back, hub, viewer.user_id, kind, one))
            except HubError as error:
                code = error.code
        rows.append(Row(contact_id=one["id"], code=code))
    return Done(rows=tuple(rows))


def _claim_undo(hub: Hub, user_id: str, deed_id: str) -> Unit[tuple[str, list[dict[str, Any]]]]:
    columns = ("kind", "undo_until", "settled_at", "rows")
    found = yield find(JointDeed, *columns, lock=True, id=deed_id, by=user_id)
    if not found:
        raise NotFound("no_deed")
    kind, until, settled_at, rows = found[0]
    at = hub.clock.now()
    if settled_at is not None or at > until:
        raise Refused("too_late", "it can no longer be taken back")
    yield change(JointDeed, deed_id, settled_at=at, is_undone=True)
    yield disarm(TimerKind.JOINT_CLOSE, deed_id)
    yield from audited(hub, user_id, "undone_together", deed_id, details={"kind": kind})
    return kind, json.loads(rows)


async def carry_out_close(hub: Hub, deed_id: str) -> None:
    """Timer `joint_close`: nobody took it back; each Contact is closed, or has moved on."""
    deed = await hub.journal.run(lambda: _claim_close(hub, deed_id))
    if deed is None:
        return
    by, outcome, rows = deed
    for one in rows:
        unit = partial(deeds.close_one, hub, by, outcome, one)
        try:
            await hub.journal.run(unit)
        except HubError as error:
            told = partial(
                audited, hub, by, "close_refused", one["id"], details={"code": error.code}
            )
            await hub.journal.run(told)


def _claim_close(hub: Hub, deed_id: str) -> Unit[tuple[str, str, list[dict[str, Any]]] | None]:
    taken = yield ring(hub, TimerKind.JOINT_CLOSE, deed_id)
    found = yield find(JointDeed, "by", "outcome", "rows", "settled_at", lock=True, id=deed_id)
    if not taken or not found or found[0][3] is not None:
        return None
    by, outcome, rows, _ = found[0]
    yield change(JointDeed, deed_id, settled_at=hub.clock.now())
    return by, outcome, json.loads(rows)
