"""A new User: added by an administrator, with a password that must be changed at once."""

from collections.abc import Mapping
from typing import Any

from hub.domain.errors import Invalid, Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.users.given import (
    NewUser,
    Vocabulary,
    columns_of,
    name_of,
    require_login,
    told,
)
from hub.store.rows import find, put
from hub.store.tables import User
from hub.store.unit import Append, Unit

DEFAULTS: Mapping[str, Any] = {
    "team": "", "skills": "[]", "queues": "[]", "capacity_units": 6, "floor_units": "[]",
}  # fmt: skip


async def add_user(
    hub: Hub, actor: str, new: NewUser, *, known: Vocabulary, password_hash: str
) -> str:
    """Add a User who must change this password at the first sign-in; return the identifier."""
    values = judged(known, new)
    user_id = hub.new_id("usr")
    await hub.journal.run(lambda: add_unit(hub, actor, user_id, values, password_hash))
    await hub.staff.load()
    return user_id


def judged(known: Vocabulary, new: NewUser) -> dict[str, Any]:
    """Return the columns of a new User; raise `Invalid` naming what is not right."""
    if new.roles is None:
        raise Invalid("no_role", "a user needs at least one role")
    values = {**DEFAULTS, **columns_of(known, new)}
    values["name"] = name_of(new, {})
    if values["name"] is None:
        raise Invalid("bad_name", "a name in one language at least")
    return {**values, "login": require_login(new.login)}


def add_unit(
    hub: Hub, actor: str, user_id: str, values: Mapping[str, Any], password_hash: str
) -> Unit[None]:
    """Store the User, the audit entry, and tell routing what the new colleague can do."""
    if (yield find(User, "id", login=values["login"])):
        raise Refused("login_taken", "somebody has this login")
    yield put(
        User, id=user_id, password_hash=password_hash, must_change_password=True,
        created_at=hub.clock.now(), **values,
    )  # fmt: skip
    shown = {name: values[name] for name in ("roles", "team", "skills", "queues")}
    yield from audited(hub, actor, "user_added", user_id, details=shown)
    yield Append(told(hub, user_id, values))
