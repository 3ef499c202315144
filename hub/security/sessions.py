"""Signed-in browsers of staff: opened, found, kept alive, listed and revoked, as units.

The cookie holds an opaque token; the database holds its hash. A session ends by idling, by age,
by sign-out, by an administrator, or by a change of its user's roles.
"""

from typing import Final, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from hub.domain.errors import NotFound
from hub.security.csrf import csrf_token
from hub.security.tokens import new_token, token_hash
from hub.store import tables
from hub.store.unit import Prepared, Unit

TOUCH_SECONDS: Final = 60.0
"""A session's last sight is written at most this often."""

_S = tables.StaffSession.__table__  # type: ignore[attr-defined]
_SHOWN = (
    _S.c.id, _S.c.user_id, _S.c.created_at, _S.c.seen_at, _S.c.expires_at, _S.c.client,
    _S.c.second_factor_at,
)  # fmt: skip
_live = select(*_SHOWN).where(_S.c.revoked_at.is_(None))

session_by_token = Prepared(_live.where(_S.c.token_hash == bindparam("token_hash")))
"""Finds a session by `token_hash(token)`; give its rows to `judge`."""

sessions_of_user = Prepared(
    _live.where(_S.c.user_id == bindparam("of_user")).order_by(_S.c.seen_at.desc())
)
_add = Prepared(insert(_S))
_touch = Prepared(
    update(_S)
    .where(_S.c.id == bindparam("session_id"), _S.c.revoked_at.is_(None))
    .values(seen_at=bindparam("at"))
)
_prove = Prepared(
    update(_S)
    .where(_S.c.id == bindparam("session_id"), _S.c.revoked_at.is_(None))
    .values(second_factor_at=bindparam("at"))
)
_revoke = Prepared(
    update(_S)
    .where(_S.c.id == bindparam("session_id"), _S.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)


class Limits(NamedTuple):
    """How long a session lives (ASVS 7.3; PCI DSS 8.2.8 asks for 15 minutes)."""

    idle_seconds: float = 15 * 60.0
    absolute_seconds: float = 12 * 3600.0


USUAL_LIMITS: Final = Limits()


class Session(NamedTuple):
    """A live session as its user may see it."""

    id: str
    user_id: str
    created_at: float
    seen_at: float
    expires_at: float
    client: str
    second_factor_at: float | None = None


class NewSession(NamedTuple):
    """A session just opened; the token goes into the cookie and nowhere else."""

    id: str
    token: str
    csrf: str
    expires_at: float


def open_session(
    session_id: str,
    user_id: str,
    *,
    at: float,
    client: str = "",
    former_token: str | None = None,
    limits: Limits = USUAL_LIMITS,
) -> Unit[NewSession]:
    """Open a session under a fresh token; what the browser held before ends (no fixation)."""
    if former_token:
        for session in (yield session_by_token(token_hash=token_hash(former_token))):
            yield _revoke(session_id=session[0], at=at)
    token = new_token()
    fresh = NewSession(session_id, token, csrf_token(token), at + limits.absolute_seconds)
    yield _add(
        id=session_id,
        token_hash=token_hash(token),
        user_id=user_id,
        csrf_hash=token_hash(fresh.csrf),
        created_at=at,
        seen_at=at,
        expires_at=fresh.expires_at,
        revoked_at=None,
        client=client[:60],
        second_factor_at=None,
    )
    return fresh


def judge(rows: list[tuple[object, ...]], *, at: float, limits: Limits) -> Session | None:
    """Return the session found by `session_by_token`, or None when it idled out or grew too old."""
    if not rows:
        return None
    session = Session(*rows[0])  # type: ignore[arg-type]
    live = at < session.expires_at and at - session.seen_at < limits.idle_seconds
    return session if live else None


def due_for_touch(session: Session, *, at: float) -> bool:
    """Tell whether `touch_session` should be run now."""
    return at - session.seen_at >= TOUCH_SECONDS


def touch_session(session_id: str, *, at: float) -> Unit[bool]:
    """Note that the session is in use; False when it was revoked meanwhile."""
    return bool((yield _touch(session_id=session_id, at=at)))


def note_second_factor(session_id: str, *, at: float) -> Unit[None]:
    """Note that a code was given in this session."""
    yield _prove(session_id=session_id, at=at)


def revoke_session(session_id: str, user_id: str, *, at: float) -> Unit[None]:
    """End one session of a user; raise `NotFound` for another's, as for none."""
    mine = yield sessions_of_user(of_user=user_id)
    if session_id not in {row[0] for row in mine}:
        raise NotFound("no_session", "you have no such session")
    yield _revoke(session_id=session_id, at=at)


def revoke_sessions_of(user_id: str, *, at: float, keep: str | None = None) -> Unit[list[str]]:
    """End all sessions of a user but `keep`; return their ids, whose sockets must close."""
    ended = [row[0] for row in (yield sessions_of_user(of_user=user_id)) if row[0] != keep]
    for session_id in ended:
        yield _revoke(session_id=session_id, at=at)
    return ended
