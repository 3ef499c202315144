"""Small units of work for tests."""

from typing import Any

from hub.domain.events import Event
from hub.store.unit import Append, Call, Unit


def write(*calls: Call) -> Unit[list[Any]]:
    """Run the calls; answer what each of them answered."""
    answers = []
    for call in calls:
        answers.append((yield call))
    return answers


def append(*events: Event) -> Unit[None]:
    """Put events at the end of the log."""
    for event in events:
        yield Append(event)
