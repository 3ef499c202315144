"""One's own account: password, authenticator, and the code that is asked for again."""

from functools import partial
from typing import Annotated

import segno
from pydantic import StringConstraints

from agent_console.gate import SignedIn
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done, Password
from agent_console.socket.watchman import Watchman
from hub.domain.errors import Forbidden, Invalid
from hub.journey.context import Hub
from hub.journey.users import second_factor
from hub.journey.users.access import change_own_password
from hub.security.passwords import check_new_password
from hub.security.second_factor import address_of
from hub.security.sign_in import Door, Owes
from hub.security.throttle import attempt, charge_sign_in, forgive_sign_in
from hub.store.rows import find
from hub.store.tables import User

ISSUER = "Contact hub"
Code = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]


class NewPassword(Strict):
    """One's password, and the one that replaces it."""

    current: Password
    new: Password


class OneCode(Strict):
    """Six digits of the authenticator, or a recovery code where one is taken."""

    code: Code


class Shown(Strict):
    """What an authenticator needs, once: the secret in groups, its address, a square to scan."""

    secret: str
    address: str
    square: str
    """SVG."""


class RecoveryCodes(Strict):
    """Shown this once."""

    codes: list[str]


class Proved(Strict):
    """The code was right; how many recovery codes are left when one was used."""

    recovery_left: int | None


class AccountRoutes:
    """`/api/account/...`."""

    def __init__(self, hub: Hub, door: Door, watchman: Watchman) -> None:
        self._hub = hub
        self._door = door
        self._watchman = watchman

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        post = partial(Endpoint, method="POST", tag="sign-in")
        mine = "/api/account"
        to_choose = frozenset({Owes.PASSWORD})
        to_enrol = frozenset({Owes.AUTHENTICATOR})
        for endpoint in (
            post(path=f"{mine}/password", handler=self.password, body=NewPassword, answer=Done,
                 owing=to_choose, code_again=True),
            post(path=f"{mine}/code", handler=self.code, body=OneCode, answer=Proved,
                 owing=frozenset({Owes.CODE})),
            post(path=f"{mine}/authenticator", handler=self.begin, answer=Shown, owing=to_enrol),
            post(path=f"{mine}/authenticator/confirm", handler=self.confirm, body=OneCode,
                 answer=RecoveryCodes, owing=to_enrol),
            post(path=f"{mine}/authenticator/remove", handler=self.remove, body=OneCode,
                 answer=Done),
        ):  # fmt: skip
            api.add(endpoint)

    async def password(self, call: Call) -> Done:
        """Change one's own password; all other sessions end."""
        user, body = call.user, call.body
        check_new_password(body.new)
        if body.new == body.current:
            raise Invalid("same_password", "choose another one")
        stored = await self._stored(user)
        tries = attempt(self._hub.lookup, stored["login"], "")
        await self._hub.journal.run(charge_sign_in(tries, at=self._hub.clock.now()))
        if not await self._door.passwords.verify(stored["password_hash"], body.current):
            raise Invalid("wrong_password", "the password you have now")
        ended = await change_own_password(
            self._hub, user.viewer.user_id, session_id=user.session.id,
            password_hash=await self._door.passwords.hash(body.new),
        )  # fmt: skip
        await self._hub.journal.run(forgive_sign_in(tries))
        await self._watchman.end(set(ended), "signed_out")
        return Done()

    async def code(self, call: Call) -> Proved:
        """Give a code: at sign-in, or again before a grave act."""
        user = call.user
        proof = await second_factor.prove(
            self._hub, user.viewer.user_id, user.session.id, call.body.code
        )
        if not proof.right:
            raise Invalid("wrong_code", "take the newest code; none is good twice")
        return Proved(recovery_left=proof.recovery_left)

    async def begin(self, call: Call) -> Shown:
        """Show a new authenticator; it counts once its first code was given."""
        secret = await second_factor.begin(self._hub, call.user.viewer.user_id)
        login = (await self._stored(call.user))["login"]
        address = address_of(secret, login=login, issuer=ISSUER)
        square = segno.make(address, error="m", micro=False)
        return Shown(
            secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
            address=address,
            square=square.svg_inline(scale=4, border=4, dark="#000", light="#fff"),
        )

    async def confirm(self, call: Call) -> RecoveryCodes:
        """Put the authenticator in force with its first code."""
        user = call.user
        codes = await second_factor.confirm(
            self._hub, user.viewer.user_id, user.session.id, call.body.code
        )
        if codes is None:
            raise Invalid("wrong_code", "take the newest code of the authenticator")
        return RecoveryCodes(codes=codes)

    async def remove(self, call: Call) -> Done:
        """Take the authenticator away, with a code of it, where no role needs one."""
        user = call.user
        if user.viewer.roles & self._door.factor_roles:
            raise Forbidden("second_factor_needed", "your role needs an authenticator")
        await self.code(call)
        await second_factor.take_away(self._hub, user.viewer.user_id, user.viewer.user_id)
        return Done()

    async def _stored(self, user: SignedIn) -> dict[str, str]:
        rows = await self._hub.reader.rows(
            find(User, "login", "password_hash", id=user.viewer.user_id)
        )
        return dict(zip(("login", "password_hash"), rows[0], strict=True))
