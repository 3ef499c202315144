"""Colleagues: mentions with notice, notes of the team on a customer."""

import pytest

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import Mentioned
from hub.journey import answer, presence, team_notes
from hub.journey.context import Viewer
from hub.journey.converse import note
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import AuditEntry, CustomerNote, Participant, Task
from tests.integration.journey.test_outcomes import make_known
from tests.support.world import World

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
BEN = Viewer(user_id="ben", roles=frozenset({Role.AGENT}))
CHIDI = Viewer(user_id="chidi", roles=frozenset({Role.SUPERVISOR}))


async def talk(world: World) -> str:
    """A customer in a talk with Amara, while Ben is on a break."""
    posted = await world.customer_says("agent")
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await world.add_agent("ben")
    await presence.set_presence(world.hub, "ben", presence="break")
    return posted.contact_id


async def test_a_mentioned_colleague_is_told_and_may_read_the_talk(world: World) -> None:
    contact = await talk(world)
    on = {"contact_id": contact, "key": "key-00001"}
    posted = await note(world.hub, "amara", **on, text="@ben please look", mentions=("ben", "ben"))
    await world.settle()
    told = [event for event in await world.events() if isinstance(event, Mentioned)]
    assert [(one.by, one.user_ids, one.seq) for one in told] == [("amara", ("ben",), posted.seq)]
    rows = await world.hub.reader.rows(find(Participant, "agent_id", "role", contact_id=contact))
    assert rows == [("ben", "consulted")]


async def test_who_is_not_there_finds_a_task(world: World) -> None:
    contact = await talk(world)
    await presence.set_presence(world.hub, "ben", presence="offline")
    on = {"contact_id": contact, "key": "key-00001"}
    await note(world.hub, "amara", **on, text="@ben please look", mentions=("ben",))
    rows = await world.hub.reader.rows(find(Task, "owner_id", "contact_id", "created_by"))
    assert rows == [("ben", contact, "amara")]
    assert await world.hub.reader.rows(find(Participant, "role", contact_id=contact)) == []


@pytest.mark.parametrize("mentions", [("nobody",), tuple(f"a{n}" for n in range(6))])
async def test_strange_mentions_are_refused(world: World, mentions: tuple[str, ...]) -> None:
    contact = await talk(world)
    with pytest.raises(Invalid):
        await note(
            world.hub, "amara", contact_id=contact, key="key-00001", text="hi", mentions=mentions
        )


async def test_notes_of_the_team_are_pinned_sealed_and_taken_off(world: World) -> None:
    hub, contact = world.hub, await talk(world)
    with pytest.raises(Refused, match="no_customer"):
        await team_notes.pin_note(hub, AMARA, contact_id=contact, text="Prefers letters")
    assert await team_notes.notes_of(hub, contact) == []
    await make_known(world, contact)
    first = await team_notes.pin_note(hub, AMARA, contact_id=contact, text="Prefers letters")
    await world.clock.advance(5)
    second = await team_notes.pin_note(hub, BEN, contact_id=contact, text="喜欢写信")
    found = await team_notes.notes_of(hub, contact)
    assert [(one["by"], one["text"]) for one in found] == [
        ("ben", "喜欢写信"), ("amara", "Prefers letters"),
    ]  # fmt: skip
    sealed = await hub.reader.rows(find(CustomerNote, "words_sealed", id=first))
    assert b"letters" not in sealed[0][0]
    with pytest.raises(Refused, match="not_your_note"):
        await team_notes.take_off_note(hub, BEN, contact_id=contact, note_id=first)
    await team_notes.take_off_note(hub, BEN, contact_id=contact, note_id=second)
    await team_notes.take_off_note(hub, CHIDI, contact_id=contact, note_id=first)
    assert await team_notes.notes_of(hub, contact) == []
    with pytest.raises(NotFound):
        await team_notes.take_off_note(hub, CHIDI, contact_id=contact, note_id=first)
    audit = await hub.reader.rows(find(AuditEntry, "action", "actor"))
    assert audit.count(("team_note_removed", "chidi")) == 1


async def test_no_secret_is_pinned_and_a_record_is_no_diary(world: World) -> None:
    hub, contact = world.hub, await talk(world)
    await make_known(world, contact)
    with pytest.raises(Refused, match="secret_in_text"):
        await team_notes.pin_note(hub, AMARA, contact_id=contact, text="her pin is 1234")
    for number in range(team_notes.NOTES_MAX):
        await team_notes.pin_note(hub, AMARA, contact_id=contact, text=f"note {number}")
    with pytest.raises(Refused, match="too_many_notes"):
        await team_notes.pin_note(hub, AMARA, contact_id=contact, text="one more")
