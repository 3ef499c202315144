"""Lists of Tasks: mine, my team's, done; the most urgent first."""

import json
from typing import Any, Literal

from sqlalchemy import bindparam, or_, select

from hub.customers.warnings import in_force, is_restricted
from hub.journey.context import Hub
from hub.journey.work.numbers import outlined
from hub.journey.work.task_row import NO_WORDS, open_words
from hub.security.roles import Role
from hub.store.rows import table_of
from hub.store.tables import Case, Customer, Task
from hub.store.unit import Prepared

Scope = Literal["mine", "team", "done"]
PAGE = 100

_t, _k, _u = (table_of(one).c for one in (Task, Case, Customer))
_columns = (
    select(
        _t.id, _t.kind, _t.state, _t.title, _t.words_sealed, _t.owner_id, _t.queue_id,
        _t.customer_id, _t.contact_id, _t.work_contact_id, _t.case_id, _k.number, _t.due_at,
        _t.remind_at, _t.is_overdue, _t.attempts, _t.created_at, _t.created_by, _t.done_at,
        _t.done_by, _t.outcome, _u.number, _u.warnings,
    )
    .join_from(table_of(Task), table_of(Case), _k.id == _t.case_id, isouter=True)
    .join(table_of(Customer), _u.id == _t.customer_id, isouter=True)
    .limit(PAGE)
)  # fmt: skip
_open = _columns.where(_t.state == "open").order_by(_t.due_at.is_(None), _t.due_at, _t.id)
_mine = Prepared(_open.where(_t.owner_id == bindparam("user")))
_team = Prepared(
    _open.where(
        or_(
            _t.owner_id.in_(bindparam("mates", expanding=True)),
            _t.owner_id.is_(None)
            & _t.queue_id.in_(bindparam("queues", expanding=True))
            & _t.kind.in_(bindparam("routed", expanding=True)),
        )
    )
)
_all_open = Prepared(_open)
_done = Prepared(
    _columns.where(_t.state == "done", _t.done_by == bindparam("user")).order_by(_t.done_at.desc())
)


async def tasks_of(hub: Hub, user_id: str, scope: Scope, *, steers: bool) -> list[dict[str, Any]]:
    """Read up to a hundred Tasks; a supervisor's team is everybody."""
    member = hub.staff.get(user_id)
    roles = frozenset(Role(role) for role in member.roles) if member else frozenset[Role]()
    rows = await hub.reader.rows(_call(hub, user_id, scope, steers=steers))
    return [_line(hub, row, roles) for row in rows]


def _call(hub: Hub, user_id: str, scope: Scope, *, steers: bool) -> Any:
    if scope == "mine":
        return _mine(user=user_id)
    if scope == "done":
        return _done(user=user_id)
    if steers:
        return _all_open()
    member = hub.staff.get(user_id)
    queues = list(member.profile.queues) if member else []
    mates = [one.user_id for one in hub.staff.all() if member and one.team == member.team]
    routed = [kind.code for kind in hub.work.tasks.values() if kind.is_routed]
    return _team(mates=mates, queues=queues, routed=routed)


def _line(hub: Hub, row: tuple[Any, ...], roles: frozenset[Role]) -> dict[str, Any]:
    (
        task_id, kind, state, title, sealed, owner_id, queue_id, customer_id, contact_id,
        work_contact_id, case_id, case_number, due_at, remind_at, is_overdue, attempts,
        created_at, created_by, done_at, done_by, outcome, customer_number, warned,
    ) = row  # fmt: skip
    is_closed = warned is not None and is_restricted(in_force(warned), roles)
    words = NO_WORDS if is_closed else open_words(hub, task_id, sealed)
    return {
        "id": task_id,
        "kind": kind,
        "state": state,
        "title": json.loads(title),
        "words": words.text,
        "evidence": [list(one) for one in outlined(words.evidence)],
        "owner_id": owner_id,
        "owner": hub.staff.name_of(owner_id),
        "queue_id": queue_id,
        "customer_id": customer_id,
        "customer_number": None if is_closed else customer_number,
        "is_closed": is_closed,
        "contact_id": contact_id,
        "work_contact_id": work_contact_id,
        "case_id": case_id,
        "case_number": case_number,
        "due_at": due_at,
        "remind_at": remind_at,
        "is_overdue": bool(is_overdue),
        "attempts": attempts,
        "created_at": created_at,
        "created_by": hub.staff.name_of(created_by),
        "done_at": done_at,
        "done_by": hub.staff.name_of(done_by),
        "outcome": outcome,
    }
