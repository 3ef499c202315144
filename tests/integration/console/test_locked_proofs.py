"""A locked proof calls a supervisor, who releases it from the wallboard."""

from typing import Any

from agent_console.console import Console
from agent_console.rights import WALLBOARD
from hub.journey.contact_row import load_contact
from hub.journey.identity.misses import add_miss, hold_misses
from hub.journey.identity.release import release_lock
from hub.store.unit import Unit
from tests.integration.console.desk import FoldingPage, add_supervisor, fresh_state
from tests.integration.finding.people import LIN, SUE, add, guest_in_hand, put_in_hand
from tests.support.world import World


async def miss(world: World, contact_id: str) -> None:
    """One wrong answer in the Contact."""
    hub = world.hub

    def unit() -> Unit[None]:
        contact = yield from load_contact(contact_id)
        at = hub.clock.now()
        misses = yield from hold_misses(hub, contact.customer_id or "", at)
        yield from add_miss(hub, contact, misses, method="code", by="amy", at=at)

    await hub.journal.run(unit)


def locks(page: FoldingPage) -> list[dict[str, Any]]:
    return [one for one in page.state["alerts"].values() if one["kind"] == "proof_locked"]


async def locked(world: World, console: Console) -> tuple[FoldingPage, str]:
    await add_supervisor(world)
    rosa = FoldingPage(console, "rosa", WALLBOARD)
    await rosa.hello()
    contact = await guest_in_hand(world, "amy")
    await put_in_hand(world, contact, await add(world, "1001", LIN))
    for _ in range(world.hub.settings.proof.misses_allowed):
        await rosa.caught_up()
        assert locks(rosa) == []
        await miss(world, contact)
    await rosa.caught_up()
    return rosa, contact


async def test_it_calls_and_is_released(world: World, console: Console) -> None:
    rosa, contact = await locked(world, console)
    [alert] = locks(rosa)
    until = world.clock.now() + world.hub.settings.proof.lock_seconds
    assert (alert["action"], alert["contact_id"], alert["agent_id"]) == ("release", contact, "amy")
    assert (alert["since"], alert["value"]) == (world.clock.now(), until)
    assert rosa.state["alerts"] == (await fresh_state(rosa))["alerts"]
    await release_lock(world.hub, SUE, contact_id=contact, reason="known by voice")
    await rosa.caught_up()
    assert locks(rosa) == []


async def test_it_ends_by_itself(world: World, console: Console) -> None:
    rosa, _ = await locked(world, console)
    assert locks(rosa)
    await world.clock.advance(world.hub.settings.proof.lock_seconds + 1)
    await rosa.caught_up()
    assert locks(rosa) == []
