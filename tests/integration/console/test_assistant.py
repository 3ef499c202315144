"""Teaching over HTTP: doubts, sentences, a training, a comparison, a second person, and back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.teaching.teacher import SILENT_SECONDS
from hub.domain.steps import TakenFor
from hub.journey.contact_row import load_contact
from hub.journey.teaching.doubts import note_taken
from hub.store.rows import find
from hub.store.tables import AuditEntry, BotDoubt
from hub.store.unit import Unit
from tests.integration.console.served import Person, Served, eventually

ROOT = "/api/assistant"
CHARGES = {"text": "any charges?", "intent": "fees", "language": "en"}


@pytest.fixture
async def taught(served: Served) -> AsyncIterator[Served]:
    """The teacher runs, and the model of the files is in force."""
    running = asyncio.create_task(served.assistant.teacher.run(served.world.hub))
    await eventually(
        lambda: served.assistant.in_force["number"] and served.assistant.in_force["by"]
    )
    yield served
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def doubt(served: Served, said: str, outcome: str = "missed", intent: str = "") -> None:
    """A customer's words, as self-service notes them."""
    posted = await served.world.customer_says("hello", visitor=f"v {said}"[:40])
    hub, step = served.world.hub, TakenFor(said=said, language="en", outcome=outcome, intent=intent)

    def unit() -> Unit[None]:
        contact = yield from load_contact(str(posted.contact_id))
        yield from note_taken(hub, contact, [step], hub.clock.now())

    await hub.journal.run(unit)


async def post(person: Person, act: str, **body: Any) -> Any:
    answer = await person.http.post(f"{ROOT}/{act}", json=body)
    return answer.json() | {"status": answer.status_code}


async def opened(person: Person) -> Any:
    return (await person.http.get(ROOT)).json()


async def trained(served: Served, person: Person, revision: int) -> None:
    assert (await post(person, "train", revision=revision))["status"] == 200
    await eventually(lambda: served.assistant.progress.get("state") == "done")


async def intent_of(person: Person, text: str, version: str = "") -> tuple[str, bool]:
    found = await post(person, "try", text=text, version=version)
    return found["ranking"][0][0], found["is_known"]


async def test_a_doubt_becomes_a_sentence_that_a_second_person_puts_in_force(
    taught: Served,
) -> None:
    ines, rosa = await taught.signed_in("ines", "administrator"), await taught.signed_in(
        "rosa", "supervisor"
    )  # fmt: skip
    await doubt(taught, "Any charges?", intent="balance")
    await doubt(taught, "any charges")
    await doubt(taught, "call me on 13800138000", outcome="unsure", intent="fees")
    groups = (await ines.http.get(f"{ROOT}/doubts")).json()["groups"]
    assert [(one["kind"], one["times"]) for one in groups] == [("missed", 2), ("unsure", 1)]
    assert groups[1]["doubts"][0]["said"] == "call me on •••••••••••"
    first = await opened(ines)
    assert (first["number"], first["sentences"], first["draft"]) == (1, [], None)
    keys = [one["key"] for one in groups[0]["doubts"]]
    saved = await post(ines, "draft", sentences=[CHARGES], revision=0, based_on=1, taught=keys)
    assert (saved["revision"], saved["is_trained"]) == (1, False)
    assert (await post(ines, "ignore", keys=[groups[1]["doubts"][0]["key"]]))["status"] == 200
    assert (await ines.http.get(f"{ROOT}/doubts")).json()["groups"] == []
    assert (await post(ines, "hand-in", revision=1, why="Charges"))["code"] == "not_trained"
    await trained(taught, ines, 1)
    draft = (await opened(ines))["draft"]
    assert (draft["is_trained"], draft["model"]) == (True, saved["model"])
    compared = (await rosa.http.get(f"{ROOT}/comparison")).json()
    assert compared["after"]["version"] == saved["model"]
    assert compared["before"]["examples"] == compared["after"]["examples"] == 4
    assert (await intent_of(rosa, "any charges?", saved["model"]))[0] == "fees"
    before = (await intent_of(ines, "any charges?"))[0]
    assert (await post(ines, "hand-in", revision=1, why="Charges"))["status"] == 200
    assert (await post(ines, "publish", revision=1, why="Charges"))["code"] == "same_person"
    assert (await post(rosa, "publish", revision=1, why="Charges"))["version"] == 2
    await taught.assistant.teacher.look(taught.world.hub)
    assert taught.assistant.in_force["version"] == saved["model"]
    assert (await intent_of(ines, "any charges?"))[0] == "fees"
    # Back to the files alone, under a new number and without a restart.
    assert (await post(ines, "roll-back", version=1, why="Worse"))["version"] == 3
    await taught.assistant.teacher.look(taught.world.hub)
    assert taught.assistant.in_force["version"] == compared["before"]["version"]
    assert (await intent_of(ines, "any charges?"))[0] == before
    rows = await taught.world.hub.reader.rows(
        find(AuditEntry, "actor", "action", subject="assistant/taught")
    )
    assert [action for _, action in rows] == [
        "set_up_published", "doubts_taught", "doubts_ignored", "assistant_trained",
        "assistant_trained", "set_up_handed_in", "set_up_published", "set_up_published",
    ]  # fmt: skip


async def test_only_one_training_runs_and_a_stale_page_overwrites_nothing(taught: Served) -> None:
    ines = await taught.signed_in("ines", "administrator")
    await post(ines, "draft", sentences=[CHARGES], revision=0, based_on=1)
    again = await post(ines, "draft", sentences=[], revision=0, based_on=1)
    assert again["code"] == "draft_changed"
    wrong = {**CHARGES, "intent": "prices"}
    found = await post(ines, "draft", sentences=[wrong], revision=1, based_on=1)
    assert (found["status"], found["code"]) == (422, "unknown_intent")
    taught.assistant.teacher._note({"state": "working", "done": 1, "of": 6})
    assert (await post(ines, "train", revision=1))["code"] == "training_already"
    assert (await ines.http.get(f"{ROOT}/progress")).json()["done"] == 1
    # The node that trained is gone: its silence is the end of it.
    taught.world.clock.jump(SILENT_SECONDS + 1)
    assert (await ines.http.get(f"{ROOT}/progress")).json()["state"] == "failed"
    await trained(taught, ines, 1)


async def test_the_sentences_are_given_as_a_file_of_rasas(taught: Served) -> None:
    ines = await taught.signed_in("ines", "administrator")
    await post(ines, "draft", sentences=[CHARGES], revision=0, based_on=1)
    answer = await ines.http.get(f"{ROOT}/file?language=en")
    assert "- intent: fees\n  examples: |\n    - any charges?" in answer.text
    assert "any charges" not in (await ines.http.get(f"{ROOT}/file?language=zh")).text


async def test_what_is_kept_of_a_doubt_says_nothing_of_who_said_it(served: Served) -> None:
    await doubt(served, "I am at ben@home.example with card 4111 1111 1111 1111")
    rows = await served.world.hub.reader.rows(find(BotDoubt, "key", "words_sealed"))
    assert b"home" not in rows[0][1]
    texts = served.world.hub.vault.open_json(rows[0][1], "bot_doubt", "words", rows[0][0])
    assert texts["said"] == "I am at ••• with card •••• •••• •••• ••••"
