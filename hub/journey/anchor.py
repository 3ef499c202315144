"""The daily anchor of the audit chain: signed by timer, and kept in a file outside the database."""

import json
import os
from datetime import UTC, datetime, timedelta

from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm, ring
from hub.security.audit_anchor import Anchor, set_anchor
from hub.store.unit import Unit


async def keep_anchoring(hub: Hub) -> None:
    """Arm the end of this UTC day; called once at start."""
    await hub.journal.run(lambda: _arm_tomorrow(hub))


def _arm_tomorrow(hub: Hub) -> Unit[None]:
    today = datetime.fromtimestamp(hub.clock.now(), UTC).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    yield arm(TimerKind.ANCHOR, hub.node, (today + timedelta(days=1)).timestamp())


async def anchor_day(hub: Hub, _node: str) -> None:
    """Timer `anchor`: sign the chain as the day ends and write the anchor to `audit/`."""
    anchor = await hub.journal.run(lambda: _anchor(hub))
    if anchor is not None:
        _export(hub, anchor)


def _anchor(hub: Hub) -> Unit[Anchor | None]:
    taken = yield ring(hub, TimerKind.ANCHOR, hub.node)
    if not taken:
        return None
    # The timer rings just after midnight; the anchor belongs to the day that ended.
    anchor = yield from set_anchor(hub.audit_key, hub.node, at=hub.clock.now() - 60.0)
    yield from _arm_tomorrow(hub)
    return anchor


def _export(hub: Hub, anchor: Anchor) -> None:
    folder = hub.files_folder.parent / "audit"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{anchor.node}.jsonl").open("a") as file:
        file.write(json.dumps(anchor._asdict()) + "\n")
        file.flush()
        os.fsync(file.fileno())
