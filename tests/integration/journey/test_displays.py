"""A screen on the wall: its link is good until a supervisor takes it back."""

import pytest

from hub.domain.errors import Invalid, NotFound
from hub.journey.floor.displays import (
    LASTS_SECONDS,
    displays,
    make_display,
    require_display,
    revoke_display,
)
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.support.world import World


async def test_it_is_listed_and_good_until_it_is_taken_back_once(world: World) -> None:
    made = await make_display(world.hub, "chidi", "  Hall, second floor ")
    other = await make_display(world.hub, "chidi", "Canteen")
    assert [one.name for one in await displays(world.hub)] == ["Hall, second floor", "Canteen"]
    await require_display(world.hub, made.id)
    await revoke_display(world.hub, "dana", made.id)
    await revoke_display(world.hub, "dana", made.id)
    with pytest.raises(NotFound):
        await require_display(world.hub, made.id)
    await require_display(world.hub, other.id)
    rows = await world.hub.reader.rows(find(AuditEntry, "action", "actor"))
    assert sorted(rows) == [
        ("display_made", "chidi"), ("display_made", "chidi"), ("display_revoked", "dana"),
    ]  # fmt: skip


async def test_it_ends_by_itself_after_a_year(world: World) -> None:
    made = await make_display(world.hub, "chidi", "Hall")
    await world.clock.advance(LASTS_SECONDS + 1)
    with pytest.raises(NotFound):
        await require_display(world.hub, made.id)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
async def test_a_screen_hangs_somewhere(world: World, name: str) -> None:
    with pytest.raises(Invalid):
        await make_display(world.hub, "chidi", name)


async def test_what_was_never_made_cannot_be_taken_back(world: World) -> None:
    with pytest.raises(NotFound):
        await revoke_display(world.hub, "chidi", "ghost")
