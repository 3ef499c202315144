"""A supervisor lends an agent a Queue or a Skill; who waited in vain is offered at once."""

import pytest

from hub.domain.errors import Invalid, NotFound
from hub.domain.events import AgentProfileSet
from hub.domain.routing import Requirement
from hub.journey import restore
from hub.journey.floor.assist import assist, end_assist
from hub.store.rows import find
from hub.store.tables import Assist, AuditEntry
from tests.support.world import World

ZH = Requirement("lang:zh", 3)
HOUR = 3_600.0


async def waits_for_chinese(world: World) -> None:
    await world.add_agent("amara")
    await world.customer_says("agent", language="zh")
    assert await world.offer_of("amara") is None
    assert world.routing.lacking("cards") == {(Requirement("lang:zh", 1),): 1}


async def acts(world: World) -> list[str]:
    rows = await world.hub.reader.rows(find(AuditEntry, "action", "actor"))
    return [f"{action} {actor}" for action, actor in rows]


async def test_who_waits_is_offered_as_soon_as_the_skill_is_lent(world: World) -> None:
    await waits_for_chinese(world)
    await assist(world.hub, "chidi", agent_id="amara", skills=(ZH,))
    await world.settle()
    assert await world.offer_of("amara") is not None
    assert world.routing.lacking("cards") == {}
    assert "assist_given chidi" in await acts(world)
    member = world.hub.staff.get("amara")
    assert member is not None
    assert ZH in member.profile.skills
    assert [one.skills for one in member.assists] == [(ZH,)]


async def test_it_ends_at_its_time_and_says_so(world: World) -> None:
    await world.add_agent("amara")
    await assist(
        world.hub, "chidi", agent_id="amara", skills=(ZH,), until_at=world.clock.now() + HOUR
    )
    await world.pass_time(HOUR - 10)
    assert (await world.kinds()).count("AgentProfileSet") == 1
    await world.pass_time(20)
    told = [e.profile for e in await world.events() if isinstance(e, AgentProfileSet)]
    assert [ZH in profile.skills for profile in told] == [True, False]
    assert "assist_ended system" in await acts(world)


async def test_taken_back_early_it_ends_once(world: World) -> None:
    await world.add_agent("amara")
    lent = await assist(world.hub, "chidi", agent_id="amara", skills=(ZH,))
    await end_assist(world.hub, "chidi", assist_id=lent)
    await end_assist(world.hub, "chidi", assist_id=lent)
    assert (await acts(world)).count("assist_ended chidi") == 1
    rows = await world.hub.reader.rows(find(Assist, "ended_by", id=lent))
    assert rows == [("chidi",)]
    member = world.hub.staff.get("amara")
    assert member is not None
    assert ZH not in member.profile.skills


async def test_of_two_that_overlap_the_other_goes_on_after_one_ends(world: World) -> None:
    await world.add_agent("amara")
    one = await assist(world.hub, "chidi", agent_id="amara", skills=(ZH,))
    await assist(world.hub, "dana", agent_id="amara", skills=(Requirement("lang:zh", 2),))
    await end_assist(world.hub, "chidi", assist_id=one)
    (*_, last) = [e.profile for e in await world.events() if isinstance(e, AgentProfileSet)]
    assert Requirement("lang:zh", 2) in last.skills


async def test_it_lasts_until_midnight_when_nothing_is_said_and_over_a_restart(
    world: World,
) -> None:
    await world.add_agent("amara")
    lent = await assist(world.hub, "chidi", agent_id="amara", queue_id="payments", skills=(ZH,))
    rows = await world.hub.reader.rows(find(Assist, "until_at", id=lent))
    assert rows[0][0] % 86_400 == 0
    assert 0 < rows[0][0] - world.clock.now() <= 86_400
    told = [e for e in await restore.routing_events(world.hub) if isinstance(e, AgentProfileSet)]
    assert ZH in told[0].profile.skills


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "nothing_lent"),
        ({"queue_id": "nowhere"}, "no_queue"),
        ({"skills": (Requirement("juggling"),)}, "no_skill"),
        ({"skills": (ZH,), "until_at": 1.0}, "bad_time"),
    ],
)
async def test_what_cannot_be_lent_is_refused(
    world: World, given: dict[str, object], code: str
) -> None:
    await world.add_agent("amara")
    with pytest.raises(Invalid) as refused:
        await assist(world.hub, "chidi", agent_id="amara", **given)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert await acts(world) == []


async def test_nobody_but_an_agent_can_help_out(world: World) -> None:
    with pytest.raises(NotFound):
        await assist(world.hub, "chidi", agent_id="ghost", queue_id="cards")
    assert await world.hub.reader.rows(find(Assist, "id")) == []
