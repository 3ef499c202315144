"""Flows over HTTP: drafts that nobody overwrites, problems, test calls, versions and back."""

from typing import Any

from hub.domain.steps import Heard, Menu
from hub.domain.switches import Off
from hub.store.rows import find
from hub.store.tables import AuditEntry, Setup
from ivr.phone_menu import PhoneMenu
from ivr.shelf import Shelf
from tests.integration.console.served import Person, Served
from tests.support.phone_flows import KNOWN, both, document, menu, node, queue

PATH = "/api/flows/test"
LONGER = document({"a": menu("p", "b"), "b": node("hang_up", text="Goodbye.")})
BROKEN = document({"a": menu("p", "nowhere")})


class OneCaller:
    """Who calls, as self-service knows them."""

    contact_id, channel, language, identity_level = "con_1", "phone", "en", 0
    off = Off()


async def admin(served: Served, name: str = "ines") -> Person:
    await served.shelf.open(served.world.hub)
    return await served.signed_in(name, "administrator")


async def post(person: Person, act: str, **body: Any) -> Any:
    answer = await person.http.post(f"{PATH}/{act}", json=body)
    return answer.json() | {"status": answer.status_code}


async def put_in_force(author: Person, other: Person, revision: int, why: str) -> Any:
    """One hands in, the other publishes."""
    assert (await post(author, "hand-in", revision=revision, why=why))["status"] == 200
    return await post(other, "publish", revision=revision, why=why)


async def opened(person: Person) -> Any:
    return (await person.http.get(PATH)).json()


async def heard(shelf: Shelf, state: dict[str, Any] | None = None) -> tuple[Any, list[str]]:
    """What a caller is offered."""
    phone = PhoneMenu(shelf, open_queues=lambda: KNOWN.always_open, last_queue="cards")
    first = Heard(start=not state, keys="#" if state else None)
    state, steps = await phone.turn(OneCaller(), state or {"flow": "test"}, first)
    assert isinstance(steps[-1], Menu)
    return state, [choice.key for choice in steps[-1].choices if choice.key.isdecimal()]


async def test_a_draft_is_judged_published_with_a_reason_and_heard_by_new_callers(
    served: Served,
) -> None:
    ines = await admin(served)
    first = await opened(ines)
    assert (first["version"], first["draft"], first["look"]["problems"]) == (1, None, [])
    on_the_line, keys = await heard(served.shelf)
    assert keys == ["1", "2", "0"]
    longer = document({"a": menu("p", "b", "p"), "b": node("hang_up", text="Goodbye.")})
    saved = await post(ines, "draft", document=longer, revision=0, based_on=1)
    assert (saved["revision"], saved["look"]["problems"]) == (1, [])
    assert (await opened(ines))["draft"]["by"]["en"] == "ines"
    rosa = await served.signed_in("rosa", "supervisor")
    assert (await post(rosa, "publish", revision=1, why=" "))["code"] == "need_reason"
    assert (await put_in_force(ines, rosa, 1, "A third way"))["version"] == 2
    await served.shelf.look()
    assert (await heard(served.shelf))[1] == ["1", "2", "3", "0"]
    # Who called before goes on in the version of then.
    assert (await heard(served.shelf, on_the_line))[1] == ["1", "2", "0"]
    rows = await served.world.hub.reader.rows(
        find(AuditEntry, "actor", "action", "reason", subject="flow/test")
    )
    assert rows == [
        ("file", "set_up_published", ""),
        ("ines", "set_up_handed_in", "A third way"),
        ("rosa", "set_up_published", "A third way"),
    ]


async def test_a_draft_with_problems_is_kept_and_never_published(served: Served) -> None:
    ines = await admin(served)
    saved = await post(ines, "draft", document=BROKEN, revision=0, based_on=1)
    [problem] = saved["look"]["problems"]
    assert (problem["code"], problem["node"]) == ("no_node", "a")
    assert problem["at"] == ["nodes", "a", "choices", "1", "next"]
    assert (await post(ines, "hand-in", revision=1, why="now"))["code"] == "flow_problems"
    assert (await opened(ines))["draft"]["asked"] is None
    assert (await opened(ines))["version"] == 1


async def test_nobody_overwrites_what_they_have_not_seen(served: Served) -> None:
    ines = await admin(served)
    otto = await served.signed_in("otto", "administrator")
    assert (await post(ines, "draft", document=LONGER, revision=0, based_on=1))["revision"] == 1
    late = await post(otto, "draft", document=BROKEN, revision=0, based_on=1)
    assert (late["status"], late["code"]) == (409, "draft_changed")
    assert (await post(otto, "draft", document=LONGER, revision=1, based_on=1))["revision"] == 2
    assert (await post(ines, "draft", document=BROKEN, revision=1, based_on=1))["status"] == 409
    assert (await post(ines, "publish", revision=1, why="mine"))["code"] == "draft_changed"
    assert (await post(ines, "discard", revision=1))["code"] == "draft_changed"
    assert (await post(ines, "discard", revision=2))["status"] == 200
    assert (await opened(ines))["draft"] is None


async def test_an_old_version_comes_back_under_a_new_number(served: Served) -> None:
    ines = await admin(served)
    rosa = await served.signed_in("rosa", "supervisor")
    assert (await post(ines, "roll-back", version=1, why="x"))["code"] == "in_force"
    await post(ines, "draft", document=LONGER, revision=0, based_on=1)
    await put_in_force(ines, rosa, 1, "Goodbye by key")
    changes = (await post(ines, "compare", document=LONGER, version=1))["changes"]
    assert {(one["what"], one["node"]) for one in changes} == {("changed", "a"), ("added", "b")}
    assert (await post(ines, "roll-back", version=1, why="It was better"))["version"] == 3
    shown = await opened(ines)
    assert [(one["number"], one["why"]) for one in shown["versions"]] == [
        (3, "It was better"), (2, "Goodbye by key"), (1, ""),
    ]  # fmt: skip
    assert shown["document"] == (await ines.http.get(f"{PATH}/versions/1")).json()["document"]
    # Whose draft began before that sees what changed and begins anew.
    await post(ines, "draft", document=LONGER, revision=0, based_on=2)
    assert (await put_in_force(ines, rosa, 1, "x"))["code"] == "published_meanwhile"


async def test_the_file_is_published_anew_until_a_person_publishes(served: Served) -> None:
    ines = await admin(served)
    hub = served.world.hub
    await Shelf({"test": LONGER}, KNOWN).open(hub)
    assert (await opened(ines))["version"] == 2
    await post(ines, "draft", document=document({"a": queue()}), revision=0, based_on=2)
    rosa = await served.signed_in("rosa", "supervisor")
    await put_in_force(ines, rosa, 1, "Straight to a person")
    await Shelf({"test": LONGER}, KNOWN).open(hub)
    rows = await hub.reader.rows(find(Setup, "version", kind="flow", name="test"))
    assert len(rows) == 3


async def test_a_test_call_is_text_and_shows_no_secret(served: Served) -> None:
    ines = await admin(served)
    ask = node("identify", by="pin", text="Your PIN.", next="p")
    told = await post(
        ines, "call", document=document({"a": menu("i"), "i": ask}), caller="+85291234567",
        keys=["1", "482913"],
    )  # fmt: skip
    assert [(line["who"], line["text"]) for line in told["lines"]][1:] == [
        ("caller", "1"), ("flow", "Your PIN."), ("caller", "••••••"), ("hub", "check_pin: ok"),
        ("flow", "(invented) Thank you."), ("end", "queue messages: help"),
    ]  # fmt: skip
    assert "482913" not in str(told)


async def test_texts_are_data_wherever_they_go(served: Served) -> None:
    ines = await admin(served)
    evil = "</text><script>alert(1)</script><Redirect>http://x</Redirect>{code}"
    raw = document({"a": menu("p", text=evil)}) | {"name": both("<b>Main</b>")}
    looked = await post(ines, "look", document=raw)
    assert [one["code"] for one in looked["look"]["problems"]] == ["no_value", "no_value"]
    assert (await post(ines, "look", document={"nodes": {"a": 1}}))["status"] == 200


async def test_who_worked_on_a_draft_never_publishes_it(served: Served) -> None:
    ines = await admin(served)
    otto = await served.signed_in("otto", "administrator")
    rosa = await served.signed_in("rosa", "supervisor")
    await post(ines, "draft", document=LONGER, revision=0, based_on=1)
    early = await post(otto, "publish", revision=1, why="x")
    assert (early["status"], early["code"]) == (409, "not_handed_in")
    await post(otto, "draft", document=LONGER, revision=1, based_on=1)
    await post(ines, "hand-in", revision=2, why="Goodbye by key")
    for author in (ines, otto):
        assert (await post(author, "publish", revision=2, why="x"))["code"] == "same_person"
        assert (await opened(author))["draft"]["is_own"] is True
    shown = (await opened(rosa))["draft"]
    assert (shown["is_own"], shown["asked"]["by"]["en"]) == (False, "ines")
    # What is handed in is what is published: one more letter, and it is a draft again.
    await post(ines, "draft", document=LONGER, revision=2, based_on=1)
    assert (await post(rosa, "publish", revision=2, why="x"))["code"] == "draft_changed"
    assert (await post(rosa, "publish", revision=3, why="x"))["code"] == "not_handed_in"
    assert (await opened(rosa))["version"] == 1


async def test_a_supervisor_sends_a_draft_back_and_writes_none(served: Served) -> None:
    ines = await admin(served)
    rosa = await served.signed_in("rosa", "supervisor")
    await post(ines, "draft", document=LONGER, revision=0, based_on=1)
    assert (await post(rosa, "send-back", revision=1, why="No"))["code"] == "not_handed_in"
    await post(ines, "hand-in", revision=1, why="Goodbye by key")
    [row] = (await rosa.http.get("/api/flows")).json()["flows"]
    assert (row["is_handed_in"], row["has_draft"]) == (True, True)
    assert (await post(rosa, "send-back", revision=1, why="Say thank you"))["status"] == 200
    shown = (await opened(ines))["draft"]
    assert (shown["asked"], shown["returned"]["why"]) == (None, "Say thank you")
    assert (await post(ines, "hand-in", revision=1, why="Again"))["status"] == 200
    assert (await opened(ines))["draft"]["returned"] is None
    wrote = await post(rosa, "draft", document=LONGER, revision=1, based_on=1)
    assert (wrote["status"], wrote["code"]) == (403, "no_right")


async def test_a_flow_is_begun_renamed_published_and_called_from_another(served: Served) -> None:
    ines = await admin(served)
    rosa = await served.signed_in("rosa", "supervisor")
    new = {"name": "fraud", "document": document({"a": node("hang_up", text="Bye.")})}
    assert (await ines.http.post("/api/flows", json=new)).status_code == 200
    for name in ("fraud", "test"):
        again = await ines.http.post("/api/flows", json=new | {"name": name})
        assert (again.status_code, again.json()["code"]) == (409, "name_taken")
    rows = (await ines.http.get("/api/flows")).json()["flows"]
    assert [(one["name"], one["version"]) for one in rows] == [("fraud", 0), ("test", 1)]

    async def act(person: Person, act: str, **body: Any) -> Any:
        return (await person.http.post(f"/api/flows/fraud_line/{act}", json=body)).json()

    to = {"to": "fraud_line", "revision": 1}
    assert (await ines.http.post("/api/flows/fraud/rename", json=to)).status_code == 200
    assert (await ines.http.get("/api/flows/fraud")).status_code == 404
    await act(ines, "hand-in", revision=1, why="New line")
    assert await act(rosa, "publish", revision=1, why="New line") == {"version": 1}
    assert await act(ines, "draft", document=new["document"], revision=0, based_on=1)
    renamed = await act(ines, "rename", to="other", revision=1)
    assert renamed["code"] == "was_published"
    await served.shelf.look()
    calls = document({"a": node("transfer", flow="fraud_line")})
    assert (await post(ines, "look", document=calls))["look"]["problems"] == []


async def test_what_was_never_published_is_deleted_with_its_draft(served: Served) -> None:
    ines = await admin(served)
    await ines.http.post("/api/flows", json={"name": "fraud", "document": {}})
    gone = await ines.http.post("/api/flows/fraud/discard", json={"revision": 1})
    assert gone.status_code == 200
    assert (await ines.http.get("/api/flows/fraud")).status_code == 404


async def test_a_file_goes_out_and_comes_in_as_it_was(served: Served) -> None:
    ines = await admin(served)
    asked = await ines.http.get(f"{PATH}/file")
    assert asked.headers["content-disposition"] == 'attachment; filename="test.yaml"'
    read = await ines.http.post("/api/flows/read", json={"text": asked.text})
    assert read.json()["document"] == (await opened(ines))["document"]
    old = await ines.http.get(f"{PATH}/versions/1/file")
    assert old.text == asked.text


async def test_a_file_that_is_none_is_refused_with_its_line(served: Served) -> None:
    ines = await admin(served)
    answer = await ines.http.post("/api/flows/read", json={"text": "a: 1\nb: ["})
    assert (answer.status_code, answer.json()["code"]) == (422, "flow_file")
    assert answer.json()["detail"].startswith("file:2: not valid YAML")
