"""The same matter by two channels is named to staff; by claim alone, and nothing else is told."""

import pytest

from hub.customers.profile import add_customer
from hub.domain.steps import InboundFact
from hub.journey.receive import receive
from hub.journey.written.twins import WITHIN_SECONDS, alike
from tests.support.letters import CUSTOMER, FakeWriter, Post

WORDS = "My card was taken by the machine in Harbour Street, please block it."


class Mailer(FakeWriter):
    """A second written channel."""

    name = "email"


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: the statements are plain."""
    return sqlite_url


async def _mei(post: Post) -> None:
    """A record with both addresses."""
    hub = post.hub
    profile = {"name": "Mei Tan", "phone": CUSTOMER, "email": "mei@mail.example"}
    await hub.journal.run(
        lambda: add_customer(
            hub.vault, hub.lookup, "cus_mei", number="90000001", profile=profile,
            segment="everyday", lifecycle="active", language="en", since_year=2019,
            created_at=hub.clock.now(),
        )
    )  # fmt: skip


async def _mail(post: Post, text: str, address: str) -> str:
    fact = InboundFact(
        channel="email", account="service@bank.example", address=address, text=text,
        key=post.hub.new_id("msg"),
    )  # fmt: skip
    return (await receive(post.hub, fact)).conversation_id


async def _lines(post: Post, conversation_id: str) -> int:
    said = await post.said(conversation_id)
    return sum(one.body.get("event") == "same_matter" for one in said)


async def test_a_mail_and_a_text_about_one_thing_know_of_each_other(post: Post) -> None:
    post.hub.writers.add(Mailer())
    await _mei(post)
    text = await post.writes(WORDS, customer=CUSTOMER)
    mail = await _mail(post, WORDS.replace("please ", ""), "mei@mail.example")
    assert await _lines(post, text.conversation_id) == 1
    assert await _lines(post, mail) == 1
    other = await _mail(post, WORDS, "somebody@mail.example")
    assert await _lines(post, other) == 0


async def test_another_matter_or_a_later_one_is_not_named(post: Post) -> None:
    post.hub.writers.add(Mailer())
    await _mei(post)
    text = await post.writes("How late are you open on Saturday?", customer=CUSTOMER)
    await post.world.clock.advance(WITHIN_SECONDS / 2)
    await _mail(post, WORDS, "mei@mail.example")
    assert await _lines(post, text.conversation_id) == 0


def test_likeness_serves_both_languages() -> None:
    assert alike(WORDS, WORDS.upper())
    assert alike("我的卡被机器吞了，请帮我挂失", "您好，我的卡被机器吞了，请帮我挂失。")
    assert not alike("我的卡被机器吞了，请帮我挂失", "请问今年的年费可以减免吗？")
    assert not alike("", "")
