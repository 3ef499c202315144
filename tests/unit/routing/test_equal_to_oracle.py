"""The router decides as the oracle does, on 100,000 random events and on small shrinkable days."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.routing import QueuePolicy, Requirement
from routing import callbacks, decide, floor
from routing.agents import Room
from routing.board import Board, Line, Rank
from routing.contacts import Contact, Queue
from routing.floor import Floor
from routing.relax import requirements_at
from routing.state import RoutingState
from tests.unit.routing.compare import Comparison
from tests.unit.routing.walk import Walk

Needs = tuple[Requirement, ...]
_OPEN_CHANNELS = Room.open_channels

CHUNKS = 20
DAYS_A_CHUNK = 5
EVENTS_A_DAY = 1_000


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_router_decides_as_the_oracle_does(chunk: int) -> None:
    reserved = others = refused = 0
    for seed in range(chunk * DAYS_A_CHUNK, (chunk + 1) * DAYS_A_CHUNK):
        walk = Walk(seed, agents=2 + seed % 7, crowd=2 + seed % 13)
        tally = Comparison(walk).run(EVENTS_A_DAY)
        reserved += tally.reserved
        others += tally.others
        refused += tally.refused
    assert reserved > 200
    assert others > 200
    assert refused > 20


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    agents=st.integers(1, 4),
    crowd=st.integers(1, 6),
    events=st.integers(5, 120),
)
def test_small_days_are_equal_too(seed: int, agents: int, crowd: int, events: int) -> None:
    """When this fails, hypothesis names the smallest day on which the two differ."""
    Comparison(Walk(seed, agents=agents, crowd=crowd)).run(events)


def _takes_the_last(self: Board, suits: int, row: bytearray) -> Rank | None:
    fitting = [rank for rank in self.heads if row[rank[3]]]
    return fitting[-1] if fitting else None


def _ignores_floors(self: Room, usage: int) -> tuple[str, ...]:
    loose = Room(replace(self.kind, floor_units=()), self._units, self._classes)
    return _OPEN_CHANNELS(loose, usage & 0xFFFFF)


def _forgets_to_look_again(*_: Any) -> None:
    return None


def _skips_nobody(self: Line, skip: object) -> Rank | None:
    return self.first


def _never_widens(queue: QueuePolicy, own: Needs, _: object) -> Needs:
    return requirements_at(queue, own, ())


BUGS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "the worst place first": (Board, "best", _takes_the_last),
    "floors ignored": (Room, "open_channels", _ignores_floors),
    "pause never ends": (decide, "end_pause", _forgets_to_look_again),
    "tried and paused agents first": (Line, "first_outside", _skips_nobody),
    "overflow too late": (Queue, "unhelped_over", lambda self, _, limit: self.waiting > 2 * limit),
    "nobody let go": (Floor, "let_go", _forgets_to_look_again),
    "nothing widens": (floor, "requirements_at", _never_widens),
    "nobody told in time": (Contact, "callback_due_at", _forgets_to_look_again),
    "whoever is busy is not there": (callbacks, "can_anybody", lambda floor, contact: False),
    "declines forgotten": (RoutingState, "_pause", _forgets_to_look_again),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, wrong = BUGS[bug]
    monkeypatch.setattr(place, name, wrong)
    with pytest.raises((AssertionError, KeyError)):
        _walk_some_days()


def _walk_some_days() -> None:
    for seed in range(25):
        Comparison(Walk(seed, agents=4, crowd=6)).run(600)


def test_the_same_log_gives_the_same_decisions() -> None:
    first, second = Comparison(Walk(5)), Comparison(Walk(5))
    first.run(800)
    second.run(800)
    assert first.decided == second.decided
    assert first.decided
