"""Business hours as events: a queue opens and closes in the log, so that routing hears of it."""

from hub.domain.events import Event, QueueClosed, QueueOpened
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.unit import Append, Unit


async def keep_hours(hub: Hub) -> None:
    """Arm the next change of every queue; called once at start."""
    await hub.journal.run(lambda: _arm_all(hub))


def _arm_all(hub: Hub) -> Unit[None]:
    for queue_id in sorted(hub.setup.queues):
        yield from _arm_next(hub, queue_id)


def _arm_next(hub: Hub, queue_id: str) -> Unit[None]:
    due_at = hub.setup.next_change(queue_id, hub.clock.now())
    if due_at is not None:
        yield arm(TimerKind.HOURS, queue_id, due_at)


async def change_hours(hub: Hub, queue_id: str) -> None:
    """Timer `hours`: the queue has just opened or closed."""
    await hub.journal.run(lambda: _change_hours(hub, queue_id))


def _change_hours(hub: Hub, queue_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.HOURS, queue_id)
    if taken:
        yield Append(_state_of(hub, queue_id))
        yield from _arm_next(hub, queue_id)


def _state_of(hub: Hub, queue_id: str) -> Event:
    at = hub.clock.now()
    if hub.setup.is_open(queue_id, at):
        return QueueOpened(at=at, queue_id=queue_id)
    return QueueClosed(at=at, queue_id=queue_id)


def hours_now(hub: Hub) -> list[Event]:
    """Which queues are open and closed at this moment, for whoever starts listening now."""
    return [_state_of(hub, queue_id) for queue_id in sorted(hub.setup.queues)]
