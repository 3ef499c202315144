"""The breaker as a state machine: what may never happen, whatever comes."""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hub.adapters.breaker import (
    Breaker,
    BreakerRules,
    Circuit,
    admit,
    failed,
    succeeded,
)

RULES = BreakerRules(failures=3, open_seconds=10.0)


def after(*failures_at: float) -> Breaker:
    breaker = Breaker()
    for now in failures_at:
        breaker = failed(breaker, RULES, now)
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    assert after(1, 2).circuit is Circuit.CLOSED
    assert after(1, 2, 3) == Breaker(circuit=Circuit.OPEN, failures=3, since=3)


def test_an_answer_in_between_begins_the_count_anew() -> None:
    breaker = failed(succeeded(after(1, 2), 3), RULES, 4)
    assert breaker.circuit is Circuit.CLOSED
    assert breaker.failures == 1


def test_after_the_pause_exactly_one_probe_goes_out() -> None:
    breaker, may = admit(after(1, 2, 3), RULES, 12.9)
    assert not may
    breaker, may = admit(breaker, RULES, 13)
    assert may
    assert admit(breaker, RULES, 1000) == (breaker, False)


def test_a_failed_probe_begins_a_new_pause_and_an_answered_one_closes() -> None:
    probing, _ = admit(after(1, 2, 3), RULES, 13)
    assert failed(probing, RULES, 15) == Breaker(circuit=Circuit.OPEN, failures=4, since=15)
    assert succeeded(probing, 15).circuit is Circuit.CLOSED


def test_a_late_failure_does_not_prolong_the_pause() -> None:
    assert failed(after(1, 2, 3), RULES, 9).since == 3


@dataclass
class Call:
    """One call under way."""

    admitted_at: float
    was_probe: bool = field(default=False)


class BreakerMachine(RuleBasedStateMachine):
    """Calls start, are answered or fail, and time passes, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.breaker, self.now = Breaker(), 0.0
        self.calls: list[Call] = []
        self.failures_in_a_row = 0

    @rule(eighths=st.integers(0, 240))
    def wait(self, eighths: int) -> None:
        self.now += eighths / 8  # exact in binary, so that a pause just over is never "almost over"

    @rule()
    def call(self) -> None:
        before = self.breaker
        self.breaker, may = admit(before, RULES, self.now)
        if may:
            self.calls.append(Call(self.now, self.breaker.circuit is Circuit.HALF_OPEN))
        if before.circuit is Circuit.CLOSED:
            assert may
        if before.circuit is Circuit.OPEN:
            assert may == (self.now - before.since >= RULES.open_seconds)
        if before.circuit is Circuit.HALF_OPEN:
            assert not may

    @precondition(lambda self: self.calls)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        ended = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        was = self.breaker.circuit
        self.breaker = failed(self.breaker, RULES, self.now)
        self.failures_in_a_row += 1
        if ended.was_probe and was is Circuit.HALF_OPEN:
            assert self.breaker.circuit is Circuit.OPEN

    @precondition(lambda self: self.calls)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        self.breaker = succeeded(self.breaker, self.now)
        self.failures_in_a_row = 0
        assert self.breaker.circuit is Circuit.CLOSED

    @invariant()
    def it_never_stays_half_open_without_a_probe(self) -> None:
        if self.breaker.circuit is Circuit.HALF_OPEN:
            assert any(call.was_probe for call in self.calls)

    @invariant()
    def it_is_closed_only_while_few_failed(self) -> None:
        if self.breaker.circuit is Circuit.CLOSED:
            assert self.breaker.failures < RULES.failures
            assert self.breaker.failures == self.failures_in_a_row

    @invariant()
    def somebody_can_always_call_again(self) -> None:
        if self.breaker.circuit is not Circuit.HALF_OPEN:
            assert admit(self.breaker, RULES, self.now + RULES.open_seconds)[1]


TestBreakerMachine = BreakerMachine.TestCase
