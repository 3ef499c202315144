"""The users page: who works here, what they may and can do, and how they come in."""

import base64
import binascii
from functools import partial
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from agent_console.setup import DeskSetUp
from hub.domain.errors import Invalid, Refused
from hub.journey import staffing
from hub.journey.context import Hub
from hub.journey.phones.outside import NUMBERS_MOST, approve_numbers
from hub.journey.users import second_factor
from hub.journey.users.access import reset_password, set_enabled, unlock_user
from hub.journey.users.add import add_user
from hub.journey.users.amend import amend_user
from hub.journey.users.given import NewUser, UserChange, Vocabulary
from hub.journey.users.import_ import import_lines
from hub.journey.users.read import users_of
from hub.journey.users.sheet import lines_of
from hub.security.passwords import Passwords, temporary_password
from hub.security.roles import Right, Role
from hub.security.sign_in import Door

FILE_MOST_BYTES = 1024 * 1024
ROWS_AT_ONCE = 20
"""Each new user's password costs a tenth of a second: the page asks chunk by chunk."""
Text = Annotated[str, StringConstraints(strict=True, max_length=200)]
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Skill = tuple[Text, Annotated[int, Field(strict=True, ge=1, le=5)]]


class Users(Strict):
    """Everybody, by login."""

    users: list[dict[str, Any]]
    skills: list[dict[str, Any]]
    queues: list[dict[str, Any]]
    factor_roles: list[str]


class Given(Strict):
    """What is said of a user; None leaves it as it is."""

    name_en: Text | None = None
    name_zh: Text | None = None
    team: Text | None = None
    roles: list[Role] | None = None
    skills: Annotated[list[Skill], Field(max_length=100)] | None = None
    queues: Annotated[list[Text], Field(max_length=200)] | None = None
    capacity_units: Annotated[int, Field(strict=True)] | None = None
    outside_phones: Annotated[list[Text], Field(max_length=NUMBERS_MOST)] | None = None
    """Telephones at which they may take calls away from the desk."""


class NewGiven(Given):
    """A user to be added."""

    login: Text


class Added(Strict):
    """The new user and a password that is shown this once."""

    id: str
    password: str


class Changed(Strict):
    """Which columns are different now."""

    changed: list[str]


class Why(Strict):
    """A reason, for the audit."""

    reason: Reason


class Temporary(Strict):
    """A password that is shown this once."""

    password: str


class SheetBody(Strict):
    """A CSV file in base64; `dry` judges all of it, else `from_row` on a chunk is brought in."""

    file: Annotated[str, StringConstraints(strict=True, max_length=FILE_MOST_BYTES * 4 // 3 + 4)]
    dry: bool
    from_row: Annotated[int, Field(strict=True, ge=0)] = 0


class RowView(Strict):
    """What became of a row."""

    line: int
    login: str
    outcome: str
    code: str
    detail: str
    password: str


class SheetReport(Strict):
    """Row by row; `next_row` is None when all rows were taken."""

    rows: list[RowView]
    total: int
    next_row: int | None


class UserRoutes:
    """`/api/users/...`: for administrators."""

    def __init__(self, hub: Hub, door: Door, desk: DeskSetUp) -> None:
        self._hub = hub
        self._door = door
        self._desk = desk
        self._known = Vocabulary(
            frozenset(skill.code for skill in desk.skills), frozenset(hub.setup.queues)
        )

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, right=Right.MANAGE_USERS, tag="users")
        users, user = "/api/users", "/api/users/{id}"
        api.add(one(method="GET", path=users, handler=self.list, answer=Users))
        post = partial(one, method="POST")
        for endpoint in (
            post(path=users, handler=self.add, body=NewGiven, answer=Added),
            post(path="/api/users/import", handler=self.import_sheet, body=SheetBody,
                 answer=SheetReport, code_again=True, most_bytes=FILE_MOST_BYTES * 3 // 2),
            post(path=user, handler=self.amend, body=Given, answer=Changed),
            post(path=f"{user}/disable", handler=self.disable, body=Why, answer=Done),
            post(path=f"{user}/enable", handler=self.enable, body=Why, answer=Done),
            post(path=f"{user}/sign-out", handler=self.sign_out, body=Why, answer=Done),
            post(path=f"{user}/unlock", handler=self.unlock, answer=Done),
            post(path=f"{user}/password", handler=self.password, answer=Temporary,
                 code_again=True),
            post(path=f"{user}/authenticator/remove", handler=self.forget, answer=Done,
                 code_again=True),
        ):  # fmt: skip
            api.add(endpoint)

    async def list(self, _call: Call) -> Users:
        """List everybody, and what they can be given."""
        return Users(
            users=await users_of(self._hub),
            skills=[{"id": one.code, "name": dict(one.label)} for one in self._desk.skills],
            queues=[
                {"id": key, "name": dict(queue.names)}
                for key, queue in self._hub.setup.queues.items()
            ],
            factor_roles=sorted(self._door.factor_roles),
        )

    async def add(self, call: Call) -> Added:
        """Add a user with a temporary password."""
        new = NewUser(login=call.body.login, **_change_of(call.body))
        password, hashed = await _temporary(self._door.passwords)
        user_id = await add_user(
            self._hub, _actor(call), new, known=self._known, password_hash=hashed
        )
        await self._approve(call, user_id)
        return Added(id=user_id, password=password)

    async def amend(self, call: Call) -> Changed:
        """Change a user."""
        asked = UserChange(**_change_of(call.body))
        changed = await amend_user(
            self._hub, _actor(call), _subject(call), asked, known=self._known
        )
        if await self._approve(call, _subject(call)):
            changed = [*changed, "outside_phones"]
        return Changed(changed=changed)

    async def _approve(self, call: Call, user_id: str) -> bool:
        """Let them take calls at these numbers, if any are said; True when they are other ones."""
        numbers = call.body.outside_phones
        if numbers is None:
            return False
        return await approve_numbers(self._hub, _actor(call), user_id, numbers)

    async def disable(self, call: Call) -> Done:
        """Bar a user: sessions and sockets end, contacts in hand return to their place."""
        reason = call.body.reason
        await set_enabled(self._hub, _actor(call), _subject(call), enabled=False, reason=reason)
        return Done()

    async def enable(self, call: Call) -> Done:
        """Let a user in again."""
        reason = call.body.reason
        await set_enabled(self._hub, _actor(call), _subject(call), enabled=True, reason=reason)
        return Done()

    async def sign_out(self, call: Call) -> Done:
        """End all sessions of a user, wherever they are open."""
        _refuse_oneself(call)
        await staffing.require_user(self._hub, _subject(call))
        reason = call.body.reason
        await staffing.sign_out_user(self._hub, _actor(call), _subject(call), reason=reason)
        return Done()

    async def unlock(self, call: Call) -> Done:
        """Let a user who typed wrong passwords try again."""
        await unlock_user(self._hub, _actor(call), _subject(call))
        return Done()

    async def password(self, call: Call) -> Temporary:
        """Set a temporary password; all sessions end."""
        _refuse_oneself(call)
        password, hashed = await _temporary(self._door.passwords)
        await reset_password(self._hub, _actor(call), _subject(call), password_hash=hashed)
        return Temporary(password=password)

    async def forget(self, call: Call) -> Done:
        """Take away the authenticator of a user who has lost it."""
        _refuse_oneself(call)
        await staffing.require_user(self._hub, _subject(call))
        await second_factor.take_away(self._hub, _actor(call), _subject(call))
        return Done()

    async def import_sheet(self, call: Call) -> SheetReport:
        """Judge a file, or bring in its next rows."""
        body: SheetBody = call.body
        try:
            lines = lines_of(base64.b64decode(body.file, validate=True))
        except (binascii.Error, ValueError):
            raise Invalid("bad_file", "base64 of a CSV file") from None
        end = len(lines) if body.dry else body.from_row + ROWS_AT_ONCE
        results = await import_lines(
            self._hub, _actor(call), lines[body.from_row : end], known=self._known,
            passwords=self._door.passwords, dry=body.dry,
        )  # fmt: skip
        return SheetReport(
            rows=[RowView(**one._asdict()) for one in results],
            total=len(lines),
            next_row=end if end < len(lines) else None,
        )


def _actor(call: Call) -> str:
    return call.user.viewer.user_id


def _subject(call: Call) -> str:
    return str(call.request.path_params["id"])


def _refuse_oneself(call: Call) -> None:
    if _actor(call) == _subject(call):
        raise Refused("yourself", "for yourself, use your own account page")


def _change_of(given: Given) -> dict[str, Any]:
    roles, skills, queues = given.roles, given.skills, given.queues
    return {
        "name_en": given.name_en,
        "name_zh": given.name_zh,
        "team": given.team,
        "roles": None if roles is None else frozenset(roles),
        "skills": None if skills is None else tuple((skill, level) for skill, level in skills),
        "queues": None if queues is None else tuple(queues),
        "capacity_units": given.capacity_units,
    }


async def _temporary(passwords: Passwords) -> tuple[str, str]:
    password = temporary_password()
    return password, await passwords.hash(password)
