"""Who is offered to be called back, and what a supervisor is told is missing."""

from hub.domain.events import CallbackOffered, Event
from hub.domain.routing import OfferCallback, QueuePolicy, Requirement, RoutingPolicy
from routing.state import RoutingState
from tests.unit.routing.events import NOW, assigned, presence, profile, queued

ZH, CARDS = Requirement("lang:zh"), Requirement("cards")
LIMIT = 60.0
QUEUE = QueuePolicy(queue_id="cards", offer_callback_after_seconds=(("web_chat", LIMIT),))


def _state(*events: Event) -> RoutingState:
    state = RoutingState(RoutingPolicy(version=1, queues=(QUEUE,)))
    for event in events:
        state.apply(event)
    return state


def _offers(state: RoutingState, now: float) -> list[OfferCallback]:
    return [one for one in state.decide(now) if isinstance(one, OfferCallback)]


def _busy(agent_id: str) -> list[Event]:
    return [profile(agent_id, capacity_units=2), presence(agent_id, "break")]


def test_who_can_be_served_by_nobody_signed_in_is_told_at_once() -> None:
    state = _state(profile("ann", skills=(ZH,)), presence("ann", "offline"))
    state.apply(queued("c", requirements=(ZH,)))
    (offer,) = _offers(state, NOW)
    assert (offer.contact_id, offer.cause, offer.position) == ("c", "nobody_skilled", 1)
    assert _offers(state, NOW + LIMIT) == []


def test_who_may_expect_an_answer_is_told_when_the_limit_is_over() -> None:
    state = _state(*_busy("ann"), queued("c"))
    assert _offers(state, NOW) == []
    assert state.next_wake_at() == NOW + LIMIT
    (offer,) = _offers(state, NOW + LIMIT)
    assert offer.cause == "long_wait"
    assert state.next_wake_at() is None


def test_who_must_expect_a_longer_wait_than_the_limit_is_told_at_once() -> None:
    events = [assigned(f"x{n}", "ann", f"a{n}", at=NOW - 300 + 100 * n) for n in range(3)]
    state = _state(*_busy("ann"), *events, queued("c"))
    (offer,) = _offers(state, NOW)
    assert offer.cause == "long_wait"
    assert offer.estimate_seconds is not None
    assert offer.estimate_seconds > LIMIT


def test_a_channel_without_a_limit_is_never_asked() -> None:
    state = _state(queued("c", channel="phone"))
    assert _offers(state, NOW) == []
    assert _offers(state, NOW + 10 * LIMIT) == []


def test_nobody_is_told_twice_even_when_queued_again_or_told_by_another_node() -> None:
    told = CallbackOffered(
        at=NOW, contact_id="c", conversation_id="talk", cause="long_wait", queue_id="cards"
    )
    state = _state(*_busy("ann"), queued("c"), told)
    assert _offers(state, NOW + LIMIT) == []
    state.apply(queued("d", callback_offered=True))
    assert _offers(state, NOW + LIMIT) == []


def test_what_is_missing_is_named_by_the_single_skill_or_by_what_must_come_together() -> None:
    state = _state(
        profile("ann", skills=(ZH,)), presence("ann", "break"),
        profile("bo", skills=(CARDS,)), presence("bo", "break"),
        queued("c", requirements=(ZH, Requirement("loans"))),
        queued("d", requirements=(ZH, CARDS)),
        queued("e", requirements=(CARDS,)),
    )  # fmt: skip
    state.decide(NOW)
    assert state.lacking("cards") == {(Requirement("loans"),): 1, (CARDS, ZH): 1}
    state.apply(profile("bo", skills=(CARDS, ZH)))
    assert state.lacking("cards") == {(Requirement("loans"),): 1}
    assert state.lacking("payments") == {}
