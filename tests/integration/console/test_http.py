"""The console's HTTP API and pages against a real server."""

import asyncio
import json

import pytest

from agent_console.http.survey import ANSWERS_AT_ONCE
from hub.journey import answer, close, presence
from hub.journey.context import Viewer
from hub.journey.files import keep_original
from hub.journey.survey import answer_survey, survey_of_contact
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.console.served import Person, Served

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


async def in_talk(served: Served, user_id: str = "amara") -> tuple[Person, str, str]:
    """A signed-in agent, their contact and its conversation."""
    person = await served.signed_in(user_id)
    hub = served.world.hub
    await greeted(served, user_id)
    posted = await served.world.customer_says("an agent please")
    offer = await served.world.offer_of(user_id)
    assert offer is not None
    await answer.accept(hub, user_id, offer)
    return person, posted.contact_id, posted.conversation_id


async def greeted(served: Served, user_id: str) -> None:
    await presence.set_presence(served.world.hub, user_id, presence="available")
    await served.world.customer_says(None)


async def test_the_same_answer_for_an_unknown_user_and_a_wrong_password(served: Served) -> None:
    await served.hire("amara", "agent")
    wrong = await served.person().sign_in("amara", "not the password")
    unknown = await served.person().sign_in("nobody", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert wrong.headers["content-type"] == "application/problem+json"
    assert "nobody" not in unknown.text
    assert wrong.json()["title_zh"]


async def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(
    served: Served,
) -> None:
    await served.hire("amara", "agent")
    answered = await served.person().sign_in("amara")
    cookie = answered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answered.json()["user"]["name"] == {"en": "amara", "zh": "员工"}
    assert "handle_contacts" in answered.json()["rights"]


async def test_guessing_is_slowed_down(served: Served) -> None:
    await served.hire("amara", "agent")
    person = served.person()
    answers = [await person.sign_in("amara", f"a wrong guess {n}") for n in range(7)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_me_and_sign_out(served: Served) -> None:
    person = await served.signed_in("amara")
    me = await person.http.get("/api/me")
    assert me.json()["csrf"] == person.http.headers["x-csrf"]
    assert (await person.http.post("/api/sign-out")).status_code == 200
    assert (await person.http.get("/api/me")).status_code == 401


async def test_own_sessions_are_listed_and_ended(served: Served) -> None:
    here, there = await served.signed_in("amara"), await served.signed_in("amara")
    other = await served.signed_in("bo")
    listed = (await here.http.get("/api/sessions")).json()["sessions"]
    assert len(listed) == 2
    elsewhere = next(one["id"] for one in listed if not one["current"])
    assert (await other.http.delete(f"/api/sessions/{elsewhere}")).status_code == 404
    assert (await here.http.delete(f"/api/sessions/{elsewhere}")).status_code == 200
    assert (await there.http.get("/api/me")).status_code == 401
    assert (await here.http.get("/api/me")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRF": "wrong"}, "bad_csrf"),
        ({"X-CSRF": ""}, "bad_csrf"),
        ({"Origin": "http://evil.example"}, "foreign_origin"),
        ({"Origin": "null"}, "foreign_origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "foreign_origin"),
    ],
)
async def test_requests_of_other_sites_change_nothing(
    served: Served, headers: dict[str, str], code: str
) -> None:
    person = await served.signed_in("amara")
    answered = await person.http.post("/api/sign-out", headers=headers)
    assert (answered.status_code, answered.json()["code"]) == (403, code)
    assert (await person.http.get("/api/me")).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1/?x#", ""])
async def test_foreign_hosts_are_refused(served: Served, host: str) -> None:
    answered = await served.person().http.get("/sign-in", headers={"Host": host})
    assert answered.status_code == 400


SECRET = "4111111111111111"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"login": "a", "password": SECRET, "role": "administrator"}, 422, "invalid"),
        ({"login": {"$gt": SECRET}, "password": SECRET}, 422, "invalid"),
        ({"login": "a"}, 422, "invalid"),
        (f'{{"login":"a","login":"{SECRET}","password":"b"}}', 400, "duplicate_key"),
        ('{"login":NaN,"password":"b"}', 400, "not_a_number"),
        ("[" * 5000, 400, "too_deep"),
        ('{"login":"' + "x" * 70_000 + '"}', 413, "too_large"),
        (b"\xff\xfe", 400, "not_utf8"),
        ('{"login":"\\ud800","password":"b"}', 400, "lone_surrogate"),
    ],
)
async def test_bad_bodies_get_a_clear_refusal(
    served: Served, body: dict[str, object] | str | bytes, status: int, code: str
) -> None:
    content = json.dumps(body) if isinstance(body, dict) else body
    answered = await served.person().http.post(
        "/api/sign-in", content=content, headers={"Content-Type": "application/json"}
    )
    assert (answered.status_code, answered.json()["code"]) == (status, code)
    assert SECRET not in answered.text


async def test_the_api_describes_itself(served: Served) -> None:
    document = (await served.person().http.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert {"/api/sign-in", "/api/survey/{token}", "/files", "/api/audit"} <= set(document["paths"])
    sign_in = document["paths"]["/api/sign-in"]["post"]
    assert {"200", "422", "429"} <= set(sign_in["responses"])
    credentials = document["components"]["schemas"]["Credentials"]
    assert credentials["additionalProperties"] is False


async def test_pages_keep_to_themselves(served: Served) -> None:
    person = await served.signed_in("amara")
    answered = await person.http.get("/api/me")
    for name, value in (
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ):
        assert answered.headers[name] == value
    assert "strict-transport-security" not in answered.headers
    stranger = await served.person().http.get("/console")
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/sign-in")


async def test_a_file_goes_up_and_down(served: Served) -> None:
    person, contact_id, conversation_id = await in_talk(served)
    await person.connect()
    await person.hello()
    ticket = await person.do(
        "file_ticket", contact_id=contact_id, name="对账单.png", size_bytes=len(PNG)
    )
    url = ticket["result"]["upload_url"]
    assert "png" not in url
    uploaded = await person.http.post(url, content=PNG)
    assert uploaded.status_code == 200, uploaded.text
    file_id = uploaded.json()["file_id"]
    said = await person.do("say", contact_id=contact_id, key="key-file", text="", file_id=file_id)
    assert said["ok"], said
    await person.until(lambda: person.state["messages"][conversation_id][-1]["kind"] == "file")
    shown = person.state["messages"][conversation_id][-1]["file"]
    assert shown["name"] == "对账单.png"
    got = await person.http.get(shown["href"])
    assert got.content == PNG
    assert got.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in got.headers["content-security-policy"]
    other = await served.signed_in("bo")
    assert (await other.http.get(shown["href"])).status_code == 404
    assert (await served.person().http.get(shown["href"])).status_code == 401
    forged = shown["href"][:-3] + "abc"
    assert (await person.http.get(forged)).status_code == 404


async def test_pictures_from_elsewhere_sleep_until_an_agent_asks(served: Served) -> None:
    person, _, conversation_id = await in_talk(served)
    hub = served.console.hub
    page = '<p>Hi</p><img src="asleep-https://t.example/p.gif"><img src="asleep-http://x/">'
    file_id = await keep_original(
        hub, conversation_id=conversation_id, uploaded_by="email", name="mail.html",
        media_type="text/html", data=page.encode(),
    )  # fmt: skip
    viewer = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
    href = served.console.tickets.href(viewer, file_id) + "&view=1"
    asleep = await person.http.get(href)
    assert asleep.text == page
    assert "img-src data:;" in asleep.headers["content-security-policy"]
    awake = await person.http.get(f"{href}&remote=1")
    assert awake.text == page.replace("asleep-https", "https")
    assert "img-src data: https:;" in awake.headers["content-security-policy"]
    assert "sandbox" in awake.headers["content-security-policy"]
    rows = await hub.reader.rows(find(AuditEntry, "actor", action="remote_content_shown"))
    assert rows == [("amara",)]


@pytest.mark.parametrize("data", [PNG + b"x", PNG[:-1], b"<html>" + b" " * (len(PNG) - 6)])
async def test_another_file_than_announced_is_refused(served: Served, data: bytes) -> None:
    person, contact_id, _ = await in_talk(served)
    await person.connect()
    await person.hello()
    ticket = await person.do(
        "file_ticket", contact_id=contact_id, name="a.png", size_bytes=len(PNG)
    )
    answered = await person.http.post(ticket["result"]["upload_url"], content=data)
    assert answered.status_code in (413, 422)


async def test_a_survey_has_one_answer(served: Served) -> None:
    _, contact_id, _ = await in_talk(served)
    hub = served.world.hub
    await close.close(hub, contact_id, by="amara", reason="done")
    survey = await survey_of_contact(hub, contact_id)
    assert survey is not None
    path = "/api" + served.console.tickets.survey_link(survey.id, survey.expires_at)
    customer = served.person().http
    asked = (await customer.get(path)).json()
    assert (asked["state"], asked["agent"]["en"]) == ("open", "amara")
    bad = await customer.post(path, json={"score": 9})
    assert bad.status_code == 422
    done = await customer.post(path, json={"score": 4, "tags": ["fast"], "comment": "谢谢"})
    assert done.status_code == 200, done.text
    again = await customer.post(path, json={"score": 1})
    assert (again.status_code, again.json()["code"]) == (409, "survey_answered")
    assert again.json()["title_zh"] == "谢谢，您已评价过"
    assert (await customer.get(path)).json()["state"] == "answered"
    assert (await customer.get("/api/survey/forged.token")).status_code == 404


async def test_one_address_cannot_flood_the_survey(served: Served) -> None:
    customer = served.person().http
    path = "/api" + served.console.tickets.survey_link("srv_none", served.world.clock.now() + 60)
    answers = [await customer.post(path, json={"score": 5}) for _ in range(ANSWERS_AT_ONCE + 1)]
    assert {one.status_code for one in answers[:-1]} == {404}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "too_many_answers")
    assert int(answers[-1].headers["Retry-After"]) >= 1
    await served.world.clock.advance(int(answers[-1].headers["Retry-After"]))
    assert (await customer.post(path, json={"score": 5})).status_code == 404


async def test_a_late_answer_is_refused_politely(served: Served) -> None:
    _, contact_id, _ = await in_talk(served)
    await close.close(served.world.hub, contact_id, by="amara", reason="done")
    survey = await survey_of_contact(served.world.hub, contact_id)
    assert survey is not None
    path = "/api" + served.console.tickets.survey_link(survey.id, survey.expires_at)
    served.world.clock.jump(8 * 86400)
    late = await served.person().http.post(path, json={"score": 5})
    assert (late.status_code, late.json()["code"]) == (410, "survey_expired")


async def test_the_audit_is_for_auditors(served: Served) -> None:
    agent = await served.signed_in("amara")
    assert (await agent.http.get("/api/audit")).status_code == 403
    auditor = await served.signed_in("ivy", "auditor")
    page = (await auditor.http.get("/api/audit", params={"limit": 2})).json()
    assert [one["action"] for one in page["entries"]] == ["signed_in", "signed_in"]
    rows = await served.world.hub.reader.rows(find(AuditEntry, "action", actor="ivy"))
    assert ("audit_read",) in rows
    narrowed = (await auditor.http.get("/api/audit?actor=amara&action=signed_in")).json()
    (entry,) = narrowed["entries"]
    assert (entry["actor"], entry["name"]["en"], entry["action"]) == (
        "amara", "amara", "signed_in",
    )  # fmt: skip
    assert (await auditor.http.get("/api/audit?subject=nothing")).json()["entries"] == []
    twice = await auditor.http.get("/api/audit?limit=2&limit=3")
    assert twice.status_code == 422


async def test_why_an_agent_got_the_contact(served: Served) -> None:
    person, contact_id, _ = await in_talk(served)
    why = (await person.http.get(f"/api/contacts/{contact_id}/why")).json()
    (choice,) = why["choices"]
    assert (choice["agent_id"], choice["outcome"]) == ("amara", "accepted")
    assert choice["because"]["rule"]
    other = await served.signed_in("bo")
    assert (await other.http.get(f"/api/contacts/{contact_id}/why")).status_code == 404


async def test_follow_ups_are_listed_for_supervisors(served: Served) -> None:
    person, contact_id, _ = await in_talk(served)
    hub = served.world.hub
    await close.close(hub, contact_id, by="amara", reason="done")
    survey = await survey_of_contact(hub, contact_id)
    assert survey is not None
    await answer_survey(hub, survey.id, score=1)
    for scope in ("mine", "team"):
        assert (await person.http.get(f"/api/tasks?scope={scope}")).json() == {"tasks": []}
    rosa = await served.signed_in("rosa", "supervisor")
    (task,) = (await rosa.http.get("/api/tasks?scope=team")).json()["tasks"]
    assert (task["kind"], task["contact_id"]) == ("low_score", contact_id)


async def test_fifty_accepts_of_one_offer_have_one_winner(served: Served) -> None:
    await served.hire("amara", "agent")
    await greeted(served, "amara")
    await served.world.customer_says("an agent please")
    offer = await served.world.offer_of("amara")
    assert offer is not None
    person = await served.signed_in("amara")
    await person.connect()
    await person.hello()
    answers = await asyncio.gather(*(person.do("accept", reservation_id=offer) for _ in range(50)))
    assert [one["ok"] for one in answers].count(True) == 1
    assert {one.get("code") for one in answers} == {None, "offer_gone"}
