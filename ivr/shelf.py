"""The published flows as this node knows them: read at the start, on signals, now and then.

A call goes on in the version it began with, so versions that were read are kept for a while.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import structlog

from hub.domain.errors import HubError, NotFound
from hub.journey.context import Hub
from hub.journey.set_up.rules import TOPIC
from hub.journey.set_up.versions import document_of, newest, seed
from hub.store.wake import Wake
from ivr.flow.known import Known
from ivr.flow.nodes import Flow
from ivr.flow.read import read_flow

log = structlog.get_logger(__name__)

KIND: Final = "flow"
POLL_SECONDS: Final = 15.0
KEPT_MOST: Final = 100
FROM_FILE: Final = 0
"""Version of a flow that was not published: the file alone."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A flow and which version of it."""

    flow: Flow
    version: int


class Shelf:
    """Flows by name; `current` never waits."""

    def __init__(self, files: Mapping[str, Any], known: Known) -> None:
        """`files` are the documents of the operator's files, by name."""
        self._files, self._known = files, known
        self._flows: dict[tuple[str, int], Flow] = {}
        self._current: dict[str, int] = {}
        self._hub: Hub | None = None
        for name, document in files.items():
            self._put(name, FROM_FILE, document)
            self._current[name] = FROM_FILE

    @property
    def known(self) -> Known:
        """What a flow may name: also the flows that were begun on the set-up page."""
        return self._known

    @property
    def names(self) -> list[str]:
        """Every flow."""
        return sorted(self._current)

    def current(self, name: str) -> Shelved | None:
        """Return the version in force."""
        number = self._current.get(name)
        return None if number is None else self._at_hand(name, number)

    async def find(self, name: str, version: int) -> Shelved | None:
        """Return a version, the one in force when that one is gone."""
        found = self._at_hand(name, version)
        if found is None and self._hub is not None and version:
            try:
                self._put(name, version, await document_of(self._hub, KIND, name, version))
            except NotFound:
                log.warning("flow_version_gone", flow=name, version=version)
            found = self._at_hand(name, version)
        return found or self.current(name)

    async def open(self, hub: Hub) -> None:
        """Publish what the files say where nobody has published, then read what is in force."""
        self._hub = hub
        for name, document in self._files.items():
            await seed(hub, KIND, name, document)
        await self.look()

    async def look(self) -> None:
        """Read what is in force now."""
        if self._hub is None:
            return
        in_force = await newest(self._hub, KIND)
        # Two new flows may name each other.
        self._known = replace(self._known, flows=self._known.flows | in_force.keys())
        for name, number in in_force.items():
            if self._current.get(name) == number:
                continue
            if (name, number) not in self._flows:
                self._put(name, number, await document_of(self._hub, KIND, name, number))
            self._current[name] = number
            log.info("flow_in_force", flow=name, version=number)

    async def run(self) -> None:
        """Look whenever somebody publishes, on any node, and now and then."""
        hub = self._hub
        if hub is None:
            return
        bell = Wake(hub.clock)
        end = hub.signal.subscribe(TOPIC, lambda _kind: bell.ring())
        try:
            while True:
                await bell.sleep(POLL_SECONDS)
                try:
                    await self.look()
                except (HubError, OSError):
                    log.warning("flows_not_read")
        finally:
            end()

    def _at_hand(self, name: str, version: int) -> Shelved | None:
        flow = self._flows.get((name, version))
        return None if flow is None else Shelved(flow, version)

    def _put(self, name: str, version: int, document: Any) -> None:
        self._flows[name, version] = read_flow(name, document, self._known).flow
        in_force = {(one, number) for one, number in self._current.items()}
        while len(self._flows) > KEPT_MOST:
            del self._flows[next(key for key in self._flows if key not in in_force)]
