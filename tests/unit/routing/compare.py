"""Walk router and oracle side by side; the first difference names seed and step."""

from dataclasses import dataclass

from hub.domain import events as ev
from hub.domain.routing import Decision, Reserve
from routing.state import RoutingState
from tests.unit.routing.oracle import Oracle
from tests.unit.routing.oracle_waiting import nobody_can
from tests.unit.routing.walk import Walk


@dataclass
class Tally:
    """What a comparison has gone through."""

    events: int = 0
    reserved: int = 0
    others: int = 0
    refused: int = 0


def _comparable(decisions: list[Decision]) -> tuple[list[Decision], list[str]]:
    """Reservations in their order; the rest, whose order does not matter, sorted."""
    pairs: list[Decision] = [d for d in decisions if isinstance(d, Reserve)]
    return pairs, sorted(repr(d) for d in decisions if not isinstance(d, Reserve))


class Comparison:
    """Router and oracle, fed the same."""

    def __init__(self, walk: Walk, router: RoutingState | None = None) -> None:
        self.walk = walk
        self.router = router or RoutingState(walk.policy)
        self.oracle = Oracle(walk.policy)
        self.tally = Tally()
        self.decided: list[Decision] = []

    def run(self, events: int) -> Tally:
        """Feed at least so many events; raise AssertionError at the first difference."""
        for event in self.walk.opening():
            self._apply(event)
        while self.tally.events < events:
            for event in self.walk.next_events():
                self._apply(event)
            if self.walk.rng.random() < 0.85:
                self._decide()
        return self.tally

    def _apply(self, event: ev.Event) -> None:
        self.tally.events += 1
        self.router.apply(event)
        self.oracle.apply(event)

    def _decide(self) -> None:
        now, where = self.walk.now, f"seed {self.walk.seed}, step {self.walk.steps}"
        mine, theirs = self.router.decide(now), self.oracle.decide(now)
        assert _comparable(mine) == _comparable(theirs), where
        self.decided += mine
        for decision in mine:
            logged = self.walk.carry_out(decision)
            if logged is None:
                self.tally.refused += 1
                self.router.refused(decision)
                self.oracle.refused(decision)
                continue
            self.tally.reserved += isinstance(decision, Reserve)
            self.tally.others += not isinstance(decision, Reserve)
            for event in logged:
                self._apply(event)
        self._ask(where)

    def _ask(self, where: str) -> None:
        oracle, router = self.oracle, self.router
        assert router.next_wake_at() == oracle.next_wake_at(), where
        for agent in oracle.agents.values():
            assert router.load_of(agent.agent_id) == oracle.load(agent), where
        for queue_id in ("cards", "premier"):
            assert router.waiting_in(queue_id) == len(oracle.waiting(queue_id)), where
            lacking = sum(nobody_can(oracle, c) for c in oracle.waiting(queue_id))
            assert sum(router.lacking(queue_id).values()) == lacking, where
        for contact_id in list(oracle.contacts)[:2]:
            place = router.position_of(contact_id)
            assert place is not None, where
            assert place.position == oracle.position(contact_id), where
