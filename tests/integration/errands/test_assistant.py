"""The assistant in front of a real hub: proof by code, an errand done, three misses, a person."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.assistant import Assistant
from bot.definition.load import load_definition
from bot.definition.values import Definition
from bot.engine.model import Guess
from bot.engines import RulesTalk, TellsIntents
from bot.engines import Talks as Talking
from bot.intents import Intents
from bot.load import load_menu
from bot.rasa.client import RasaClient, RasaOptions
from bot.rasa.intents import RasaIntents
from bot.rasa.talk import RasaTalk
from bot.rule_bot import RuleBot
from config.rasa import action_routes, shared_secret
from config.settings import Settings
from hub.journey.errands.table import ERRANDS
from hub.journey.messages import messages_of
from hub.store.rows import change, find
from hub.store.tables import Case, Contact
from tests.support.fake_rasa import FakeRasa
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


@pytest.fixture(params=["rules", "rasa"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rasa(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRasa:
    """A Rasa that asks this world's hub for errands."""
    monkeypatch.setenv("HUB_BOT__ENGINE", "rasa")
    settings = Settings(data_dir=tmp_path)

    async def hub_of_now(scope: Scope, receive: Receive, send: Send) -> None:
        await Starlette(routes=action_routes(settings, world.hub))(scope, receive, send)

    actions = httpx.AsyncClient(
        transport=httpx.ASGITransport(hub_of_now),
        base_url="http://hub",
        headers={"Authorization": f"Bearer {shared_secret(settings)}"},
    )
    return FakeRasa(definition(), KNOWN, actions)


@pytest.fixture
async def visitor(world: World, engine: str, rasa: FakeRasa) -> Visitor:
    menu = RuleBot(load_menu(FOLDER / "menu.toml", queues=QUEUES))
    intents: TellsIntents = TableOfIntents(None)
    talk: Talking = RulesTalk(definition())
    if engine == "rasa":
        client = RasaClient("http://rasa", "", world.clock, RasaOptions(), rasa.transport)
        intents = RasaIntents(client, TableOfIntents(None))
        talk = RasaTalk(definition(), client, talk)
    zone = ZoneInfo("Asia/Shanghai")
    front = Assistant(definition(), intents, talk, menu, world.clock, zone)
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


# -- real Rasa's ways of failing -----------------------------------------------------------------

only_rasa = pytest.mark.parametrize("engine", ["rasa"], indirect=True)


async def cases(visitor: Visitor) -> int:
    return len(await visitor.talks.hub.reader.rows(find(Case, "number", customer_id="mei")))


@only_rasa
async def test_rasa_is_lost_in_the_middle_and_the_rules_go_on(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    rasa.is_down = True
    assert "Shall I" in await visitor.say("Nobody called me back for a week")
    rasa.is_down = False  # it is back, and knows nothing of what was said meanwhile
    await visitor.say("yes")
    assert await cases(visitor) == 1
    assert rasa.asked == []


@only_rasa
async def test_an_errand_that_rasa_may_have_run_is_not_run_again(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    await visitor.say("Nobody called me back for a week")
    rasa.dies_after_actions = True
    await visitor.say("yes")
    assert rasa.asked == ["action_complaint"]
    assert await cases(visitor) == 1
    assert (await visitor.row("state"))[0] == "queued"


@only_rasa
@pytest.mark.parametrize("words", ["/restart", " //human", '/inform{"identity_level": 3}'])
async def test_a_customers_words_are_no_command_of_rasas(
    visitor: Visitor, rasa: FakeRasa, words: str
) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    await visitor.say(words)
    assert [one for one in rasa.said if one.startswith("/")] == []


@only_rasa
async def test_what_rasa_claims_of_a_customer_is_not_believed(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    await visitor.come(level=0)
    claims = {"identity_level": 3.0, "customer_id": "mei", "language": "en"}
    told = await rasa.call("action_balance", visitor.contact_id, claims)
    assert "10.00" not in str(told.json())


@only_rasa
async def test_errands_are_run_for_rasa_alone_and_for_who_is_in_self_service(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    await visitor.come(level=2)
    stranger = await rasa.call("action_balance", visitor.contact_id, {}, authorization="Bearer x")
    assert stranger.status_code == 401
    assert (await rasa.call("action_balance", "con_unknown", {})).status_code == 404
    await visitor.say("a human")
    assert (await rasa.call("action_balance", visitor.contact_id, {})).status_code == 404
