"""An agent begins to write: a Contact of their own, and the answer comes back to them."""

from dataclasses import replace

import pytest

from hub.domain.errors import NotFound, Refused
from hub.domain.outbound import WrittenAccount
from hub.domain.steps import InboundFact
from hub.journey import close
from hub.journey.delivery.start import ON_RECORD, NewLetter, start_written, ways_to_write
from hub.journey.receive import receive
from hub.journey.wrap_up import finish
from hub.store.rows import change, find
from hub.store.tables import Contact
from hub.store.unit import Unit
from tests.integration.delivery.letters_of import MEI, add_customer
from tests.support.letters import CUSTOMER, NUMBER, FakeWriter, Post

LETTER = NewLetter(
    customer_id=MEI, channel="sms", account=NUMBER, key="key-one", text="Your card is ready."
)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: what is told here is the same on both."""
    return sqlite_url


async def test_a_letter_is_a_contact_of_its_writer_and_leaves(post: Post) -> None:
    await post.world.add_agent("amara")
    await add_customer(post)
    contact_id = await start_written(post.hub, "amara", LETTER)
    await post.deliver()
    columns = ("state", "owner_agent_id", "customer_id", "identity_level", "language")
    assert await post.contact(contact_id, *columns) == ("assigned", "amara", MEI, 1, "zh")
    (sent,) = post.writer.given
    assert (sent.address, sent.account, sent.text) == (CUSTOMER, NUMBER, "Your card is ready.")
    answered = await post.writes("thank you")
    assert answered.contact_id == contact_id
    with pytest.raises(Refused, match="conversation_open"):
        await start_written(post.hub, "amara", LETTER)


async def test_an_answer_after_the_end_reopens_to_the_same_agent(post: Post) -> None:
    await post.world.add_agent("amara")
    await add_customer(post)
    contact_id = await start_written(post.hub, "amara", LETTER)
    await close.close(post.hub, contact_id, by="amara", reason="done")
    await finish(post.hub, "amara", contact_id=contact_id, disposition="solved", notes="")
    await post.world.add_agent("ben")
    answered = await post.writes("and when does it come?")
    assert answered.contact_id != contact_id
    assert await post.world.offer_of("amara") is not None
    rows = await post.hub.reader.rows(find(Contact, "reopened_from", id=answered.contact_id))
    assert rows[0][0] == contact_id


async def test_what_cannot_be_written_is_said(post: Post) -> None:
    await post.world.add_agent("amara")
    await add_customer(post, phone="")
    with pytest.raises(Refused, match="no_address"):
        await start_written(post.hub, "amara", LETTER)
    with pytest.raises(Refused, match="no_account"):
        await start_written(post.hub, "amara", replace(LETTER, account="+1"))
    with pytest.raises(NotFound):
        await ways_to_write(post.hub, "cus_nobody")


async def test_ways_name_accounts_and_addresses_of_the_record(post: Post) -> None:
    await add_customer(post)
    (way,) = await ways_to_write(post.hub, MEI)
    assert [one.id for one in way.accounts] == [NUMBER]
    assert [(one.ref, one.value, one.closed) for one in way.goals] == [(ON_RECORD, CUSTOMER, None)]


async def test_the_channel_that_the_customer_used_last_comes_first(post: Post) -> None:
    class Mailer(FakeWriter):
        name = "email"

    mailer = Mailer()
    mailer.accounts = [WrittenAccount(id="service@bank.example", name={"en": "Bank"})]
    post.hub.writers.add(mailer)
    await add_customer(post)
    assert [way.is_preferred for way in await ways_to_write(post.hub, MEI)] == [False, False]
    fact = InboundFact(
        channel="email", account="service@bank.example", address="mei@mail.example",
        text="agent please", key="in-by-mail",
    )  # fmt: skip
    posted = await receive(post.hub, fact)
    await post.world.settle()
    await post.hub.journal.run(lambda: _known(posted.contact_id))
    assert [way.channel for way in await ways_to_write(post.hub, MEI)] == ["email", "sms"]


def _known(contact_id: str) -> Unit[None]:
    yield change(Contact, contact_id, customer_id=MEI)
