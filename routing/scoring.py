"""The order in which contacts are served, and the record of why.

A higher priority class goes first whatever the wait. Inside a class the score counts in targets:
`wait / target + value + boost`. Of two contacts with one target the earlier `standing` always
wins, so lines need no clock; contacts of different targets are compared at the moment of choice.
"""

from collections.abc import Mapping

from hub.domain.events import ContactQueued
from hub.domain.routing import QueuePolicy
from routing.board import Rank

Standing = tuple[int, float]
Precedence = tuple[float, float, float, str]


def target_of(queue: QueuePolicy) -> float:
    """Return the queue's target in seconds; a target of nothing counts as one second."""
    return queue.target_seconds if queue.target_seconds > 0 else 1.0


def value_of(segment_value: Mapping[str, float], queued: ContactQueued) -> float:
    """Return what the customer's segment and the contact add, in targets of waiting."""
    return segment_value.get(queued.segment or "", 0.0) + queued.value


def standing_of(queued: ContactQueued, queue: QueuePolicy, value: float) -> Standing:
    """Return the contact's place among those of its target, smaller first.

    The class in force is the higher of the queue's and the contact's own; inside it counts the
    moment since which the contact has waited, moved back by value and boost.
    """
    priority = queued.priority if queued.priority > queue.priority else queue.priority
    return -priority, queued.queued_at - target_of(queue) * (value + queued.boost)


def score_at(standing: float, target_seconds: float, now: float) -> float:
    """Return wait / target + value + boost at `now`."""
    return (now - standing) / target_seconds


def precedence_at(rank: Rank, target_seconds: float, now: float) -> Precedence:
    """Return the place of a contact among contacts of every target, smaller first."""
    return rank[0], (rank[1] - now) / target_seconds, rank[1], rank[2]
