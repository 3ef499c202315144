"""A transfer that nobody answers goes back to its sender; a change of language finds a speaker."""

import pytest

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ContactQueued, LanguageSwitched
from hub.journey import answer, language, presence
from hub.journey.messages import messages_of
from hub.journey.transfer import transfer
from hub.store.rows import find
from hub.store.tables import Contact, Conversation
from tests.support.world import World

BEN_HAS_ROOM_FOR = 3
BOTH = '[["lang:en", 5], ["lang:zh", 5]]'


async def take(world: World, agent_id: str, visitor: str = "visitor-1") -> str:
    """Give the agent the talk of a customer; returns the Contact."""
    posted = await world.customer_says("agent", visitor=visitor)
    await accept(world, agent_id)
    return posted.contact_id


async def accept(world: World, agent_id: str) -> None:
    """Take the offer that is out."""
    offer = await world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(world.hub, agent_id, offer)
    await world.settle()


async def where(world: World, contact_id: str, *columns: str) -> tuple[object, ...]:
    """Columns of a Contact."""
    rows = await world.hub.reader.rows(find(Contact, *columns, id=contact_id))
    return rows[0]


async def lines(world: World, contact_id: str) -> list[str]:
    """The codes of event lines."""
    (conversation,) = await where(world, contact_id, "conversation_id")
    found = await messages_of(world.hub, str(conversation))
    return [one.body["event"] for one in found if one.kind == "event"]


@pytest.mark.parametrize("how", ["missed", "declined", "no room"])
async def test_an_unanswered_transfer_comes_back_to_its_sender(world: World, how: str) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara")
    started = await where(world, contact, "queued_at")
    await world.add_agent("ben")
    if how == "no room":
        for n in range(BEN_HAS_ROOM_FOR):
            await presence.set_presence(world.hub, "amara", presence="break")
            await take(world, "ben", f"other-{n}")
        await presence.set_presence(world.hub, "amara", presence="available")
    await transfer(world.hub, "amara", contact_id=contact, agent_to="ben", note="please")
    await world.settle()
    offer = await world.offer_of("ben")
    assert (offer is None) == (how == "no room")
    if how == "declined":
        assert offer is not None
        await answer.decline(world.hub, "ben", offer, reason="busy")
        await world.settle()
    while "transfer_returned" not in await lines(world, contact):
        await world.pass_time(1)
    assert await where(world, contact, "state", "target_agent_id") == ("reserved", "amara")
    assert await where(world, contact, "queued_at") == started
    await accept(world, "amara")
    assert await where(world, contact, "owner_agent_id", "transferred_by") == ("amara", None)


async def test_an_answered_transfer_stays(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara")
    await world.add_agent("ben")
    await transfer(world.hub, "amara", contact_id=contact, agent_to="ben", note="")
    await world.settle()
    await accept(world, "ben")
    await world.pass_time(30)
    assert await where(world, contact, "owner_agent_id", "transferred_by") == ("ben", None)
    assert "transfer_returned" not in await lines(world, contact)


async def test_a_sender_who_has_left_does_not_hold_it_up(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara")
    await world.add_agent("ben")
    await transfer(world.hub, "amara", contact_id=contact, agent_to="ben", note="")
    await presence.set_presence(world.hub, "amara", presence="offline")
    await world.add_agent("chidi")
    while await world.offer_of("chidi") is None:
        await world.pass_time(1)
    await accept(world, "chidi")
    assert await where(world, contact, "owner_agent_id") == ("chidi",)


async def test_an_agent_who_speaks_both_goes_on(world: World) -> None:
    await world.add_agent("amara", skills=BOTH)
    contact = await take(world, "amara")
    switch = language.switch_language
    moved = await switch(world.hub, "amara", contact_id=contact, language="zh")
    assert not moved
    assert await where(world, contact, "state", "language") == ("assigned", "zh")
    assert not await switch(world.hub, "amara", contact_id=contact, language="zh")
    assert (await lines(world, contact)).count("language_switched") == 1
    with pytest.raises(Invalid):
        await switch(world.hub, "amara", contact_id=contact, language="fr")


async def test_who_lacks_the_language_hands_over_with_summary_and_place(world: World) -> None:
    await world.add_agent("amara")
    contact = await take(world, "amara")
    started = await where(world, contact, "queued_at")
    await world.add_agent("mei", skills=BOTH)
    assert await language.switch_language(
        world.hub, "amara", contact_id=contact, language="zh", note="Lost card, is proved."
    )
    await world.settle()
    queued = [event for event in await world.events() if isinstance(event, ContactQueued)][-1]
    assert {need.skill for need in queued.requirements} == {"lang:zh"}
    assert (queued.queued_at,) == started
    sealed = (await where(world, contact, "transfer_note_sealed"))[0]
    assert isinstance(sealed, bytes)
    note = world.hub.vault.open(sealed, "contact", "transfer_note", contact)
    assert note == "Lost card, is proved."
    await accept(world, "mei")
    assert await where(world, contact, "owner_agent_id") == ("mei",)
    with pytest.raises(Refused):
        await language.switch_language(world.hub, "amara", contact_id=contact, language="en")


async def test_the_customer_switches_while_waiting_and_keeps_the_place(world: World) -> None:
    await world.add_agent("amara")
    posted = await world.customer_says("agent")
    started = await where(world, posted.contact_id, "queued_at")
    assert await world.offer_of("amara") is not None
    of = {"conversation_id": posted.conversation_id}
    assert await language.customer_switches(world.hub, **of, language="zh")
    await world.settle()
    assert await world.offer_of("amara") is None
    assert await where(world, posted.contact_id, "queued_at") == started
    await world.add_agent("mei", skills=BOTH)
    await world.settle()
    await accept(world, "mei")
    told = [event for event in await world.events() if isinstance(event, LanguageSwitched)]
    assert [(one.language, one.by) for one in told] == [("zh", "customer")]
    assert not await language.customer_switches(world.hub, **of, language="zh")
    rows = await world.hub.reader.rows(find(Conversation, "language", id=posted.conversation_id))
    assert rows == [("zh",)]
