"""Who listens to which topic on this node."""

from collections.abc import Callable

import structlog

Hear = Callable[[str], None]

log = structlog.get_logger(__name__)


class Listeners:
    """Hands a payload to all listeners of its topic; one who fails does not stop the others."""

    def __init__(self) -> None:
        self._of_topic: dict[str, list[Hear]] = {}

    def add(self, topic: str, hear: Hear) -> Callable[[], None]:
        """Add a listener; the result removes it and may be called twice."""
        self._of_topic.setdefault(topic, []).append(hear)

        def remove() -> None:
            listeners = self._of_topic.get(topic, [])
            if hear in listeners:
                listeners.remove(hear)
            if not listeners:
                self._of_topic.pop(topic, None)

        return remove

    @property
    def topics(self) -> set[str]:
        """Topics somebody listens to."""
        return set(self._of_topic)

    def tell(self, topic: str, payload: str) -> None:
        """Call the listeners."""
        for hear in tuple(self._of_topic.get(topic, ())):
            try:
                hear(payload)
            except Exception:  # a signal is a hint; the others must hear it
                log.exception("listener_failed", topic=topic)
