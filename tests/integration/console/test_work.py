"""Tasks and Cases through the console: commands, lists, and what the page is told."""

import pytest

from agent_console.reading.contacts import load_contacts
from agent_console.views.contact import contact_view
from hub.domain.errors import Forbidden, Invalid
from hub.journey.context import Viewer
from hub.journey.work import tasks
from hub.journey.work.lists import tasks_of
from hub.journey.work.numbers import reveal_number
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.security.roles import Role
from hub.store.rows import find, put
from hub.store.tables import AuditEntry, Contact, Customer
from hub.store.unit import Unit
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


async def test_a_number_to_call_is_an_outline_and_shown_with_a_reason(world: World) -> None:
    await world.add_agent("amara")
    await world.add_agent("ben")
    words = Words("my card", (("number", "+8613800138000"), ("when", "now")))
    due_at = world.clock.now() + HOUR
    new = NewTask(kind="callback", by="system", due_at=due_at, words=words, owner_id="amara")
    task_id = await world.hub.journal.run(lambda: add_task(world.hub, new))
    amara, ben = (Viewer(user_id=one, roles=frozenset({Role.AGENT})) for one in ("amara", "ben"))
    (line,) = await tasks_of(world.hub, "amara", "mine", steers=False)
    assert line["evidence"] == [["number", "+86 138 •••• 8000"], ["when", "now"]]
    with pytest.raises(Forbidden, match="not_your_task"):
        await reveal_number(world.hub, ben, task_id=task_id, reason="call them")
    with pytest.raises(Invalid, match="reason_needed"):
        await reveal_number(world.hub, amara, task_id=task_id, reason=" ")
    shown = await reveal_number(world.hub, amara, task_id=task_id, reason="another phone")
    assert shown.value == "+8613800138000"
    kept = await world.hub.reader.rows(find(AuditEntry, "action", "actor", subject=task_id))
    assert sorted(tuple(one) for one in kept) == [
        ("field_revealed", "amara"), ("reveal_denied", "ben"),
    ]  # fmt: skip
    await world.pass_time(HOUR + 5)
    rows = await world.hub.reader.rows(find(Contact, "id", channel="task"))
    routed = (await load_contacts(world.hub, [rows[0][0]]))[rows[0][0]]
    assert "13800138000" not in str(contact_view(world.hub, routed, amara, present=True))


async def test_what_a_colleague_wants_is_for_supervisors(world: World) -> None:
    await world.add_agent("amara")

    def colleague() -> Unit[None]:
        yield put(
            Customer, id="cus_1", number="1", segment="everyday", lifecycle="active",
            language="en", since_year=2019, created_at=1.0, warnings='["staff_record"]',
            profile_sealed=world.hub.vault.seal("{}", "customer", "profile", "cus_1"),
        )  # fmt: skip

    await world.hub.journal.run(colleague())
    new = NewTask(
        kind="callback", by="system", due_at=world.clock.now() + HOUR, queue_id="cards",
        words=Words("my loan", (("number", "+8613800138000"),)), customer_id="cus_1",
    )  # fmt: skip
    task_id = await world.hub.journal.run(lambda: add_task(world.hub, new))
    (line,) = await tasks_of(world.hub, "amara", "team", steers=False)
    assert (line["is_closed"], line["words"], line["evidence"]) == (True, "", [])
    amara = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
    with pytest.raises(Forbidden, match="restricted"):
        await reveal_number(world.hub, amara, task_id=task_id, reason="call them")
