"""What is different of a User: name, team, roles, skills, queues, room for work."""

import json
from collections.abc import Mapping
from typing import Any, Final

from hub.domain.errors import NotFound, Refused
from hub.domain.events import RightsChanged
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.users.given import UserChange, Vocabulary, columns_of, name_of, told
from hub.security.roles import Role
from hub.store.rows import change, find
from hub.store.tables import User
from hub.store.unit import Append, Unit

COLUMNS: Final = (
    "id", "name", "team", "roles", "skills", "queues", "capacity_units", "floor_units", "enabled",
)  # fmt: skip
JSON_COLUMNS: Final = frozenset({"name", "roles", "skills", "queues"})


async def amend_user(
    hub: Hub, actor: str, user_id: str, asked: UserChange, *, known: Vocabulary
) -> list[str]:
    """Change a User; return the names of columns that are different now, none when all was so.

    Open pages of a User whose roles change end within seconds. Raises `Refused` when nobody
    would be left who may manage users.
    """
    values = columns_of(known, asked)
    changed = await hub.journal.run(lambda: amend_unit(hub, actor, user_id, asked, values))
    await hub.staff.load()
    return changed


def amend_unit(
    hub: Hub, actor: str, user_id: str, asked: UserChange, values: Mapping[str, Any]
) -> Unit[list[str]]:
    """Write what differs, audit it, and tell routing and open pages."""
    row = yield from row_of(user_id)
    new = yield from _differing(user_id, row, asked, values)
    if not new:
        return []
    yield change(User, user_id, **new)
    told_of = {column: value for column, value in new.items() if column != "name"}
    details = {"changed": sorted(new), **told_of}
    yield from audited(hub, actor, "user_changed", user_id, details=details)
    yield Append(told(hub, user_id, {**row, **new}))
    if "roles" in new:
        yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="roles"))
    return sorted(new)


def amended(
    _hub: Hub, _actor: str, user_id: str, asked: UserChange, values: Mapping[str, Any]
) -> Unit[list[str]]:
    """Return what `amend_unit` would change, refusing what it would refuse; write nothing."""
    row = yield from row_of(user_id)
    return sorted((yield from _differing(user_id, row, asked, values)))


def _differing(
    user_id: str, row: Mapping[str, Any], asked: UserChange, values: Mapping[str, Any]
) -> Unit[dict[str, Any]]:
    name = name_of(asked, json.loads(row["name"]))
    wanted = dict(values) if name is None else {**values, "name": name}
    new = {key: value for key, value in wanted.items() if not _same(key, row[key], value)}
    if "roles" in new and Role.ADMINISTRATOR not in json.loads(new["roles"]):
        yield from require_another_administrator(user_id)
    return new


def _same(column: str, stored: Any, wanted: Any) -> bool:
    """Whether two values of a column say the same; lists in any order."""
    if column not in JSON_COLUMNS:
        return bool(stored == wanted)
    left, right = json.loads(stored), json.loads(wanted)
    return sorted(left) == sorted(right) if isinstance(left, list) else bool(left == right)


def row_of(user_id: str) -> Unit[dict[str, Any]]:
    """Return the columns of a User, held to the end of the unit."""
    rows = yield find(User, *COLUMNS, lock=True, id=user_id)
    if not rows:
        raise NotFound("no_user")
    return dict(zip(COLUMNS, rows[0], strict=True))


def require_another_administrator(user_id: str) -> Unit[None]:
    """Raise `Refused` when this User is the last who may manage users."""
    rows = yield find(User, "id", "roles", lock=True, enabled=True)
    able = {one for one, roles in rows if Role.ADMINISTRATOR in json.loads(roles)}
    if able <= {user_id}:
        raise Refused("last_administrator", "make somebody else an administrator first")
