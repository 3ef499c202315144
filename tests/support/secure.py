"""A written talk with a known customer, whose code goes another way than the link."""

from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from config.protected import load_protected
from hub.domain.notice import Notice
from hub.journey.delivery.rules import WrittenSetUp
from hub.journey.messages import Posted
from hub.journey.secure.send import NewSecure, send_secure
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, SecureMessage
from tests.support.identity import PROFILE, Talks
from tests.support.letters import FakeWriter, Post
from tests.support.world import World

WORDS = "Your balance is £1,204.50."
PAGE = "https://bank.example/secure/"


class Secure:
    """What the tests of secure messages need."""

    def __init__(self, world: World) -> None:
        rules = WrittenSetUp(protected=load_protected(Path("config")))
        world.hub = replace(
            world.hub,
            secure_link=lambda secure_id, _: f"{PAGE}{secure_id}",
            settings=replace(world.hub.settings, written=rules),
        )
        self.talks = Talks(world)
        self.post = Post(world, FakeWriter())

    async def talk(self) -> Posted:
        """An SMS talk; the agent has linked the record, and nobody proved anything."""
        await self.talks.add_customer("cus_1", PROFILE)
        talk = await self.post.talking()
        await self.talks.write(change(Contact, talk.contact_id, customer_id="cus_1"))
        return talk

    async def sent(self, talk: Posted, text: str = WORDS) -> str:
        """Send one; returns its id."""
        new = NewSecure(contact_id=talk.contact_id, key="key-secure-1", text=text)
        await send_secure(self.post.hub, "amara", new)
        rows = await self.post.hub.reader.rows(find(SecureMessage, "id"))
        return str(rows[0][0])

    async def code(self) -> str:
        """The code that was sent last."""
        return await self.talks.code()

    @property
    def notice(self) -> Notice:
        """The newest Notice."""
        return self.talks.carrier.given[-1]

    async def audited(self, action: str) -> int:
        """How often an act is in the audit."""
        return len(await self.post.hub.reader.rows(find(AuditEntry, "action", action=action)))


@pytest_asyncio.fixture
async def secure(world: World) -> Secure:
    """A known customer in an SMS talk, on every kind of store."""
    return Secure(world)
