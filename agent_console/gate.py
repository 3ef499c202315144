"""Who is at the door: from the session cookie to a Viewer, for HTTP and sockets alike."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from sqlalchemy import BindParameter, bindparam, select

from agent_console.settings import ConsoleSettings
from hub.journey.context import Hub, Viewer
from hub.security.roles import Role, parse_roles
from hub.security.sessions import TOUCH_SECONDS, Session, judge, touch_session
from hub.security.sign_in import Door, Owes
from hub.store.rows import table_of
from hub.store.tables import StaffSession, User
from hub.store.unit import Prepared

_s, _u = table_of(StaffSession).c, table_of(User).c
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
_LIVE = Prepared(
    select(
        _s.id, _s.user_id, _s.created_at, _s.seen_at, _s.expires_at, _s.client, _u.roles,
        _u.enabled,
    )
    .join_from(table_of(StaffSession), table_of(User), _u.id == _s.user_id)
    .where(_s.id.in_(_ids), _s.revoked_at.is_(None))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser whose session is live, and its user with today's roles."""

    session: Session
    viewer: Viewer
    token: str
    owes: Owes | None = None
    """What is still to be done before anything else opens."""
    has_second_factor: bool = False
    is_proved_lately: bool = True


class Gate:
    """Lets in who has a live session of an enabled user."""

    def __init__(self, hub: Hub, door: Door, settings: ConsoleSettings) -> None:
        self._hub = hub
        self._door = door
        self._settings = settings
        self._touched: dict[str, float] = {}

    async def by_cookies(self, header: str) -> SignedIn | None:
        """Return who a `Cookie` header belongs to, or None."""
        token = token_of(header, self._settings.cookie)
        found = await self._door.who(token) if token else None
        if found is None or token is None:
            return None
        viewer = Viewer(user_id=found.user_id, roles=found.roles)
        return SignedIn(
            found.session, viewer, token, found.owes, found.has_second_factor,
            found.proved_lately(at=self._hub.clock.now()),
        )  # fmt: skip

    async def is_proved_lately(self, token: str) -> bool:
        """Tell whether the session gave a code lately, or has no authenticator to ask."""
        found = await self._door.who(token)
        return found is not None and found.proved_lately(at=self._hub.clock.now())

    async def live(self, session_ids: list[str]) -> dict[str, frozenset[Role]]:
        """Return the sessions that still hold, with their users' roles; disabled ones have none."""
        rows = await self._hub.reader.rows(_LIVE(ids=session_ids)) if session_ids else []
        at, limits = self._hub.clock.now(), self._door.limits
        return {
            row[0]: parse_roles(roles) if enabled else frozenset()
            for *row, roles, enabled in rows
            if judge([tuple(row)], at=at, limits=limits) is not None
        }

    async def touch(self, session_id: str) -> None:
        """Note that the session is in use; written at most once a minute."""
        at = self._hub.clock.now()
        if at - self._touched.get(session_id, 0.0) < TOUCH_SECONDS:
            return
        self._touched[session_id] = at
        await self._hub.journal.run(touch_session(session_id, at=at))

    def forget(self, open_sessions: set[str]) -> None:
        """Drop the memory of sessions that no page uses."""
        self._touched = {key: at for key, at in self._touched.items() if key in open_sessions}


def token_of(header: str, name: str) -> str | None:
    """Return a cookie's value; a malformed header has none."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found else None
