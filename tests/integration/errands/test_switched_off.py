"""A supervisor switches things off: at once, for both engines, honestly told, audited."""

from dataclasses import replace

import pytest

from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.context import Hub
from hub.journey.errands.run import run_errand
from hub.journey.floor import switches
from hub.journey.floor.switched_off import switched_off_now
from hub.journey.floor.switches import NewSwitch
from hub.journey.self_serve import front_of
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.errands.assistant_world import Visitor
from tests.support.world import World

only_rules = pytest.mark.parametrize("engine", ["rules"], indirect=True)
PARTS = {"matters": ("balance", "complaint"), "channels": ("web_chat", "sms", "phone")}


@pytest.fixture
def hub(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """The hub, whose assistant says what can be switched off, as the front door does."""
    for name, value in PARTS.items():
        monkeypatch.setattr(visitor.talks.hub.self_service, name, value, raising=False)
    return visitor.talks.hub


def switch(world: World, kind: str, name: str = "", **more: str) -> NewSwitch:
    until_at = world.clock.now() + 600
    return NewSwitch(kind=kind, name=name, reason="core is slow", until_at=until_at, **more)


async def test_an_intent_is_off_at_once_and_on_again(
    visitor: Visitor, world: World, hub: Hub
) -> None:
    await visitor.come(level=2)
    switch_id = await switches.switch_off(hub, "chidi", switch(world, "intent", "balance"))
    assert "switched off" in await visitor.say("balance please")
    assert (await visitor.row("state"))[0] == "in_self_service"
    await switches.switch_on(hub, "chidi", switch_id=switch_id)
    assert "10.00 CNY" in await visitor.say("balance please")
    done = await hub.reader.rows(find(AuditEntry, "action", "reason", subject=switch_id))
    assert [tuple(one) for one in done] == [("switched_off", "core is slow"), ("switched_on", "")]


@only_rules
async def test_an_errand_is_refused_where_it_is_run(
    visitor: Visitor, world: World, hub: Hub
) -> None:
    """Whatever engine or flow asks for it."""
    await visitor.come(level=2)
    front = await front_of(hub, visitor.contact_id)
    await switches.switch_off(hub, "chidi", switch(world, "errand", "balance", channel="sms"))
    assert (await run_errand(hub, front, "balance", {}))["ok"] == "yes"
    await switches.switch_off(hub, "chidi", switch(world, "errand", "balance"))
    assert (await run_errand(hub, front, "balance", {}))["code"] == "switched_off"
    assert "switched off" in await visitor.say("balance please")


@only_rules
async def test_the_whole_assistant_is_off_on_one_channel(
    visitor: Visitor, world: World, hub: Hub
) -> None:
    await visitor.come(level=2)
    await visitor.say("I want to complain")
    await switches.switch_off(hub, "chidi", switch(world, "assistant", channel="web_chat"))
    assert "switched off" in await visitor.say("Nobody called me back")
    assert (await visitor.row("state", "queue_id")) == ("queued", "cards")
    later = await world.customer_says(None, visitor="later")
    assert later.contact_id is not None
    assert (await front_of(hub, later.contact_id)).off.everything


@only_rules
async def test_it_ends_by_itself(visitor: Visitor, world: World, hub: Hub) -> None:
    new = replace(switch(world, "intent", "balance"), until_at=world.clock.now() + 60)
    await switches.switch_off(hub, "chidi", new)
    with pytest.raises(Refused, match="already_off"):
        await switches.switch_off(hub, "chidi", new)
    assert [one.reason for one in await switched_off_now(hub)] == ["core is slow"]
    await world.pass_time(61)
    assert await switched_off_now(hub) == []
    await switches.switch_off(hub, "chidi", switch(world, "intent", "balance"))


@only_rules
async def test_what_cannot_be_off_is_refused(visitor: Visitor, world: World, hub: Hub) -> None:
    for new in (
        switch(world, "intent", "human"),
        switch(world, "errand", "send_code"),
        switch(world, "everything"),
        switch(world, "assistant", channel="email"),
        replace(switch(world, "assistant"), reason=" "),
        replace(switch(world, "assistant"), until_at=world.clock.now() + 8 * 86_400),
    ):
        with pytest.raises(Invalid):
            await switches.switch_off(hub, "chidi", new)
    with pytest.raises(NotFound):
        await switches.switch_on(hub, "chidi", switch_id="swi_unknown")
