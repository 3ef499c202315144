"""The users page over HTTP: added, changed, barred, let in, brought in from a file."""

import base64
import json
from typing import Any

import httpx2
import pytest_asyncio

from hub.domain.events import AgentProfileSet
from hub.store.rows import find
from hub.store.tables import AuditEntry, User
from tests.integration.console.served import PASSWORD, Person, Served, eventually

NEW = {
    "login": "Lena.K", "name_en": "Lena Kim", "name_zh": "金蕾", "team": "harbour",
    "roles": ["agent"], "skills": [["cards", 4], ["lang:en", 5]], "queues": ["cards"],
    "capacity_units": 4,
}  # fmt: skip
WHY = {"reason": "asked by phone"}


@pytest_asyncio.fixture
async def admin(served: Served) -> Person:
    return await served.signed_in("ines", "administrator")


async def post(person: Person, path: str, body: Any = None) -> httpx2.Response:
    return await person.http.post(f"/api/users{path}", json=body)


async def added(admin: Person, **more: Any) -> dict[str, Any]:
    answer = await post(admin, "", NEW | more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def one_of(admin: Person, login: str) -> dict[str, Any]:
    users = (await admin.http.get("/api/users")).json()["users"]
    found: dict[str, Any] = next(user for user in users if user["login"] == login)
    return found


async def actions(served: Served, subject: str) -> list[str]:
    await served.world.hub.journal.caught_up()
    rows = await served.world.hub.reader.rows(find(AuditEntry, "action", subject=subject))
    return [row[0] for row in rows]


async def test_a_new_user_chooses_a_password_before_anything_opens(
    served: Served, admin: Person
) -> None:
    new = await added(admin)
    lena = served.person()
    signed_in = await lena.sign_in("lena.k", new["password"])
    assert signed_in.json()["owes"] == "password"
    for path in ("/api/tasks", "/api/sessions", "/api/me"):
        answer = await lena.http.get(path)
        assert answer.status_code == (200 if path == "/api/me" else 403), path
    assert (await lena.http.get("/console")).headers["location"] == "/sign-in?halfway=1"
    chosen = {"current": new["password"], "new": "a quiet evening"}
    changed = await lena.http.post("/api/account/password", json=chosen)
    assert changed.status_code == 200, changed.text
    assert (await lena.http.get("/api/tasks")).status_code == 200
    again = await served.person().sign_in("lena.k", "a quiet evening")
    assert again.json()["owes"] is None
    assert "password_changed" in await actions(served, new["id"])


async def test_a_new_agent_is_known_to_routing_at_once(served: Served, admin: Person) -> None:
    new = await added(admin)
    await served.world.hub.journal.caught_up()
    told = [e for e in await served.world.events() if isinstance(e, AgentProfileSet)]
    assert [(e.profile.agent_id, e.profile.queues) for e in told] == [(new["id"], ("cards",))]
    assert (await one_of(admin, "lena.k"))["skills"] == [["cards", 4], ["lang:en", 5]]
    assert await actions(served, new["id"]) == ["user_added"]


async def test_what_cannot_be_is_refused_and_named(served: Served, admin: Person) -> None:
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"login": "?"}, 422, "bad_login"),
        ({"roles": []}, 422, "no_role"),
        ({"name_en": "", "name_zh": " "}, 422, "bad_name"),
        ({"skills": [["juggling", 3]]}, 422, "unknown_skill"),
        ({"skills": [["cards", 9]]}, 422, "invalid"),
        ({"queues": ["moon"]}, 422, "unknown_queue"),
        ({"capacity_units": 0}, 422, "bad_capacity"),
        ({"login": "INES"}, 409, "login_taken"),
    ]
    for body, status, code in wrong:
        answer = await post(admin, "", NEW | body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
    rows = await served.world.hub.reader.rows(find(User, "login"))
    assert [row[0] for row in rows] == ["ines"]


async def test_other_roles_close_open_pages_within_seconds(served: Served, admin: Person) -> None:
    agent = await served.signed_in("amara", "agent")
    await agent.connect()
    await agent.hello()
    answer = await post(admin, "/amara", {"roles": ["agent", "supervisor"]})
    assert answer.json() == {"changed": ["roles"]}
    await eventually(lambda: agent.closing == ["rights_changed"])
    assert (await post(admin, "/amara", {"roles": ["supervisor", "agent"]})).json()["changed"] == []


async def test_barred_and_let_in_again(served: Served, admin: Person) -> None:
    agent = await served.signed_in("amara", "agent")
    await agent.connect()
    await agent.hello()
    assert (await post(admin, "/amara/disable", WHY)).status_code == 200
    await eventually(lambda: agent.closing)
    assert (await agent.http.get("/api/me")).status_code == 401
    assert (await served.person().sign_in("amara")).status_code == 401
    assert (await post(admin, "/amara/enable", WHY)).status_code == 200
    assert (await served.person().sign_in("amara")).status_code == 200
    assert await actions(served, "amara") == ["user_disabled", "user_enabled"]


async def test_an_administrator_always_stays(served: Served, admin: Person) -> None:
    answer = await post(admin, "/ines", {"roles": ["agent"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    for path in ("disable", "sign-out", "password"):
        answer = await post(admin, f"/ines/{path}", None if path == "password" else WHY)
        assert (answer.status_code, answer.json()["code"]) == (409, "yourself"), path
    await served.hire("otto", "administrator")
    assert (await post(admin, "/ines", {"roles": ["agent"]})).status_code == 200


async def test_a_locked_user_is_let_try_again(served: Served, admin: Person) -> None:
    await served.hire("amara", "agent")
    for _ in range(5):
        await served.person().sign_in("amara", "a wrong guess")
    assert (await served.person().sign_in("amara")).status_code == 429
    assert (await one_of(admin, "amara"))["locked_until"] is not None
    assert (await post(admin, "/amara/unlock")).status_code == 200
    assert (await one_of(admin, "amara"))["locked_until"] is None
    assert (await served.person().sign_in("amara")).status_code == 200


async def test_a_reset_password_ends_sessions_and_must_be_changed(
    served: Served, admin: Person
) -> None:
    agent = await served.signed_in("amara", "agent")
    reset = (await post(admin, "/amara/password")).json()["password"]
    assert (await agent.http.get("/api/me")).status_code == 401
    assert (await served.person().sign_in("amara", PASSWORD)).status_code == 401
    assert (await served.person().sign_in("amara", reset)).json()["owes"] == "password"


SHEET = (
    "login,name,name_zh,roles,team,skills,queues,capacity\n"
    "amara,,,,lake,,,8\n"
    "lena.k,Lena Kim,金蕾,agent,harbour,cards:4 lang:en:5,cards,4\n"
    "lena.k,Twice,,agent,,,,\n"
    "moon,Moon,,pilot,,,,\n"
    "sly,=cmd(),,agent,,,,\n"
    "nobody,No Role,,,,,,\n"
)


async def bring(admin: Person, data: bytes, *, dry: bool, from_row: int = 0) -> Any:
    body = {"file": base64.b64encode(data).decode(), "dry": dry, "from_row": from_row}
    return (await post(admin, "/import", body)).json()


async def test_a_sheet_is_judged_then_brought_in_and_changes_nothing_twice(
    served: Served, admin: Person
) -> None:
    await served.hire("amara", "agent")
    judged = await bring(admin, SHEET.encode("utf-16"), dry=True)
    expected = [
        (2, "changed", ""), (3, "added", ""), (4, "refused", "login_twice"),
        (5, "refused", "unknown_role"), (6, "refused", "formula"), (7, "refused", "no_role"),
    ]  # fmt: skip
    told = [(row["line"], row["outcome"], row["code"]) for row in judged["rows"]]
    assert told == expected
    assert (judged["total"], judged["next_row"]) == (6, None)
    assert len((await admin.http.get("/api/users")).json()["users"]) == 2, "nothing was written"
    done = await bring(admin, SHEET.encode("gb18030"), dry=False)
    assert [(r["line"], r["outcome"], r["code"]) for r in done["rows"]] == expected
    assert (await one_of(admin, "amara"))["capacity_units"] == 8
    password = done["rows"][1]["password"]
    assert (await served.person().sign_in("lena.k", password)).json()["owes"] == "password"
    again = await bring(admin, SHEET.encode(), dry=False)
    assert [row["outcome"] for row in again["rows"]] == ["unchanged"] * 2 + ["refused"] * 4


async def test_a_sheet_that_is_none_is_refused_whole(admin: Person) -> None:
    broken = {
        b"name\nx\n": "missing_column", b"login,shoe\na,b\n": "unknown_column",
        b"login,login\na,b\n": "column_twice", b"\xff\xfe\x00": "encoding",
        b"login,name\nlena," + b"x" * 100_000: "bad_csv",
        b"login\n" + b"a\n" * 5_001: "too_many_rows",
    }  # fmt: skip
    for data, code in broken.items():
        assert (await bring(admin, data, dry=True))["code"] == code, data[:30]


async def test_long_sheets_come_in_chunks(served: Served, admin: Person) -> None:
    rows = "".join(f"user{n},User {n},agent\n" for n in range(45))
    data, taken = f"login,name,roles\n{rows}".encode(), 0
    start: int | None = 0
    while start is not None:
        part = await bring(admin, data, dry=False, from_row=start)
        taken, start = taken + len(part["rows"]), part["next_row"]
    assert taken == 45
    assert len(served.world.hub.staff.all()) == 46
    names = json.dumps([row["password"] for row in part["rows"]])
    assert len(names) > 60, "each password is told once"
