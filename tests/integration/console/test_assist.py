"""Help in a talk over HTTP: what fits the open words, the talk in short, a wrong answer."""

from collections.abc import Sequence
from typing import Any

import pytest

from hub.domain.errors import NotFound
from hub.domain.steps import TakenFor
from hub.journey import answer, presence
from hub.journey.contact_row import load_contact
from hub.journey.messages import messages_of
from hub.journey.teaching.doubts import WRONG, doubts, note_taken
from hub.ports import WordingAway
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Unit
from tests.integration.console.served import Person, Served
from tests.integration.console.test_articles import library
from tests.support.identity import PROFILE, Talks

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


async def serving(served: Served) -> tuple[Person, str]:
    """Amara serves a customer whom the bot has given up on."""
    hub, amara = served.world.hub, await served.signed_in("amara")
    await presence.set_presence(hub, "amara", presence="available")
    posted = await served.world.customer_says("I lost my purse")
    contact_id = str(posted.contact_id)
    lost = TakenFor(said="I lost my purse", language="en", intent="block_card", probability=0.9)

    def unit() -> Unit[None]:
        contact = yield from load_contact(contact_id)
        yield from note_taken(hub, contact, [lost], hub.clock.now())

    await hub.journal.run(unit)
    await served.world.customer_says("an agent please")
    offer = await served.world.offer_of("amara")
    assert offer is not None
    await answer.accept(hub, "amara", offer)
    return amara, contact_id


async def post(person: Person, act: str, **body: Any) -> Any:
    answered = await person.http.post(f"/api/assist/{act}", json=body)
    return answered.json() | {"status": answered.status_code}


async def test_passages_a_customer_may_read_are_suggested_for_the_open_words(
    served: Served,
) -> None:
    library(served)
    amara, contact_id = await serving(served)
    found = await post(amara, "replies", contact_id=contact_id, words="lost card secret steps")
    assert [one["slug"] for one in found["passages"]] == ["lost-card"]
    assert found["passages"][0]["link"] == "/help/lost-card?language=en"
    assert found["passages"][0]["text"]
    bo = await served.signed_in("bo")
    assert (await post(bo, "replies", contact_id=contact_id, words="card"))["status"] == 404
    assert (await post(bo, "summary", contact_id=contact_id))["status"] == 404


async def test_the_talk_in_short_names_what_was_asked(served: Served) -> None:
    amara, contact_id = await serving(served)
    found = await post(amara, "summary", contact_id=contact_id)
    assert (found["matters"], found["wants"]) == (["block_card"], "an agent please")
    assert (found["deeds"], found["promised"], found["outcome"]) == ([], {}, None)


async def test_a_wrong_answer_is_reported_once_and_comes_to_who_teaches(served: Served) -> None:
    amara, contact_id = await serving(served)
    await amara.connect()
    await amara.hello()
    hub = served.world.hub
    conversation = amara.state["contacts"][contact_id]["conversation_id"]
    said = await messages_of(hub, conversation, after_seq=0, limit=50)
    bot = next(one for one in said if one.speaker == "bot")
    customer = next(one for one in said if one.speaker == "customer")
    wrong = {"contact_id": contact_id, "seq": bot.seq, "note": "She said lost, call 13800138000"}
    assert (await amara.do("report_answer", **wrong))["ok"]
    assert (await amara.do("report_answer", **wrong))["code"] == "reported_already"
    mine = {**wrong, "seq": customer.seq}
    assert (await amara.do("report_answer", **mine))["code"] == "not_assistant"
    found = [one for one in await doubts(hub) if one.kind == WRONG]
    assert [(one.said, one.answer, one.reported_by) for one in found] == [
        ("I lost my purse", bot.body["text"], "amara")
    ]
    assert found[0].note == "She said lost, call •••••••••••"
    lines = await messages_of(hub, conversation, after_seq=0, limit=50)
    marks = [one for one in lines if one.body.get("event") == "answer_reported"]
    assert [(one.audience, one.body["data"]) for one in marks] == [("staff", {"seq": str(bot.seq)})]
    bo = await served.signed_in("bo")
    await bo.connect()
    await bo.hello()
    assert (await bo.do("report_answer", **wrong))["code"] == NotFound("no_contact").code


async def test_the_customers_name_is_no_lesson(served: Served) -> None:
    _, contact_id = await serving(served)
    hub = served.world.hub
    talks = Talks(served.world)
    await talks.add_customer("mei", PROFILE)
    await talks.write(change(Contact, contact_id, customer_id="mei"))
    name = PROFILE["name"]
    said = TakenFor(said=f"this is {name}, hello?", language="en", outcome="missed")

    def unit() -> Unit[None]:
        contact = yield from load_contact(contact_id)
        yield from note_taken(hub, contact, [said], hub.clock.now())

    await hub.journal.run(unit)
    kept = [one.said for one in await doubts(hub)]
    assert len(kept) == 1
    assert not any(part.lower() in kept[0].lower() for part in name.split())


class PlayedModel:
    """Words what it is given; remembers what that was."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str], str]] = []
        self.is_away = False

    async def word(self, asked: str, passages: Sequence[str], language: str) -> str:
        if self.is_away:
            raise WordingAway("played")
        self.asked.append((asked, list(passages), language))
        return "Block it in the app."


async def test_a_language_model_is_given_redacted_words_and_what_a_customer_may_read(
    served: Served,
) -> None:
    library(served)
    amara, contact_id = await serving(served)
    said = "lost card 4111111111111111 secret steps, I am at ben@home.example"
    body = {"contact_id": contact_id, "words": said}
    assert (await post(amara, "wording", **body))["status"] == 404, "off unless it is set"
    assert not (await post(amara, "replies", **body))["may_be_worded"]
    played = PlayedModel()
    object.__setattr__(served.console.hub, "wording", played)
    assert (await post(amara, "replies", **body))["may_be_worded"]
    found = await post(amara, "wording", **body)
    assert found["text"] == "Block it in the app."
    asked, passages, language = played.asked[0]
    assert (asked, language) == ("lost card •••••••••••••••• secret steps, I am at •••", "en")
    assert passages
    assert not any("secret" in one.lower() for one in passages)
    played.is_away = True
    assert (await post(amara, "wording", **body))["code"] == "wording_away"
