"""Abuse and spam: warned, ended, blocked for a time, reviewed; no survey, no service level."""

from zoneinfo import ZoneInfo

import pytest

from hub.domain.errors import Invalid, Refused
from hub.domain.events import SurveyOffered
from hub.journey import abuse, answer
from hub.journey.messages import messages_of
from hub.journey.wrap_up import finish
from hub.reports.live import LiveCounters
from hub.reports.recount import recount
from hub.store.rows import find
from hub.store.tables import Assignment, AuditEntry, Contact
from tests.support.world import POLICY, World


async def talk(world: World, language: str = "en") -> tuple[str, str]:
    """A customer in a talk with Amara; returns Contact and Conversation."""
    first = await world.customer_says("agent", language=language)
    await world.add_agent("amara", skills='[["lang:en", 5], ["lang:zh", 5]]')
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    return first.contact_id, first.conversation_id


async def said(world: World, conversation: str, speaker: str) -> list[str]:
    """What one side has said."""
    found = await messages_of(world.hub, conversation)
    return [one.body["text"] for one in found if one.speaker == speaker and one.kind == "text"]


@pytest.mark.parametrize(("language", "word"), [("en", "polite"), ("zh", "文明")])
async def test_the_warning_is_in_the_customers_language(
    world: World, language: str, word: str
) -> None:
    contact, conversation = await talk(world, language)
    await abuse.warn(world.hub, "amara", contact_id=contact, key="key-00001")
    assert word in (await said(world, conversation, "agent"))[0]
    with pytest.raises(Refused):
        await abuse.warn(world.hub, "ben", contact_id=contact, key="key-00002")


async def test_it_ends_with_its_code_and_leaves_no_wrap_up_and_no_survey(world: World) -> None:
    contact, _ = await talk(world)
    await abuse.end_for(world.hub, "amara", contact_id=contact, code="spam", block_hours=0)
    await world.settle()
    rows = await world.hub.reader.rows(
        find(Contact, "state", "ending", "end_reason", "disposition", id=contact)
    )
    assert rows == [("closed", "handled", "spam", "spam")]
    open_rows = await world.hub.reader.rows(find(Assignment, "wrap_up", contact_id=contact))
    assert open_rows == [("done",)]
    assert not any(isinstance(event, SurveyOffered) for event in await world.events())
    with pytest.raises(Refused):
        await finish(world.hub, "amara", contact_id=contact, disposition="solved")
    await world.customer_says("I come back")  # not blocked


async def test_it_counts_in_no_service_level(world: World) -> None:
    contact, _ = await talk(world)
    await world.settle()
    zone = ZoneInfo("Asia/Shanghai")
    counters = LiveCounters(zone=zone, policy=POLICY)
    counters.apply_all(await world.events())
    assert counters.figures.total.answered == 1
    await abuse.end_for(world.hub, "amara", contact_id=contact, code="abuse", block_hours=0)
    await world.settle()
    counters = LiveCounters(zone=zone, policy=POLICY)
    counters.apply_all(await world.events())
    assert (counters.figures.total.answered, counters.figures.total.left) == (0, 1)
    assert counters.figures.total.service_level_ratio is None
    now = world.clock.now()
    assert counters.figures == recount(await world.events(), zone=zone, now=now, policy=POLICY)


async def test_a_blocked_address_opens_nothing_until_its_time_is_over(world: World) -> None:
    contact, conversation = await talk(world)
    await abuse.end_for(world.hub, "amara", contact_id=contact, code="abuse", block_hours=24)
    assert "call the number on your card" in (await said(world, conversation, "system"))[-1]
    with pytest.raises(Refused, match="address_blocked"):
        await world.customer_says("again")
    assert "again" not in await said(world, conversation, "customer")
    await world.customer_says("hello", visitor="somebody-else")
    await world.clock.advance(24 * 3600 + 1)
    await world.customer_says("sorry")


async def test_a_supervisor_lifts_or_confirms_a_block(world: World) -> None:
    contact, _ = await talk(world)
    await abuse.end_for(
        world.hub, "amara", contact_id=contact, code="spam", block_hours=168, reason="adverts"
    )
    (block,) = await abuse.blocks(world.hub)
    assert (block["reason"], block["by"], block["in_force"]) == ("spam", "amara", True)
    assert "address_id" not in block
    await abuse.review_block(world.hub, "chidi", block["id"], lift=False)
    with pytest.raises(Refused, match="address_blocked"):
        await world.customer_says("again")
    await abuse.review_block(world.hub, "chidi", block["id"], lift=True)
    await world.customer_says("again")
    with pytest.raises(Refused, match="block_over"):
        await abuse.review_block(world.hub, "chidi", block["id"], lift=True)
    audit = await world.hub.reader.rows(find(AuditEntry, "action", actor="chidi"))
    assert [row[0] for row in audit] == ["block_confirmed", "block_lifted"]


async def test_a_second_block_after_the_first_is_over(world: World) -> None:
    contact, _ = await talk(world)
    hub = world.hub
    await abuse.end_for(hub, "amara", contact_id=contact, code="abuse", block_hours=24)
    await world.clock.advance(25 * 3600)
    again = await world.customer_says("agent")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(hub, "amara", offer)
    await abuse.end_for(hub, "amara", contact_id=again.contact_id, code="abuse", block_hours=24)
    assert [one["in_force"] for one in await abuse.blocks(hub)] == [True, False]


async def test_only_known_codes_and_times(world: World) -> None:
    contact, _ = await talk(world)
    with pytest.raises(Invalid):
        await abuse.end_for(world.hub, "amara", contact_id=contact, code="rude", block_hours=0)
    with pytest.raises(Invalid):
        await abuse.end_for(world.hub, "amara", contact_id=contact, code="spam", block_hours=5)
