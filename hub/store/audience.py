"""Who hears of commits: followers of the log, and watchers of single statements."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog

from hub.domain.events import Logged
from hub.ports import Follow
from hub.store.journal import Heard
from hub.store.unit import Call, Prepared

log = structlog.get_logger(__name__)


class Audience:
    """Tells everybody, in commit order; one who fails does not stop the others."""

    def __init__(self) -> None:
        self._followers: list[Follow] = []
        self.watched: dict[Prepared, list[Heard]] = {}

    def follow(self, follower: Follow) -> Callable[[], None]:
        """Add a follower; the result removes it."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        """Add a watcher of a statement; the result removes it."""
        self.watched.setdefault(prepared, []).append(heard)
        return lambda: self.watched[prepared].remove(heard)

    def tell_events(self, logged: Sequence[Logged]) -> None:
        """Give committed events to the followers."""
        if not logged:
            return
        for follower in tuple(self._followers):
            _guarded(follower, logged)

    def tell_calls(self, calls: Sequence[Call]) -> None:
        """Give committed calls of watched statements to their watchers."""
        by_statement: dict[Prepared, list[dict[str, Any]]] = {}
        for call in calls:
            by_statement.setdefault(call.prepared, []).append(call.values)
        for prepared, values in by_statement.items():
            for heard in tuple(self.watched[prepared]):
                _guarded(heard, values)


def _guarded(listener: Callable[[Any], None], said: Any) -> None:
    try:
        listener(said)
    except Exception:
        # The commit stands whatever a listener makes of it; a lost one shows as a gap and
        # repairs itself from the log.
        log.exception("listener_failed", listener=repr(listener))
