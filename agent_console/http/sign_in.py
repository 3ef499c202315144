"""Signing in and out, who one is, and one's own sessions."""

from functools import partial
from typing import Annotated, Literal

from pydantic import StringConstraints
from starlette.responses import JSONResponse, Response

from agent_console.gate import SignedIn, token_of
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.settings import ConsoleSettings
from agent_console.socket.watchman import Watchman
from agent_console.views.contact import both
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.moving import require_empty_hands
from hub.security.csrf import csrf_token
from hub.security.roles import rights_of
from hub.security.sessions import TOUCH_SECONDS, Session, revoke_session, sessions_of_user
from hub.security.sign_in import Door, Owes
from hub.security.sign_in import SignedIn as AtDoor
from hub.store.unit import Unit

Login = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Password = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]


class Credentials(Strict):
    """Login and password."""

    login: Login
    password: Password


class Names(Strict):
    """A name per language."""

    en: str
    zh: str


class UserView(Strict):
    """A user."""

    id: str
    name: Names


class SessionEnd(Strict):
    """When the session ends if the person does nothing; UTC epoch seconds."""

    idle_until: float


class Me(Strict):
    """Who is signed in, and the token that state-changing requests carry."""

    user: UserView
    csrf: str
    roles: list[str]
    rights: list[str]
    session: SessionEnd
    owes: Literal["code", "password", "authenticator"] | None
    """What is still to be done before anything else opens."""
    has_second_factor: bool


class SessionView(Strict):
    """A signed-in browser of one's own."""

    id: str
    created_at: float
    seen_at: float
    expires_at: float
    client: str
    current: bool


class Sessions(Strict):
    """All of one's signed-in browsers."""

    sessions: list[SessionView]


class Done(Strict):
    """It is done."""

    ok: Literal[True] = True


class SignInRoutes:
    """`/api/sign-in`, `/api/sign-out`, `/api/me`, `/api/sessions`."""

    def __init__(self, hub: Hub, door: Door, watchman: Watchman, settings: ConsoleSettings) -> None:
        self._hub = hub
        self._door = door
        self._watchman = watchman
        self._settings = settings

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, tag="sign-in")
        api.add(
            one(
                method="POST", path="/api/sign-in", handler=self.sign_in, body=Credentials,
                answer=Me, public=True,
            )
        )  # fmt: skip
        halfway = partial(one, owing=frozenset(Owes))
        api.add(halfway(method="POST", path="/api/sign-out", handler=self.sign_out, answer=Done))
        api.add(halfway(method="GET", path="/api/me", handler=self.me, answer=Me))
        mine = "/api/sessions"
        api.add(one(method="GET", path=mine, handler=self.sessions, answer=Sessions))
        api.add(one(method="DELETE", path=f"{mine}/{{id}}", handler=self.end_session, answer=Done))

    async def sign_in(self, call: Call) -> Response:
        """Open a session; the same answer for an unknown user and a wrong password."""
        request = call.request
        session = await self._door.enter(
            call.body.login,
            call.body.password,
            address=request.client.host if request.client else "",
            client=browser_family(request.headers.get("user-agent", "")),
            former_token=token_of(request.headers.get("cookie", ""), self._settings.cookie),
        )
        found = await self._door.who(session.token)
        assert found is not None
        answer = JSONResponse(
            self._me(found, session.csrf).model_dump(),
            headers={"Cache-Control": "no-store"},
        )
        answer.set_cookie(
            self._settings.cookie, session.token, path="/", httponly=True, samesite="strict",
            secure=self._settings.secure,
        )  # fmt: skip
        return answer

    async def sign_out(self, call: Call) -> Response:
        """End the session and its sockets; refused while Contacts are in hand."""
        user = call.user
        if user.owes is None:
            await require_empty_hands(self._hub, user.viewer.user_id)
        await self._door.leave(AtDoor(user.session, user.viewer.user_id, user.viewer.roles))
        await self._watchman.end({user.session.id}, "signed_out")
        answer = JSONResponse(Done().model_dump(), headers={"Cache-Control": "no-store"})
        answer.delete_cookie(
            self._settings.cookie, path="/", httponly=True, samesite="strict",
            secure=self._settings.secure,
        )  # fmt: skip
        return answer

    async def me(self, call: Call) -> Me:
        """Tell who is signed in; a reloaded page gets its CSRF token here."""
        user = call.user
        found = AtDoor(
            user.session, user.viewer.user_id, user.viewer.roles, user.owes,
            user.has_second_factor,
        )  # fmt: skip
        return self._me(found, csrf_token(user.token))

    async def sessions(self, call: Call) -> Sessions:
        """List one's own signed-in browsers."""
        rows = await self._hub.reader.rows(sessions_of_user(of_user=call.user.viewer.user_id))
        return Sessions(sessions=[_session_view(Session(*row), call.user) for row in rows])

    async def end_session(self, call: Call) -> Done:
        """End one of one's own sessions and its sockets."""
        session_id = call.request.path_params["id"]
        await self._hub.journal.run(self._end(session_id, call.user.viewer.user_id))
        await self._watchman.end({session_id}, "signed_out")
        return Done()

    def _end(self, session_id: str, user_id: str) -> Unit[None]:
        yield from revoke_session(session_id, user_id, at=self._hub.clock.now())
        yield from audited(self._hub, user_id, "session_ended", session_id)

    def _me(self, found: AtDoor, csrf: str) -> Me:
        name = both(self._hub.staff.name_of(found.user_id))
        return Me(
            user=UserView(id=found.user_id, name=Names(**name)),
            csrf=csrf,
            roles=sorted(found.roles),
            rights=sorted(rights_of(found.roles)),
            session=SessionEnd(idle_until=self._idle_until()),
            owes=found.owes.value if found.owes else None,
            has_second_factor=found.has_second_factor,
        )

    def _idle_until(self) -> float:
        """The session is in use now, and its last use is written at most once a minute."""
        return self._hub.clock.now() + self._door.limits.idle_seconds - TOUCH_SECONDS


def _session_view(session: Session, user: SignedIn) -> SessionView:
    return SessionView(
        id=session.id,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        client=session.client,
        current=session.id == user.session.id,
    )


def browser_family(user_agent: str) -> str:
    """Return what recognises one's own browser, and no more."""
    systems = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
    browsers = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    system = next((one for one in systems if one in user_agent), "")
    browser = next((name for mark, name in browsers.items() if mark in user_agent), "Browser")
    return f"{browser}, {system}" if system else browser
