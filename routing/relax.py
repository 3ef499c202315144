"""What waiting does to a contact: requirements widen, other queues may help. Pure functions."""

from hub.domain.routing import Overflow, QueuePolicy, Relaxation, Requirement


def steps_of(queue: QueuePolicy) -> tuple[Relaxation, ...]:
    """Return the relaxations in the order in which they come into force."""
    return tuple(sorted(queue.relaxations, key=lambda step: step.after_seconds))


def level_at(steps: tuple[Relaxation, ...], queued_at: float, now: float) -> int:
    """Return how many relaxations are in force at `now` for a contact waiting since `queued_at`."""
    return sum(1 for step in steps if queued_at + step.after_seconds <= now)


def requirements_at(
    queue: QueuePolicy,
    own: tuple[Requirement, ...],
    steps: tuple[Relaxation, ...],
) -> tuple[Requirement, ...]:
    """Return what an agent must have: the queue's and the contact's own, after `steps`."""
    needed: dict[str, int] = {}
    for need in (*queue.requirements, *own):
        needed[need.skill] = max(needed.get(need.skill, 0), need.level)
    for step in steps:
        for skill in step.drop:
            needed.pop(skill, None)
        for lower in step.lower:
            if needed.get(lower.skill, 0) > lower.level:
                needed[lower.skill] = lower.level
    return tuple(Requirement(skill, level) for skill, level in sorted(needed.items()))


def overflow_due_at(rule: Overflow, queued_at: float, closed_at: float | None) -> float | None:
    """Return when time or closing alone lets `rule` apply to a contact; None when they do not."""
    dues = []
    if rule.wait_seconds_over is not None:
        dues.append(queued_at + rule.wait_seconds_over)
    if rule.when_closed and closed_at is not None:
        dues.append(closed_at)
    return min(dues, default=None)
