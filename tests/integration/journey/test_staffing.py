"""Roles, disabling, and the daily anchor: each leaves its entry, each reaches open pages."""

import json

import pytest

from hub.domain.errors import Invalid, NotFound
from hub.domain.events import RightsChanged
from hub.journey import anchor, staffing, supervise
from hub.security import audit
from hub.security.audit import Entry
from hub.security.roles import Role
from tests.support.world import World


async def chain(world: World) -> list[Entry]:
    rows = await world.hub.reader.rows(
        audit.entries_of_node(of_node=world.hub.node, after_n=0, most=100)
    )
    return [Entry(*row) for row in rows]


async def test_changed_roles_are_audited_and_told(world: World) -> None:
    await world.add_agent("amara")
    roles = frozenset({Role.AGENT, Role.SUPERVISOR})
    await staffing.set_roles(world.hub, "ada", "amara", roles=roles)
    await world.settle()
    told = [e for e in await world.events() if isinstance(e, RightsChanged)]
    assert [(e.user_id, e.cause) for e in told] == [("amara", "roles")]
    member = world.hub.staff.get("amara")
    assert member is not None
    assert member.roles == ("agent", "supervisor")
    entries = await chain(world)
    assert [e.action for e in entries] == ["roles_changed"]
    assert audit.verify(entries, world.hub.audit_key).holds


async def test_a_change_that_is_refused_leaves_no_entry(world: World) -> None:
    with pytest.raises(NotFound):
        await staffing.disable_user(world.hub, "ada", "nobody", reason="left")
    with pytest.raises(Invalid):
        await staffing.set_roles(world.hub, "ada", "amara", roles=frozenset())
    assert await chain(world) == []


async def test_each_day_ends_with_a_signed_anchor(world: World) -> None:
    await world.add_agent("amara")
    await supervise.set_presence_of(world.hub, "rosa", agent_id="amara", presence="break")
    await anchor.keep_anchoring(world.hub)
    await world.clock.advance(86_400)
    await world.settle()
    path = world.hub.files_folder.parent / "audit" / f"{world.hub.node}.jsonl"
    anchors = [json.loads(line) for line in path.read_text().splitlines()]
    assert [a["n"] for a in anchors] == [1]
