"""Changes of who works here: roles, disabling, signing somebody out; open pages follow at once."""

import json

from hub.domain.errors import Invalid, NotFound
from hub.domain.events import AgentProfileSet, RightsChanged
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.roles import Role
from hub.security.sessions import revoke_sessions_of
from hub.store.rows import change, find
from hub.store.tables import User
from hub.store.unit import Append, Unit


async def set_roles(hub: Hub, actor: str, user_id: str, *, roles: frozenset[Role]) -> None:
    """Give a user other roles; sessions stay, every right is judged anew from now on."""
    if not roles:
        raise Invalid("no_role", "a user needs at least one role; disable who left")
    await hub.journal.run(lambda: _set_roles(hub, actor, user_id, roles))
    await hub.staff.load()


def _set_roles(hub: Hub, actor: str, user_id: str, roles: frozenset[Role]) -> Unit[None]:
    named = sorted(role.value for role in roles)
    yield from _change_user(user_id, roles=json.dumps(named))
    yield from audited(hub, actor, "roles_changed", user_id, details={"roles": named})
    yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="roles"))


async def disable_user(hub: Hub, actor: str, user_id: str, *, reason: str) -> None:
    """Bar a user: all sessions end, all sockets close; contacts in hand return to their place."""
    await hub.journal.run(lambda: _disable(hub, actor, user_id, reason))
    await hub.staff.load()


def _disable(hub: Hub, actor: str, user_id: str, reason: str) -> Unit[None]:
    yield from _change_user(user_id, enabled=False)
    yield from _end_sessions(hub, actor, user_id, "user_disabled", reason)
    yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="disabled"))


async def require_user(hub: Hub, user_id: str) -> None:
    """Raise `NotFound` unless there is such a User."""
    if not await hub.reader.rows(find(User, "id", id=user_id)):
        raise NotFound("no_user")


async def sign_out_user(hub: Hub, actor: str, user_id: str, *, reason: str) -> None:
    """End all sessions of a user, wherever they are open."""
    await hub.journal.run(lambda: _sign_out(hub, actor, user_id, reason))


def _sign_out(hub: Hub, actor: str, user_id: str, reason: str) -> Unit[None]:
    yield from _end_sessions(hub, actor, user_id, "user_signed_out", reason)
    yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="signed_out"))


async def tell_profile(hub: Hub, user_id: str) -> None:
    """Tell the log what an agent can do, after their skills, queues or capacity changed."""
    await hub.staff.load()
    member = hub.staff.get(user_id)
    if member is None:
        raise NotFound("no_user")
    await hub.journal.run(_tell(AgentProfileSet(at=hub.clock.now(), profile=member.profile)))


def _tell(event: AgentProfileSet) -> Unit[None]:
    yield Append(event)


def _change_user(user_id: str, **values: object) -> Unit[None]:
    if not (yield change(User, user_id, **values)):
        raise NotFound("no_user")


def _end_sessions(hub: Hub, actor: str, user_id: str, action: str, reason: str) -> Unit[None]:
    ended = yield from revoke_sessions_of(user_id, at=hub.clock.now())
    details = {"sessions": len(ended)}
    yield from audited(hub, actor, action, user_id, reason=reason, details=details)
