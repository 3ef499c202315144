"""The shell: the port `SelfService` over the shelf of flows and the pure reducer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import structlog

from hub.domain.steps import Finish, HandOff, Heard, Step
from hub.ports import SelfServiceContact
from ivr.shelf import Shelf, Shelved
from ivr.walk.state import Scene, Walk
from ivr.walk.step import step

log = structlog.get_logger(__name__)

MAIN: Final = "main"
TRANSFERS_MOST: Final = 5
OpenQueues = Callable[[], frozenset[str]]


class PhoneMenu:
    """Answers calls by the published flows. A state may name the flow to begin with."""

    def __init__(self, shelf: Shelf, *, open_queues: OpenQueues, last_queue: str) -> None:
        """`open_queues` says which are open now; `last_queue` takes calls when no flow can."""
        self.shelf = shelf
        self._open_queues = open_queues
        self._last_queue = last_queue

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn; a flow that hands over to another one goes on there at once."""
        walk = Walk.from_state(state)
        steps: list[Step] = []
        for _ in range(TRANSFERS_MOST):
            shelved = await self._flow_of(walk)
            if shelved is None:
                break
            name = shelved.flow.id
            walk = replace(walk, flow=name, version=shelved.version)
            walk, said = step(shelved.flow, walk, heard, self._scene(contact))
            steps += [self._served(one) for one in said]
            if walk.flow == name:
                return walk.to_state(), steps
            heard = Heard(start=True, language=heard.language)
        return walk.to_state(), [*steps, self._way_out()]

    async def _flow_of(self, walk: Walk) -> Shelved | None:
        name = walk.flow or MAIN
        if walk.at:
            return await self.shelf.find(name, walk.version)
        return self.shelf.current(name)

    def _scene(self, contact: SelfServiceContact) -> Scene:
        return Scene(
            language=contact.language,
            identity_level=contact.identity_level,
            open_queues=self._open_queues(),
        )

    def _served(self, one: Step) -> Step:
        """A Queue may be gone since the flow was published: then the last resort takes the call."""
        if not isinstance(one, HandOff) or one.queue_id in self.shelf.known.queues:
            return one
        log.warning("flow_queue_gone", queue=one.queue_id)
        return replace(one, queue_id=self._last_queue)

    def _way_out(self) -> Step:
        """No such flow, or flows that hand over in a ring: a person, never silence."""
        return HandOff(queue_id=self._last_queue) if self._last_queue else Finish()
