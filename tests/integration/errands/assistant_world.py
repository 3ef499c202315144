"""A customer in front of the bank's own assistant, on a real hub."""

from dataclasses import replace
from pathlib import Path

from bot.definition.load import load_definition
from bot.definition.values import Definition
from bot.engine.model import Guess
from bot.intents import Intents
from bot.load import load_menu
from bot.menu import Menu
from hub.journey.messages import messages_of
from hub.store.rows import change, find
from hub.store.tables import Contact
from tests.support.identity import Talks

FOLDER = Path(__file__).parents[3] / "config/bot"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
KNOWN = {
    "balance please": "balance",
    "我的余额是多少": "balance",
    "I want to complain": "complaint",
    "yes": "affirm",
    "a human": "human",
    "bye": "goodbye",
    "an appointment": "appointment",
    "change my limit": "change_limit",
    "中文": "change_language",
    "block my card": "block_card",
    "tell me my balance": "balance",
    "what is my loan doing": "loan_state",
    "I moved": "change_address",
    "what did I pay": "last_payments",
}


def definition() -> Definition:
    """The bank's, with the one queue that the world of tests has for all matters."""
    bank = load_definition(FOLDER, queues=QUEUES)
    here = {
        name: replace(one, hand_over=one.hand_over and replace(one.hand_over, queue="cards"))
        for name, one in bank.responses.items()
    }
    return replace(bank, responses=here, queues={})


def menu() -> Menu:
    """The bank's, for the same one queue."""
    bank = load_menu(FOLDER / "menu.toml", queues=QUEUES)
    topics = tuple(replace(one, queue="cards") for one in bank.topics)
    return replace(bank, topics=topics, person_queue="cards")


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
        return await self._hear(text, {})

    async def choose(self, value: str) -> str:
        """Pick a choice; returns what the bot answered."""
        return await self._hear(value, {"choice": value})

    async def offers(self) -> list[str]:
        """What the newest question offers."""
        said = await messages_of(self.talks.hub, self.conversation_id, after_seq=0, limit=200)
        menus = [one.body["choices"] for one in said if one.body.get("choices")]
        return [str(one["value"]) for one in menus[-1]]

    async def _hear(self, text: str, more: dict[str, str]) -> str:
        hub = self.talks.hub
        before = await messages_of(hub, self.conversation_id, after_seq=0, limit=200)
        await self.talks.world.customer_says(text, **more)
        said = await messages_of(hub, self.conversation_id, after_seq=before[-1].seq, limit=200)
        return " ".join(str(m.body.get("text", "")) for m in said if m.speaker == "bot")

    async def row(self, *columns: str) -> tuple[object, ...]:
        rows = await self.talks.hub.reader.rows(find(Contact, *columns, id=self.contact_id))
        return tuple(rows[0])
