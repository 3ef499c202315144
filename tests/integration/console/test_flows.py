"""Flows over HTTP: drafts that nobody overwrites, problems, test calls, versions and back."""

from typing import Any

from hub.domain.steps import Heard, Menu
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


async def admin(served: Served, name: str = "ines") -> Person:
    await served.shelf.open(served.world.hub)
    return await served.signed_in(name, "administrator")


async def post(person: Person, act: str, **body: Any) -> Any:
    answer = await person.http.post(f"{PATH}/{act}", json=body)
    return answer.json() | {"status": answer.status_code}


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
    assert (await post(ines, "publish", revision=1, why=" "))["code"] == "need_reason"
    assert (await post(ines, "publish", revision=1, why="A third way"))["version"] == 2
    await served.shelf.look()
    assert (await heard(served.shelf))[1] == ["1", "2", "3", "0"]
    # Who called before goes on in the version of then.
    assert (await heard(served.shelf, on_the_line))[1] == ["1", "2", "0"]
    rows = await served.world.hub.reader.rows(
        find(AuditEntry, "actor", "reason", action="set_up_published", subject="flow/test")
    )
    assert rows == [("file", ""), ("ines", "A third way")]


async def test_a_draft_with_problems_is_kept_and_never_published(served: Served) -> None:
    ines = await admin(served)
    saved = await post(ines, "draft", document=BROKEN, revision=0, based_on=1)
    [problem] = saved["look"]["problems"]
    assert (problem["code"], problem["node"]) == ("no_node", "a")
    assert problem["at"] == ["nodes", "a", "choices", "1", "next"]
    assert (await post(ines, "publish", revision=1, why="now"))["code"] == "flow_problems"
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
    assert (await post(ines, "roll-back", version=1, why="x"))["code"] == "in_force"
    await post(ines, "draft", document=LONGER, revision=0, based_on=1)
    await post(ines, "publish", revision=1, why="Goodbye by key")
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
    assert (await post(ines, "publish", revision=1, why="x"))["code"] == "published_meanwhile"


async def test_the_file_is_published_anew_until_a_person_publishes(served: Served) -> None:
    ines = await admin(served)
    hub = served.world.hub
    await Shelf({"test": LONGER}, KNOWN).open(hub)
    assert (await opened(ines))["version"] == 2
    await post(ines, "draft", document=document({"a": queue()}), revision=0, based_on=2)
    await post(ines, "publish", revision=1, why="Straight to a person")
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
