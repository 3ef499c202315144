"""The assistant in front of a real hub: proof by code, an errand done, three misses, a person."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant import Assistant
from bot.definition.load import load_definition
from bot.definition.values import Definition
from bot.engine.model import Guess
from bot.intents import Intents
from bot.load import load_menu
from bot.rule_bot import RuleBot
from hub.journey.errands.table import ERRANDS
from hub.journey.messages import messages_of
from hub.store.rows import change, find
from hub.store.tables import Case, Contact
from tests.support.identity import PROFILE, Talks, wrong
from tests.support.world import World

FOLDER = Path(__file__).parents[3] / "config/bot"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
KNOWN = {
    "balance please": "balance",
    "I want to complain": "complaint",
    "yes": "affirm",
    "a human": "human",
}


def definition() -> Definition:
    """The bank's, with the one queue that the world of tests has for all matters."""
    bank = load_definition(FOLDER, queues=QUEUES)
    here = {
        name: replace(one, hand_over=one.hand_over and replace(one.hand_over, queue="cards"))
        for name, one in bank.responses.items()
    }
    return replace(bank, responses=here)


class TableOfIntents(Intents):
    """Knows a few sentences and no others."""

    async def guess(self, text: str) -> Guess | None:
        intent = KNOWN.get(text, "")
        return Guess(intent, 0.95, bool(intent), (), "ngrams")


class Visitor:
    """A customer on the chat page, linked to a record and not proved."""

    def __init__(self, talks: Talks) -> None:
        self.talks, self.contact_id, self.conversation_id = talks, "", ""

    async def come(self, *, level: int) -> None:
        posted = await self.talks.world.customer_says("hello")
        assert posted.contact_id is not None
        self.contact_id = posted.contact_id
        self.conversation_id = str((await self.row("conversation_id"))[0])
        if level:
            known = {"customer_id": "mei", "identity_level": level}
            await self.talks.write(change(Contact, posted.contact_id, **known))

    async def say(self, text: str) -> str:
        """Say something; returns what the bot answered."""
        hub = self.talks.hub
        before = await messages_of(hub, self.conversation_id, after_seq=0, limit=200)
        await self.talks.world.customer_says(text)
        said = await messages_of(hub, self.conversation_id, after_seq=before[-1].seq, limit=200)
        return " ".join(str(m.body.get("text", "")) for m in said if m.speaker == "bot")

    async def row(self, *columns: str) -> tuple[object, ...]:
        rows = await self.talks.hub.reader.rows(find(Contact, *columns, id=self.contact_id))
        return tuple(rows[0])


@pytest.fixture
async def visitor(world: World) -> Visitor:
    menu = RuleBot(load_menu(FOLDER / "menu.toml", queues=QUEUES))
    front = Assistant(
        definition(), TableOfIntents(None), menu, world.clock,
        ZoneInfo("Asia/Shanghai"),
    )  # fmt: skip
    world.hub = replace(world.hub, self_service=front, errands=ERRANDS)
    talks = Talks(world)
    await talks.add_customer("mei", PROFILE)
    return Visitor(talks)


async def test_a_code_from_the_record_opens_the_balance(visitor: Visitor) -> None:
    await visitor.come(level=1)
    assert "one-time code" in await visitor.say("balance please")
    code = await visitor.talks.code()
    assert visitor.talks.carrier.given[-1].to == PROFILE["phone"]
    assert "once more" in await visitor.say(wrong(code))
    told = await visitor.say(code)
    assert "10.00 CNY" in told
    assert (await visitor.row("state", "identity_level")) == ("in_self_service", 2)


async def test_three_wrong_codes_lock_and_hand_over(visitor: Visitor) -> None:
    await visitor.come(level=1)
    await visitor.say("balance please")
    code = await visitor.talks.code()
    for _ in range(3):
        told = await visitor.say(wrong(code))
    assert "10.00" not in told
    assert (await visitor.row("state", "identity_level")) == ("queued", 1)


async def test_a_guest_is_told_nothing_and_handed_over(visitor: Visitor) -> None:
    await visitor.come(level=0)
    told = await visitor.say("balance please")
    assert "10.00" not in told
    assert (await visitor.row("state", "queue_id")) == ("queued", "cards")
    assert visitor.talks.carrier.given == []


async def test_a_complaint_opens_one_case_with_its_clock(visitor: Visitor) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    await visitor.say("Nobody called me back for a week")
    told = await visitor.say("yes")
    rows = await visitor.talks.hub.reader.rows(find(Case, "number", "kind", customer_id="mei"))
    assert [kind for _, kind in rows] == ["complaint"]
    assert str(rows[0][0]) in told


async def test_a_person_is_had_from_the_middle_of_an_errand(visitor: Visitor) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    await visitor.say("a human")
    assert (await visitor.row("state"))[0] == "queued"
