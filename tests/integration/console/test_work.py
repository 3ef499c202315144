"""Tasks and Cases through the console: commands, lists, and what the page is told."""

from hub.journey.context import Viewer
from hub.journey.work import tasks
from hub.journey.work.lists import tasks_of
from hub.journey.work.open import NewTask
from hub.security.roles import Role
from tests.support.world import World

HOUR = 3_600.0


async def test_lists_show_each_what_is_theirs(world: World) -> None:
    for name in ("amara", "ben"):
        await world.add_agent(name)
    now = world.clock.now()
    mine = await tasks.open_task(
        world.hub, NewTask(kind="follow_up", by="amara", owner_id="amara", due_at=now + 2 * HOUR)
    )
    anyones = await tasks.open_task(
        world.hub, NewTask(kind="callback", by="amara", due_at=now + HOUR)
    )
    hidden = await tasks.open_task(
        world.hub,
        NewTask(kind="follow_up", by="ben", owner_id="ben", due_at=now + HOUR),
    )

    async def ids(user: str, scope: str, *, steers: bool = False) -> list[str]:
        found = await tasks_of(world.hub, user, scope, steers=steers)  # type: ignore[arg-type]
        return [one["id"] for one in found]

    assert await ids("amara", "mine") == [mine]
    assert set(await ids("amara", "team")) == {anyones, mine, hidden}, "both are of no team"
    assert await ids("rosa", "team", steers=True) == [*sorted([anyones, hidden]), mine]
    amara = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
    await tasks.finish_task(world.hub, amara, anyones)
    assert await ids("amara", "done") == [anyones]
    assert set(await ids("amara", "team")) == {mine, hidden}
