"""Place in line and expected wait, for the customer and the wallboard."""

from hub.domain.routing import QueueEstimate
from routing.contacts import Contact, Queue, Stage
from routing.floor import Floor

WINDOW_SECONDS = 1800.0
"""Answers older than this say nothing about the wait now."""
_LEAST_ANSWERS = 3


def position_of(floor: Floor, contact_id: str, now: float) -> QueueEstimate | None:
    """Return the contact's place in its queue (1 = next) and wait; None when not held."""
    contact = floor.contacts.get(contact_id)
    if contact is None:
        return None
    if contact.stage is not Stage.WAITING:
        return QueueEstimate(position=1, estimate_seconds=0.0, basis="offered")
    floor.settle()
    position = 1 + _before(contact)
    pace = seconds_per_answer(contact.queue, now)
    if pace is None:
        return QueueEstimate(position=position, estimate_seconds=None, basis="no_recent_answers")
    return QueueEstimate(position=position, estimate_seconds=position * pace)


def newcomer_wait_seconds(queue: Queue, now: float) -> float | None:
    """Return how long who came now would wait; None while the pace is not known."""
    pace = seconds_per_answer(queue, now)
    return None if pace is None else (queue.waiting + 1) * pace


def seconds_per_answer(queue: Queue, now: float) -> float | None:
    """Return the mean time between the queue's recent answers; None when there are too few."""
    recent = [at for at in queue.answers if at > now - WINDOW_SECONDS]
    if len(recent) < _LEAST_ANSWERS:
        return None
    return max(now - recent[0], 0.0) / len(recent)


def _before(contact: Contact) -> int:
    rank = contact.rank
    return sum(line.before(rank) for _, line in contact.queue.lines.values() if line.size)
