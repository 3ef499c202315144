"""An authenticator at the door, for grave acts, and when it is lost."""

from typing import Any

import httpx2
import pytest
import socketio

from hub.journey.audited import audited
from hub.security.roles import Role
from hub.security.second_factor import STEP_SECONDS, code_at
from hub.store.rows import find
from hub.store.tables import AuditEntry, RecoveryCode, SecondFactor
from hub.store.unit import Unit
from tests.integration.console.served import PASSWORD, Person, Served


async def account(person: Person, path: str, body: Any = None) -> httpx2.Response:
    return await person.http.post(f"/api/account/{path}", json=body)


class Phone:
    """Somebody's authenticator."""

    def __init__(self, served: Served, secret: str) -> None:
        self.served, self.secret = served, secret

    def code(self, steps: int = 0) -> str:
        step = int(self.served.world.clock.now() // STEP_SECONDS) + steps
        return code_at(self.secret, step)

    async def next(self) -> str:
        """The code of the next half minute."""
        await self.served.world.clock.advance(STEP_SECONDS)
        return self.code()


async def enrolled(served: Served, person: Person) -> tuple[Phone, list[str]]:
    shown = (await account(person, "authenticator")).json()
    assert shown["square"].startswith("<svg")
    phone = Phone(served, shown["secret"].replace(" ", ""))
    done = await account(person, "authenticator/confirm", {"code": phone.code()})
    assert done.status_code == 200, done.text
    return phone, done.json()["codes"]


async def test_who_has_an_authenticator_is_asked_for_its_code(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    phone, _ = await enrolled(served, amara)
    other = served.person()
    assert (await other.sign_in("amara")).json()["owes"] == "code"
    for path in ("/api/tasks", "/api/sessions"):
        assert (await other.http.get(path)).json()["code"] == "owes_code"
    with pytest.raises(socketio.exceptions.ConnectionError):
        await other.connect()
    for path, body in (
        ("password", {"current": PASSWORD, "new": "an evening away"}),
        ("authenticator", None),
        ("authenticator/confirm", {"code": phone.code()}),
        ("authenticator/remove", {"code": phone.code()}),
    ):
        assert (await account(other, path, body)).json()["code"] == "owes_code", path
    assert (await account(other, "code", {"code": await phone.next()})).status_code == 200
    assert (await other.http.get("/api/tasks")).status_code == 200


async def test_no_code_is_good_twice_and_clocks_may_differ_a_little(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    phone, _ = await enrolled(served, amara)
    used = phone.code()
    assert (await account(amara, "code", {"code": used})).json()["code"] == "wrong_code"
    assert (await account(amara, "code", {"code": phone.code(+1)})).status_code == 200
    assert (await account(amara, "code", {"code": phone.code(+2)})).json()["code"] == "wrong_code"
    assert (await account(amara, "code", {"code": phone.code()})).json()["code"] == "wrong_code"


async def test_guessing_codes_locks(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    phone, _ = await enrolled(served, amara)
    for _ in range(5):
        assert (await account(amara, "code", {"code": "000000"})).status_code == 422
    assert (await account(amara, "code", {"code": phone.code(+1)})).status_code == 429
    await served.world.clock.advance(31)
    assert (await account(amara, "code", {"code": phone.code(+1)})).status_code == 200


async def test_a_recovery_code_serves_once(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    _, codes = await enrolled(served, amara)
    assert len(set(codes)) == 10
    other = served.person()
    await other.sign_in("amara")
    typed = {"code": f" {codes[3].upper()} "}
    assert (await account(other, "code", typed)).json() == {"recovery_left": 9}
    assert (await account(other, "code", typed)).json()["code"] == "wrong_code"
    stored = await served.world.hub.reader.rows(find(RecoveryCode, "code_hash", user_id="amara"))
    assert len(stored) == 9
    assert not any(code in str(stored) for code in codes)


async def test_enrolling_ends_other_sessions(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    other = served.person()
    await other.sign_in("amara")
    await enrolled(served, amara)
    assert (await other.http.get("/api/me")).status_code == 401
    assert (await amara.http.get("/api/me")).json()["has_second_factor"] is True


async def test_grave_acts_ask_again_after_ten_minutes(served: Served) -> None:
    ines = await served.signed_in("ines", "administrator")
    await served.hire("amara", "agent")
    assert (await ines.http.post("/api/users/amara/password")).status_code == 200
    phone, _ = await enrolled(served, ines)
    assert (await ines.http.post("/api/users/amara/password")).status_code == 200
    await served.world.clock.advance(601)
    answer = await ines.http.post("/api/users/amara/password")
    assert (answer.status_code, answer.json()["code"]) == (403, "code_again")
    assert (await ines.http.get("/api/users")).status_code == 200, "a look is not grave"
    await account(ines, "code", {"code": phone.code()})
    assert (await ines.http.post("/api/users/amara/password")).status_code == 200


async def test_exports_are_grave(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    phone, _ = await enrolled(served, amara)
    await served.world.clock.advance(601)
    asked = {"contact_id": "none", "language": "en", "reason": "asked by post"}
    first = await amara.http.post("/api/closed-contacts/export", json=asked)
    assert (first.status_code, first.json()["code"]) == (403, "code_again")
    await account(amara, "code", {"code": phone.code()})
    assert (await amara.http.post("/api/closed-contacts/export", json=asked)).status_code == 404


async def test_many_reveals_and_those_of_an_identity_number_are_grave(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    await amara.connect()
    asked = {"contact_id": "none", "reason": "asked at the desk"}
    free = await amara.do("reveal", field="id_number", **asked)
    assert free["code"] == "no_contact", "who has no authenticator cannot be asked for its code"
    phone, _ = await enrolled(served, amara)
    await served.world.clock.advance(601)
    assert (await amara.do("reveal", field="id_number", **asked))["code"] == "code_again"
    hub = served.world.hub
    rows = await hub.reader.rows(find(AuditEntry, "subject", actor="amara", action="code_asked"))
    assert rows == [("none",)]
    assert (await amara.do("reveal", field="phone", **asked))["code"] == "no_contact"
    await seen_in_full(served, "amara", hub.settings.reveals_before_code)
    assert (await amara.do("reveal", field="phone", **asked))["code"] == "code_again"
    await account(amara, "code", {"code": phone.code()})
    assert (await amara.do("reveal", field="phone", **asked))["code"] == "no_contact"
    await served.world.clock.advance(601)
    assert (await amara.do("reveal", field="phone", **asked))["code"] == "no_contact"


async def seen_in_full(served: Served, who: str, times: int) -> None:
    """So many reveals are in the audit."""

    def unit() -> Unit[None]:
        for _ in range(times):
            yield from audited(served.world.hub, who, "field_revealed", "c1", reason="asked")

    await served.world.hub.journal.run(unit())


async def test_a_lost_authenticator_is_taken_away_by_an_administrator(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    await enrolled(served, amara)
    ines = await served.signed_in("ines", "administrator")
    path = "/api/users/amara/authenticator/remove"
    assert (await ines.http.post(path)).status_code == 200
    assert (await amara.http.get("/api/me")).status_code == 401
    assert (await served.person().sign_in("amara")).json()["owes"] is None
    await served.world.hub.journal.caught_up()
    rows = await served.world.hub.reader.rows(find(AuditEntry, "actor", "action", subject="amara"))
    assert ("ines", "second_factor_removed") in [tuple(row) for row in rows]


async def test_a_role_may_need_one(served: Served) -> None:
    object.__setattr__(served.console.door, "factor_roles", frozenset({Role.ADMINISTRATOR}))
    ines = await served.signed_in("ines", "administrator")
    assert (await ines.http.get("/api/me")).json()["owes"] == "authenticator"
    assert (await ines.http.get("/api/users")).json()["code"] == "owes_authenticator"
    phone, _ = await enrolled(served, ines)
    assert (await ines.http.get("/api/users")).status_code == 200
    refused = await account(ines, "authenticator/remove", {"code": await phone.next()})
    assert refused.json()["code"] == "second_factor_needed"
    amara = await served.signed_in("amara", "agent")
    assert (await amara.http.get("/api/me")).json()["owes"] is None


async def test_the_secret_lies_sealed(served: Served) -> None:
    amara = await served.signed_in("amara", "agent")
    phone, _ = await enrolled(served, amara)
    rows = await served.world.hub.reader.rows(find(SecondFactor, "secret_sealed"))
    assert phone.secret.encode() not in rows[0][0]
