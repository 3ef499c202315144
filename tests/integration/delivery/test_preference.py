"""The channel a customer asks for: noted with their words, shown, and used from then on."""

import json
from collections.abc import Collection

import pytest

from agent_console.reading.contacts import load_contacts
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.notice import Notice, NoticeKind
from hub.domain.outbound import WrittenAccount
from hub.journey.context import Viewer
from hub.journey.delivery.preference import prefer_channel
from hub.journey.delivery.start import ways_to_write
from hub.journey.outside import tell_outside
from hub.journey.record import screen_pop
from hub.security.roles import Role
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, Customer, Effect
from hub.store.unit import Unit
from tests.integration.delivery.letters_of import MEI, add_customer
from tests.support.letters import FakeWriter, Post

SAID = "Please write, I cannot talk at work"
AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))


class Carrier:
    """Carries both kinds of Notices."""

    kinds: Collection[NoticeKind] = frozenset(("sms", "email"))
    honours_key = True

    async def send(self, notice: Notice) -> None:
        """Take it."""


class Mailer(FakeWriter):
    """Mail beside the texts."""

    name = "email"


async def known(post: Post) -> str:
    """Amara talks with Mei, who is known; returns the Contact."""
    mailer = Mailer()
    mailer.accounts = [WrittenAccount(id="service@bank.example", name={"en": "Bank"})]
    post.hub.writers.add(mailer)
    posted = await post.talking()
    await add_customer(post)

    def unit() -> Unit[None]:
        yield change(Contact, posted.contact_id, customer_id=MEI, identity_level=1)

    await post.hub.journal.run(unit)
    return posted.contact_id


async def prefer(post: Post, contact_id: str, channel: str | None, words: str = SAID) -> bool:
    return await prefer_channel(
        post.hub, "amara", contact_id=contact_id, channel=channel, words=words
    )


async def test_it_is_noted_with_the_customers_words_and_shown(post: Post) -> None:
    contact_id = await known(post)
    assert await prefer(post, contact_id, "email", f"{SAID} 4111 1111 1111 1111")
    assert not await prefer(post, contact_id, "email")
    pop = await screen_pop(post.hub, contact_id, AMARA)
    shown = pop["customer"]["preference"]
    assert (shown["channel"], shown["by"]["en"]) == ("email", "amara")
    assert shown["words"].startswith(SAID)
    assert "4111 1111" not in shown["words"]
    rows = await post.hub.reader.rows(find(Customer, "preference_sealed", id=MEI))
    assert SAID.encode() not in rows[0][0]
    kept = await post.hub.reader.rows(find(AuditEntry, "subject", action="channel_preferred"))
    assert kept == [(MEI,)]
    changed = [e for e in await post.world.events() if type(e).__name__ == "CustomerRecordChanged"]
    assert [getattr(e, "contact_ids", ()) for e in changed] == [(contact_id,)]
    assert await prefer(post, contact_id, None, "Either is fine")
    pop = await screen_pop(post.hub, contact_id, AMARA)
    assert pop["customer"]["preference"] is None
    assert contact_id in await load_contacts(post.hub, [contact_id])


async def test_a_new_message_begins_with_it(post: Post) -> None:
    contact_id = await known(post)
    for channel in ("email", "sms"):
        await prefer(post, contact_id, channel)
        ways = await ways_to_write(post.hub, MEI)
        assert (ways[0].channel, ways[0].is_preferred) == (channel, True)
    await prefer(post, contact_id, "phone")
    assert not any(way.is_preferred for way in await ways_to_write(post.hub, MEI))


@pytest.mark.parametrize(("channel", "kind"), [("email", "email"), ("sms", "sms"), (None, "sms")])
async def test_notices_go_there(post: Post, channel: str | None, kind: str) -> None:
    contact_id = await known(post)
    object.__setattr__(post.hub, "notify", Carrier())
    if channel:
        await prefer(post, contact_id, channel)

    def unit() -> Unit[None]:
        yield from tell_outside(
            post.hub, customer_id=MEI, language="en", text="News", about=contact_id
        )

    await post.hub.journal.run(unit)
    rows = await post.hub.reader.rows(find(Effect, "id", "payload_sealed", kind="notify"))
    told = [post.hub.vault.open(sealed, "effect", "payload", key) for key, sealed in rows]
    assert [json.loads(one)["to_kind"] for one in told] == [kind]


async def test_who_may_say_so_and_what_is_needed(post: Post) -> None:
    contact_id = await known(post)
    for channel, words in (("pigeon", SAID), ("email", " "), ("email", "x" * 301)):
        with pytest.raises(Invalid):
            await prefer(post, contact_id, channel, words)
    await post.world.add_agent("ben")
    with pytest.raises(Forbidden):
        await prefer_channel(post.hub, "ben", contact_id=contact_id, channel="email", words=SAID)
    stranger = await post.writes("agent please", customer="+447700900001")

    def unit() -> Unit[None]:
        yield change(Contact, stranger.contact_id, owner_agent_id="amara")

    await post.hub.journal.run(unit)
    with pytest.raises(Refused, match="no_customer"):
        await prefer(post, stranger.contact_id, "email")
