"""A supervisor takes an alert on: kept, sealed, audited, told to all wallboards."""

import pytest

from hub.domain.errors import Invalid
from hub.journey.floor.alerts import acknowledge, acknowledged_since
from hub.store.rows import find
from hub.store.tables import AlertTaken, AuditEntry
from tests.support.world import World

ALERT = "long_wait:cards"


async def test_who_took_it_on_when_and_with_which_note(world: World) -> None:
    await acknowledge(world.hub, "chidi", alert_id=ALERT, severity=1, note="  calling Ann ")
    await world.pass_time(10)
    await acknowledge(world.hub, "dana", alert_id=ALERT, severity=2)
    at = world.clock.now()
    assert await acknowledged_since(world.hub, at - 60) == [
        (ALERT, 2, "dana", at, ""),
        (ALERT, 1, "chidi", at - 10, "calling Ann"),
    ]
    assert await acknowledged_since(world.hub, at) == [(ALERT, 2, "dana", at, "")]
    assert (await world.kinds()).count("AlertAcknowledged") == 2
    rows = await world.hub.reader.rows(find(AuditEntry, "action", "actor", "subject"))
    assert ("alert_acknowledged", "chidi", ALERT) in rows
    sealed = await world.hub.reader.rows(find(AlertTaken, "note_sealed", by="chidi"))
    assert b"Ann" not in sealed[0][0]


@pytest.mark.parametrize(
    ("alert_id", "note"), [("no alert", ""), ("long_wait:", ""), (ALERT, "x" * 201)]
)
async def test_what_is_no_alert_or_too_long_is_refused(
    world: World, alert_id: str, note: str
) -> None:
    with pytest.raises(Invalid):
        await acknowledge(world.hub, "chidi", alert_id=alert_id, severity=0, note=note)
    assert await acknowledged_since(world.hub, 0.0) == []
