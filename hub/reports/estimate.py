"""How long will it take? The pace of the last answers, times the place in line."""

from collections import deque

REMEMBERED_ANSWERS = 20
FRESH_SECONDS = 1800.0
LEAST_ANSWERS = 3


class RecentAnswers:
    """When the last Contacts of each Queue were answered."""

    def __init__(self) -> None:
        self._answers: dict[str, deque[float]] = {}

    def add(self, queue_id: str, at: float) -> None:
        """Remember an answer."""
        answers = self._answers.get(queue_id)
        if answers is None:
            answers = self._answers[queue_id] = deque(maxlen=REMEMBERED_ANSWERS)
        answers.append(at)

    def estimate(self, queue_id: str, now: float, position: int) -> float | None:
        """Return the seconds until that place is answered; None while the pace is not known."""
        fresh = [at for at in self._answers.get(queue_id, ()) if now - at <= FRESH_SECONDS]
        if len(fresh) < LEAST_ANSWERS:
            return None
        return position * (now - fresh[0]) / len(fresh)
