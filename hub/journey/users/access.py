"""Whether a User may come in: enabled or not, locked, with which password."""

from hub.domain.errors import NotFound, Refused
from hub.domain.events import RightsChanged
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.users.amend import require_another_administrator, row_of
from hub.security.sessions import revoke_sessions_of
from hub.security.throttle import attempt, unlock
from hub.store.rows import change, find
from hub.store.tables import User
from hub.store.unit import Append, Unit


async def set_enabled(hub: Hub, actor: str, user_id: str, *, enabled: bool, reason: str) -> None:
    """Let a User in again, or bar one: all sessions end, all sockets close within seconds."""
    if user_id == actor:
        raise Refused("yourself", "somebody else must do this")
    await hub.journal.run(lambda: _set_enabled(hub, actor, user_id, reason, enabled=enabled))
    await hub.staff.load()


def _set_enabled(hub: Hub, actor: str, user_id: str, reason: str, *, enabled: bool) -> Unit[None]:
    yield from row_of(user_id)
    if not enabled:
        yield from require_another_administrator(user_id)
    yield change(User, user_id, enabled=enabled)
    if enabled:
        yield from audited(hub, actor, "user_enabled", user_id, reason=reason)
        yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="enabled"))
        return
    yield from _end_sessions(hub, actor, user_id, "user_disabled", reason)
    yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="disabled"))


async def unlock_user(hub: Hub, actor: str, user_id: str) -> None:
    """Forget the wrong passwords of a User who waits because of them."""
    await hub.journal.run(lambda: _unlock(hub, actor, user_id))


def _unlock(hub: Hub, actor: str, user_id: str) -> Unit[None]:
    login = yield from _login_of(user_id)
    yield from unlock(attempt(hub.lookup, login, ""))
    yield from audited(hub, actor, "user_unlocked", user_id)


async def reset_password(hub: Hub, actor: str, user_id: str, *, password_hash: str) -> None:
    """Set a password that must be changed at the next sign-in; all sessions end."""
    await hub.journal.run(lambda: _reset(hub, actor, user_id, password_hash))


def _reset(hub: Hub, actor: str, user_id: str, password_hash: str) -> Unit[None]:
    login = yield from _login_of(user_id)
    yield change(User, user_id, password_hash=password_hash, must_change_password=True)
    yield from unlock(attempt(hub.lookup, login, ""))
    yield from _end_sessions(hub, actor, user_id, "password_reset", "")
    yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="signed_out"))


async def change_own_password(
    hub: Hub, user_id: str, *, session_id: str, password_hash: str
) -> list[str]:
    """Set one's own password; return the ids of all other sessions, which have ended."""
    unit = _change_own(hub, user_id, session_id, password_hash)
    ended: list[str] = await hub.journal.run(unit)
    return ended


def _change_own(hub: Hub, user_id: str, session_id: str, password_hash: str) -> Unit[list[str]]:
    yield change(User, user_id, password_hash=password_hash, must_change_password=False)
    ended = yield from revoke_sessions_of(user_id, at=hub.clock.now(), keep=session_id)
    yield from audited(hub, user_id, "password_changed", user_id)
    return ended


def _login_of(user_id: str) -> Unit[str]:
    rows = yield find(User, "login", id=user_id)
    if not rows:
        raise NotFound("no_user")
    return str(rows[0][0])


def _end_sessions(hub: Hub, actor: str, user_id: str, action: str, reason: str) -> Unit[None]:
    ended = yield from revoke_sessions_of(user_id, at=hub.clock.now())
    details = {"sessions": len(ended)}
    yield from audited(hub, actor, action, user_id, reason=reason, details=details)
