"""The list of Users as an administrator sees it."""

import json
from typing import Any

from sqlalchemy import and_, func, select

from hub.journey.context import Hub
from hub.journey.phones.outside import numbers_by_user
from hub.security.throttle import attempt, locks
from hub.store.rows import table_of
from hub.store.tables import SecondFactor, StaffSession, User
from hub.store.unit import Prepared

_u, _f, _s = (table_of(one).c for one in (User, SecondFactor, StaffSession))
_seen = select(_s.user_id, func.max(_s.seen_at).label("seen_at")).group_by(_s.user_id).subquery()
_ALL = Prepared(
    select(
        _u.id, _u.login, _u.name, _u.team, _u.roles, _u.skills, _u.queues, _u.capacity_units,
        _u.enabled, _u.must_change_password, _f.confirmed_at, _seen.c.seen_at,
    )
    .join_from(
        table_of(User), table_of(SecondFactor),
        and_(_f.user_id == _u.id, _f.confirmed_at.is_not(None)), isouter=True,
    )
    .outerjoin(_seen, _seen.c.user_id == _u.id)
    .order_by(_u.login)
)  # fmt: skip


async def users_of(hub: Hub) -> list[dict[str, Any]]:
    """Return everybody by login, with what keeps them from coming in."""
    rows = await hub.reader.rows(_ALL())
    subjects = {attempt(hub.lookup, row[1], "").account: row[0] for row in rows}
    waiting = await hub.reader.rows(locks(list(subjects), at=hub.clock.now())) if rows else []
    locked = {subjects[subject]: until for subject, until in waiting}
    numbers = await numbers_by_user(hub)
    return [
        {**_view(row, locked.get(row[0])), "outside_phones": numbers.get(row[0], [])}
        for row in rows
    ]


def _view(row: tuple[Any, ...], locked_until: float | None) -> dict[str, Any]:
    (
        user_id, login, name, team, roles, skills, queues, capacity, enabled, must_change,
        factor_at, seen_at,
    ) = row  # fmt: skip
    return {
        "id": user_id,
        "login": login,
        "name": json.loads(name),
        "team": team,
        "roles": json.loads(roles),
        "skills": json.loads(skills),
        "queues": json.loads(queues),
        "capacity_units": capacity,
        "enabled": bool(enabled),
        "must_change_password": bool(must_change),
        "has_second_factor": factor_at is not None,
        "locked_until": locked_until,
        "seen_at": seen_at,
    }
