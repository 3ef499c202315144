"""Secrets are caught on both sides: the customer's is stored masked, the agent's is not sent."""

import pytest

from hub.domain.errors import Refused
from hub.journey import answer
from hub.journey.converse import note, say
from hub.journey.guarding import Guard
from hub.journey.messages import Posted, messages_of
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.journey.test_split_cards import type_in
from tests.support.world import World

PERSON_ID = "110101199003078515"


async def talk(world: World, **more: str) -> Posted:
    """A customer in a talk with Amara."""
    first = await world.customer_says("agent", **more)
    await world.add_agent("amara", skills='[["lang:en", 5], ["lang:zh", 5]]')
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    return first


async def words(world: World, conversation_id: str, speaker: str) -> list[str]:
    """What one side has said."""
    found = await messages_of(world.hub, conversation_id)
    return [one.body["text"] for one in found if one.speaker == speaker and one.kind == "text"]


@pytest.mark.parametrize(
    ("language", "said", "stored", "told"),
    [
        ("en", f"my ID is {PERSON_ID}", "my ID is ••••••", "an identity number"),
        ("en", "password: hunter2", "password: ••••••", "a password"),
        ("zh", "密码是123456", "密码是••••••", "密码"),
        ("en", "the code is 4819", "the code is ••••••", "a code"),
        ("en", "4111 1111 1111 1111", "•••• 1111", "a card number"),
    ],
)
async def test_the_customers_secret_is_masked_and_the_customer_told(
    world: World, language: str, said: str, stored: str, told: str
) -> None:
    first = await talk(world, language=language)
    await type_in(world, first, said)
    assert (await words(world, first.conversation_id, "customer"))[-1] == stored
    assert told in (await words(world, first.conversation_id, "system"))[-1]


async def test_a_first_word_by_any_channel_is_masked_too(world: World) -> None:
    first = await world.customer_says("my pin is 4821")
    assert await words(world, first.conversation_id, "customer") == ["my pin is ••••••"]
    assert "a password or PIN" in (await words(world, first.conversation_id, "system"))[0]


async def test_ordinary_words_bring_no_notice(world: World) -> None:
    first = await talk(world)
    await type_in(world, first, "order 20240501123456, call 13812345678")
    assert await words(world, first.conversation_id, "system") == []


@pytest.mark.parametrize("secret", ["4111 1111 1111 1111", "the password is hunter2", PERSON_ID])
async def test_the_agents_secret_is_not_sent(world: World, secret: str) -> None:
    first = await talk(world)
    with pytest.raises(Refused) as refused:
        await say(world.hub, "amara", contact_id=first.contact_id, key="key-00001", text=secret)
    assert refused.value.code == "secret_in_text"
    assert refused.value.detail in {"card", "password", "person_id"}
    with pytest.raises(Refused, match="secret_in_text"):
        await note(world.hub, "amara", contact_id=first.contact_id, key="key-00002", text=secret)
    assert await words(world, first.conversation_id, "agent") == []
    # Corrected, it goes out under the same key.
    await say(world.hub, "amara", contact_id=first.contact_id, key="key-00001", text="Hello")
    assert await words(world, first.conversation_id, "agent") == ["Hello"]


async def test_an_identity_number_goes_out_when_the_agent_is_sure_and_is_audited(
    world: World,
) -> None:
    first = await talk(world)
    key = "key-00001"
    await say(
        world.hub,
        "amara",
        contact_id=first.contact_id,
        key=key,
        text=PERSON_ID,
        sure=[Guard.SECRET],
    )
    assert await words(world, first.conversation_id, "agent") == [PERSON_ID]
    rows = await world.hub.reader.rows(find(AuditEntry, "details", action="guard_overruled"))
    assert len(rows) == 1
    assert PERSON_ID not in str(rows)


@pytest.mark.parametrize("secret", ["4111 1111 1111 1111", "my pin is 4821"])
async def test_nothing_lets_cards_and_passwords_through(world: World, secret: str) -> None:
    first = await talk(world)
    with pytest.raises(Refused, match="secret_in_text"):
        await say(
            world.hub,
            "amara",
            contact_id=first.contact_id,
            key="key-00001",
            text=secret,
            sure=list(Guard),
        )
