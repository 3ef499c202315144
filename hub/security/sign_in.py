"""The door for staff: one answer for every way to fail, and roles read anew at each knock."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import HubError
from hub.ports import Clock, NewId
from hub.security import audit
from hub.security.lookup import LookupKey
from hub.security.passwords import Passwords
from hub.security.roles import Role, parse_roles
from hub.security.second_factor import FRESH_SECONDS
from hub.security.sessions import (
    USUAL_LIMITS,
    Limits,
    NewSession,
    Session,
    due_for_touch,
    judge,
    open_session,
    revoke_session,
    session_by_token,
    touch_session,
)
from hub.security.throttle import Attempt, attempt, charge_sign_in, forgive_sign_in
from hub.security.tokens import token_hash
from hub.store import tables
from hub.store.journal import Journal
from hub.store.reader import Reader
from hub.store.unit import Prepared, Unit

_U = tables.User.__table__  # type: ignore[attr-defined]
_F = tables.SecondFactor.__table__  # type: ignore[attr-defined]
_enabled = (
    select(
        _U.c.id, _U.c.roles, _U.c.password_hash, _U.c.must_change_password, _F.c.confirmed_at
    )
    .join_from(_U, _F, (_F.c.user_id == _U.c.id) & _F.c.confirmed_at.is_not(None), isouter=True)
    .where(_U.c.enabled.is_(True))
)  # fmt: skip
_user_by_login = Prepared(_enabled.where(_U.c.login == bindparam("of_login")))
_user_by_id = Prepared(_enabled.where(_U.c.id == bindparam("of_user")))


class SignInRefused(HubError):
    """Try again with the right name and password; which of them was wrong is not said."""


class Owes(StrEnum):
    """What a person who knew the password still has to do before anything else is opened."""

    CODE = "code"
    PASSWORD = "password"
    AUTHENTICATOR = "authenticator"


class SignedIn(NamedTuple):
    """Who stands behind a session token now."""

    session: Session
    user_id: str
    roles: frozenset[Role]
    owes: Owes | None = None
    has_second_factor: bool = False

    def proved_lately(self, *, at: float) -> bool:
        """Whether a code was given a short while ago, or there is no authenticator to ask."""
        proved_at = self.session.second_factor_at
        is_fresh = proved_at is not None and at - proved_at < FRESH_SECONDS
        return is_fresh or not self.has_second_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Signs users in and out, and tells who a token belongs to. Logins are stored casefolded."""

    journal: Journal
    reader: Reader
    passwords: Passwords
    lookup: LookupKey
    audit_key: bytes
    node: str
    clock: Clock
    new_id: NewId
    limits: Limits = USUAL_LIMITS
    factor_roles: frozenset[Role] = frozenset()
    """Roles that cannot work without an authenticator."""

    async def enter(
        self, login: str, password: str, *, address: str, client: str, former_token: str | None
    ) -> NewSession:
        """Open a session; raise `SignInRefused`, or `TooMany` while account or address wait.

        `address` is the peer's network address, `client` its browser family, `former_token` what
        its cookie held before.
        """
        who = attempt(self.lookup, login, address)
        await self.journal.run(charge_sign_in(who, at=self.clock.now()))
        users = await self.reader.rows(_user_by_login(of_login=login.strip().casefold()))
        stored = users[0][2] if users else None
        if not await self.passwords.verify(stored, password):
            await self.journal.run(self._note("anonymous", "sign_in_refused", who.account))
            raise SignInRefused("sign_in_refused")
        return await self.journal.run(self._open(users[0][0], who, client, former_token))

    async def who(self, token: str) -> SignedIn | None:
        """Return who is behind a token, or None; a disabled user is nobody at once."""
        at = self.clock.now()
        rows = await self.reader.rows(session_by_token(token_hash=token_hash(token)))
        session = judge(rows, at=at, limits=self.limits)
        users = await self.reader.rows(_user_by_id(of_user=session.user_id)) if session else []
        if session is None or not users:
            return None
        if due_for_touch(session, at=at) and not await self.journal.run(
            touch_session(session.id, at=at)
        ):
            return None
        user_id, roles, _, must_change, confirmed_at = users[0]
        known = SignedIn(
            session, user_id, parse_roles(roles), has_second_factor=confirmed_at is not None
        )
        return known._replace(owes=self._owed(known, must_change=bool(must_change)))

    async def leave(self, signed_in: SignedIn) -> None:
        """End the session."""
        await self.journal.run(self._close(signed_in))

    def _owed(self, known: SignedIn, *, must_change: bool) -> Owes | None:
        """The code comes first: only its owner may choose a password or an authenticator."""
        if known.has_second_factor and known.session.second_factor_at is None:
            return Owes.CODE
        if must_change:
            return Owes.PASSWORD
        is_missing = not known.has_second_factor and bool(known.roles & self.factor_roles)
        return Owes.AUTHENTICATOR if is_missing else None

    def _open(
        self, user_id: str, who: Attempt, client: str, former_token: str | None
    ) -> Unit[NewSession]:
        if not (yield _user_by_id(of_user=user_id)):  # disabled while the password was checked
            raise SignInRefused("sign_in_refused")
        yield from forgive_sign_in(who)
        session_id = self.new_id("ses")
        yield from self._note(user_id, "signed_in", session_id)
        return (
            yield from open_session(
                session_id,
                user_id,
                at=self.clock.now(),
                client=client,
                former_token=former_token,
                limits=self.limits,
            )
        )

    def _close(self, signed_in: SignedIn) -> Unit[None]:
        session_id, user_id = signed_in.session.id, signed_in.user_id
        yield from revoke_session(session_id, user_id, at=self.clock.now())
        yield from self._note(user_id, "signed_out", session_id)

    def _note(self, actor: str, action: str, subject: str) -> Unit[None]:
        at = self.clock.now()
        yield from audit.record(
            self.audit_key, self.node, at=at, actor=actor, action=action, subject=subject
        )
