"""The order in which contacts are served, and the record of why.

A higher priority class goes first whatever the wait. Inside a class the score counts in targets:
`wait / target + value + boost`. Of two contacts with one target the earlier `standing` always
wins, so lines need no clock; contacts of different targets are compared at the moment of choice.
"""

from hub.domain.events import ContactQueued
from hub.domain.routing import QueuePolicy
from hub.domain.work import TASK_CHANNEL
from routing.board import Rank

Standing = tuple[int, float]
Precedence = tuple[float, float, Rank]
"""Priority class, score (both negated) and rank."""


def target_of(queue: QueuePolicy) -> float:
    """Return the queue's target in seconds; a target of nothing counts as one second."""
    return queue.target_seconds if queue.target_seconds > 0 else 1.0


def standing_of(
    queued: ContactQueued, least_priority: int, target_seconds: float, value: float
) -> Standing:
    """Return the contact's priority class, negated, and its place among those of its target.

    The class in force is the higher of the queue's and the contact's own; of a Task its own alone,
    for nobody waits behind it. Inside it counts, smaller first, the moment since which the contact
    has waited, moved back by value and boost.
    """
    priority, ahead = queued.priority, value + queued.boost
    standing = queued.queued_at - target_seconds * ahead if ahead else queued.queued_at
    if priority < least_priority and queued.channel != TASK_CHANNEL:
        priority = least_priority
    return -priority, standing


def precedence_at(rank: Rank, target_seconds: float, now: float) -> Precedence:
    """Return the place of a contact among contacts of every target, smaller first."""
    return rank[0], (rank[1] - now) / target_seconds, rank
