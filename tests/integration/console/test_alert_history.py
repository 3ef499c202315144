"""An alert is kept from its begin to its end, seen by anybody or not, taken on or not."""

from datetime import datetime

from agent_console.console import Console
from agent_console.rights import WALLBOARD
from agent_console.wallboard.board import UNSEEN_SECONDS
from hub.journey import participate, supervise
from hub.journey.floor.alert_spells import AlertSpellRead, Began, begin_and_end, spells_between
from hub.journey.pruning import ALERTS_KEPT_SECONDS, SUBJECT, keep_pruning, prune_some
from hub.store.rows import put
from hub.store.tables import AlertSpell, AlertTaken
from tests.integration.console.desk import SETUP, FoldingPage, add_supervisor, make_console
from tests.integration.console.served import Served
from tests.support.units import write
from tests.support.world import World

EVER = (0.0, 1e12)


async def ask_for_help(world: World) -> str:
    """A customer talks with Amara, who asks for help."""
    await world.add_agent("amara")
    await world.customer_says(None)
    contact_id = (await world.customer_says("an agent please")).contact_id
    await supervise.take_over(world.hub, "amara", contact_id=contact_id)
    await participate.ask_help(world.hub, "amara", contact_id=contact_id)
    return contact_id


async def look(console: Console) -> list[AlertSpellRead]:
    """Let the board look as it does in time, and read what it kept."""
    await console.hub.journal.caught_up()
    await console.worker.work()
    await console.worker.tick()
    await console.board.spells.write()
    spells = await spells_between(console.hub, *EVER)
    return [one for one in spells if one.alert_id.startswith("help_asked")]


async def test_kept_while_nobody_looks(world: World, console: Console) -> None:
    contact_id = await ask_for_help(world)
    began_at = world.clock.now()
    assert await look(console) == [], "nobody looks, and it is not time yet"
    await world.clock.advance(UNSEEN_SECONDS)
    alert_id = f"help_asked:{contact_id}"
    kept = AlertSpellRead(alert_id, "cards", "amara", contact_id, began_at, None)
    assert await look(console) == [kept]
    await supervise.join(world.hub, "rosa", contact_id=contact_id)
    await world.clock.advance(UNSEEN_SECONDS)
    assert await look(console) == [kept._replace(ended_at=world.clock.now())]


async def test_two_nodes_and_a_restart_keep_one_spell(world: World, console: Console) -> None:
    await add_supervisor(world)
    await ask_for_help(world)
    await FoldingPage(console, "rosa", WALLBOARD).hello()
    (kept,) = await look(console)
    other = make_console(world.hub)
    for event in await world.events():
        other.needs.concerns.apply(event)
    await FoldingPage(other, "rosa", WALLBOARD).hello()
    assert await look(other) == [kept]
    forgetful = make_console(world.hub)  # was not there when help came: it must end what is open
    await FoldingPage(forgetful, "rosa", WALLBOARD).hello()
    assert [one.ended_at for one in await look(forgetful)] == [world.clock.now()]


async def test_alerts_of_a_year_ago_go_at_night(world: World) -> None:
    now = world.clock.now()
    long_ago = now - ALERTS_KEPT_SECONDS
    await begin_and_end(world.hub, [Began("long_wait:cards", long_ago)], [])
    await begin_and_end(world.hub, [], ["long_wait:cards"])
    await begin_and_end(world.hub, [Began("long_wait:cards", now), Began("long_wait:x", 1.0)], [])
    await keep_pruning(world.hub)
    await world.clock.advance(2 * 86_400)
    await prune_some(world.hub, SUBJECT)
    left = {(one.alert_id, one.began_at) for one in await spells_between(world.hub, *EVER)}
    assert left == {("long_wait:cards", now), ("long_wait:x", 1.0)}, "what still calls stays"


async def test_the_history_of_a_day_tells_who_took_it_on(served: Served) -> None:
    rosa = await served.signed_in("rosa", "supervisor")
    world = served.world
    empty = (await rosa.http.get("/api/alerts?day=2000-01-01")).json()
    assert (empty["alerts"], empty["cut"]) == ([], False)
    at = world.clock.now() - 3 * 86_400
    rows = write(
        put(AlertSpell, id="s1", alert_id="long_wait:cards", began_at=at, ended_at=at + 20),
        put(AlertSpell, id="s2", alert_id="over_break:amara", began_at=at + 5, ended_at=at + 6),
        put(AlertTaken, id="t1", alert_id="long_wait:cards", severity=0, by="rosa", at=at + 10),
        put(AlertTaken, id="t2", alert_id="long_wait:cards", severity=0, by="rosa", at=at + 30),
    )
    await world.hub.journal.run(rows)
    day = datetime.fromtimestamp(at, SETUP.zone).date().isoformat()
    told = (await rosa.http.get(f"/api/alerts?day={day}")).json()["alerts"]
    assert [one["kind"] for one in told] == ["over_break", "long_wait"], "the newest first"
    assert told[0]["taken"] == [], "nobody took it on, and it is there"
    assert (told[1]["began_at"], told[1]["ended_at"]) == (at, at + 20)
    assert [one["at"] for one in told[1]["taken"]] == [at + 10], "the other was for a later one"
    assert (await rosa.http.get("/api/alerts?day=tomorrow")).status_code == 422
