"""A supervisor sees which acts on the outside world were lost, and decides about each."""

from agent_console.console import Console
from agent_console.rights import WALLBOARD
from hub.journey import supervise
from hub.journey.notify import notice
from tests.integration.console.desk import FoldingPage, add_supervisor, fresh_state
from tests.integration.journey.test_notify import Carrier, outbox_of
from tests.support.world import World


async def test_lost_notices_call_until_somebody_decides(world: World, console: Console) -> None:
    await add_supervisor(world)
    rosa = FoldingPage(console, "rosa", WALLBOARD)
    await rosa.hello()
    carrier = Carrier([ConnectionResetError()])
    object.__setattr__(world.hub, "notify", carrier)
    unknown = await _ask(world)
    outbox = outbox_of(world.hub)
    await outbox.act_due()
    await rosa.caught_up()
    alert = rosa.state["alerts"][f"effect_unknown:{unknown}"]
    assert (alert["action"], alert["ref"], alert["topic"]) == ("retry", unknown, "notify")
    assert rosa.state == await fresh_state(rosa)
    await supervise.drop_effect(world.hub, "rosa", effect_id=unknown)
    await rosa.caught_up()
    assert lost(rosa) == []

    carrier.failures = [ConnectionResetError()]
    again = await _ask(world)
    await outbox.act_due()
    await rosa.caught_up()
    assert lost(rosa) == [f"effect_unknown:{again}"]
    await supervise.retry_effect(world.hub, "rosa", effect_id=again)
    await outbox.act_due()
    await rosa.caught_up()
    assert lost(rosa) == []
    assert [one.key for one in carrier.given] == [unknown, again, again]


def lost(page: FoldingPage) -> list[str]:
    """The alerts about effects."""
    return [key for key in page.state["alerts"] if key.startswith("effect_")]


async def _ask(world: World) -> str:
    return await world.hub.journal.run(
        lambda: notice(
            world.hub, to_kind="sms", to="+1", language="en", text="x", purpose="receipt",
            about="con_1",
        )
    )  # fmt: skip
