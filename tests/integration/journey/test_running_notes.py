"""Notes of a running talk."""

import pytest

from hub.domain.errors import Invalid, Refused
from hub.journey import answer, close, wrap_up
from hub.journey.running_notes import keep_notes, kept_notes
from hub.store.rows import find
from hub.store.tables import Assignment
from tests.support.world import World


async def talk(world: World) -> str:
    """A customer in a talk with Amara."""
    posted = await world.customer_says("agent")
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    return posted.contact_id


async def test_notes_are_kept_sealed_while_the_talk_runs_and_stay_in_its_wrap_up(
    world: World,
) -> None:
    hub, contact = world.hub, await talk(world)
    at = await keep_notes(hub, "amara", contact_id=contact, text="Lost card in Lisbon")
    assert at == world.clock.now()
    await keep_notes(hub, "amara", contact_id=contact, text="卡丢在里斯本，4111 1111 1111 1111")
    assert "4111" not in await kept_notes(hub, "amara", contact)
    assert "里斯本" in await kept_notes(hub, "amara", contact)
    rows = await hub.reader.rows(find(Assignment, "notes_sealed", contact_id=contact))
    assert "里斯本".encode() not in rows[0][0]
    await close.close(hub, contact, by="amara", reason="agent_ended")
    await keep_notes(hub, "amara", contact_id=contact, text="Emergency cash arranged")
    await wrap_up.finish(hub, "amara", contact_id=contact, disposition="solved")
    rows = await hub.reader.rows(find(Assignment, "id", "notes_sealed", contact_id=contact))
    kept = hub.vault.open(rows[0][1], "assignment", "notes", rows[0][0])
    assert kept == "Emergency cash arranged"


async def test_only_who_has_it_in_hand_keeps_or_reads_notes(world: World) -> None:
    hub, contact = world.hub, await talk(world)
    await world.add_agent("ben")
    with pytest.raises(Refused, match="not_your_contact"):
        await keep_notes(hub, "ben", contact_id=contact, text="mine")
    await keep_notes(hub, "amara", contact_id=contact, text="hers")
    assert await kept_notes(hub, "ben", contact) == ""
    await keep_notes(hub, "amara", contact_id=contact, text="")
    assert await kept_notes(hub, "amara", contact) == ""


async def test_endless_notes_are_refused(world: World) -> None:
    contact = await talk(world)
    with pytest.raises(Invalid, match="notes_too_long"):
        await keep_notes(world.hub, "amara", contact_id=contact, text="x" * 100_000)
