"""Nodes that die: whose pages they held get the grace time from a node that lives."""

from collections.abc import Collection

import structlog

from hub.journey.context import Hub
from hub.journey.customer_page import expect_those_of
from hub.journey.presence import pages_lost_with
from hub.store.node_beat import BEAT_SECONDS, NodeBeat

log = structlog.get_logger(__name__)


async def keep_watch(hub: Hub, beat: NodeBeat, channels: Collection[str]) -> None:
    """Say that this node lives, and stand in for those that do not; until cancelled."""
    while True:
        for node in await beat.beat():
            await stand_in_for(hub, beat, node, channels)
        await hub.clock.sleep(BEAT_SECONDS)


async def stand_in_for(hub: Hub, beat: NodeBeat, node: str, channels: Collection[str]) -> None:
    """Give the grace time to whom a dead node served; twice, or by two nodes, is as once."""
    log.warning("node_gone", gone=node)
    await pages_lost_with(hub, node)
    await expect_those_of(hub, node, channels)
    await beat.forget(node)
