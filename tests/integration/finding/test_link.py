import pytest

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.finding.link import link, undo, unlink
from hub.journey.finding.prospect import create_prospect
from hub.journey.finding.search import search
from hub.journey.record import screen_pop
from hub.store.rows import change, find
from hub.store.tables import Contact, Conversation, Customer
from tests.integration.finding.people import (
    AMY,
    BOB,
    LIN,
    SUE,
    add,
    audit_of,
    column,
    guest_in_hand,
)
from tests.support.units import write
from tests.support.world import World

ALL = ("customer_id", "segment", "identity_level", "identity_proof", "identity_proved_at")


async def test_linked_by_judgement_is_a_claim_and_audited(world: World) -> None:
    lin, contact = await add(world, "1", LIN), await guest_in_hand(world, "amy")
    await link(world.hub, AMY, contact_id=contact, customer_id=lin, how="said_name")
    assert (await column(world, contact, *ALL))[:4] == (lin, "premier", 1, "agent")
    pop = await screen_pop(world.hub, contact, AMY)
    assert (pop["customer"]["id"], pop["identity"]["level"]) == (lin, 1)
    assert pop["accounts"] == []
    assert [row[:2] for row in await audit_of(world, "customer_linked")] == [(lin, "amy")]
    assert "CustomerLinked" in await world.kinds()
    rows = await world.hub.reader.rows(find(Conversation, "customer_id"))
    assert {row[0] for row in rows} == {None}, "a judgement does not outlive its Contact"


async def test_unlinked_and_both_undone_exactly(world: World) -> None:
    lin, contact = await add(world, "1", LIN), await guest_in_hand(world, "amy")
    guest = await column(world, contact, *ALL)
    first = await link(world.hub, AMY, contact_id=contact, customer_id=lin, how="recognised")
    linked = await column(world, contact, *ALL)
    second = await unlink(world.hub, AMY, contact_id=contact)
    assert await column(world, contact, *ALL) == guest
    await undo(world.hub, AMY, link_id=second)
    assert await column(world, contact, *ALL) == linked
    await undo(world.hub, AMY, link_id=first)
    assert await column(world, contact, *ALL) == guest
    with pytest.raises(Refused, match="undo_over"):
        await undo(world.hub, AMY, link_id=first)


async def test_a_minute_later_it_is_too_late(world: World) -> None:
    lin, contact = await add(world, "1", LIN), await guest_in_hand(world, "amy")
    link_id = await link(world.hub, AMY, contact_id=contact, customer_id=lin, how="recognised")
    await world.clock.advance(61)
    with pytest.raises(Refused, match="undo_over"):
        await undo(world.hub, AMY, link_id=link_id)
    await unlink(world.hub, AMY, contact_id=contact)


async def test_a_proof_is_not_taken_back(world: World) -> None:
    lin, contact = await add(world, "1", LIN), await guest_in_hand(world, "amy")
    link_id = await link(world.hub, AMY, contact_id=contact, customer_id=lin, how="gave_number")
    await world.hub.journal.run(write(change(Contact, contact, identity_level=2)))
    with pytest.raises(Refused, match="proved_already"):
        await unlink(world.hub, AMY, contact_id=contact)
    with pytest.raises(Refused, match="undo_over"):
        await undo(world.hub, AMY, link_id=link_id)


async def test_what_cannot_be_linked(world: World) -> None:
    lin, contact = await add(world, "1", LIN), await guest_in_hand(world, "amy")
    staff = await add(world, "2", LIN, warnings='["staff_record"]')
    hub = world.hub
    with pytest.raises(Refused, match="not_your_contact"):
        await link(hub, BOB, contact_id=contact, customer_id=lin, how="recognised")
    with pytest.raises(Forbidden):
        await link(hub, AMY, contact_id=contact, customer_id=staff, how="recognised")
    with pytest.raises(NotFound):
        await link(hub, AMY, contact_id=contact, customer_id="cus_none", how="recognised")
    with pytest.raises(Invalid):
        await link(hub, AMY, contact_id=contact, customer_id=lin, how="guess")
    link_id = await link(hub, AMY, contact_id=contact, customer_id=lin, how="recognised")
    with pytest.raises(Refused, match="linked_already"):
        await link(hub, AMY, contact_id=contact, customer_id=lin, how="recognised")
    with pytest.raises(NotFound):
        await undo(hub, SUE, link_id=link_id)


async def test_a_prospect_is_made_and_found(world: World) -> None:
    fields = {"name": "Nora  Quist", "name_zh": "", "phone": "+47 912 34 567", "email": ""}
    made, known = await create_prospect(world.hub, AMY, fields, language="en")
    assert known == []
    assert made is not None
    found = (await search(world.hub, AMY, "quist 91234567"))["customers"]
    assert [(one["id"], one["lifecycle"]) for one in found] == [(made, "prospect")]
    rows = await world.hub.reader.rows(find(Customer, "number", id=made))
    assert rows[0][0].startswith("P-")


async def test_who_looks_known_is_listed_and_never_doubled_unasked(world: World) -> None:
    lin = await add(world, "1", LIN)
    fields = {"name": "L. Wei", "phone": LIN["phone"], "email": LIN["email"]}
    assert await create_prospect(world.hub, AMY, fields, language="zh") == (None, [lin])
    made, known = await create_prospect(world.hub, AMY, fields, language="zh", anyway=True)
    assert made is not None
    assert known == []


@pytest.mark.parametrize(
    "fields",
    [{"name": " "}, {"name": "A", "phone": "12"}, {"name": "A", "email": "a b"},
     {"name": "x" * 121}],
)  # fmt: skip
async def test_a_prospect_that_is_none(world: World, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        await create_prospect(world.hub, AMY, fields, language="en")
