"""What holds a contact back is told by code and numbers."""

from hub.domain.routing import Reserve, RoutingPolicy
from routing.explain import Explanation
from routing.state import RoutingState
from tests.unit.routing.events import NOW, assigned, needs, phone, presence, profile, queued


def _why(state: RoutingState, now: float = NOW) -> Explanation:
    state.decide(now)
    found = state.explain("c", now)
    assert found is not None
    return found


def test_the_reason_follows_the_staff() -> None:
    state = RoutingState(RoutingPolicy(version=1, queues=()))
    state.apply(queued("c", requirements=needs(cards=2)))
    assert _why(state).code == "nobody_has_skill"
    state.apply(profile("ann", skills=needs(cards=2), capacity_units=2))
    assert _why(state).code == "nobody_signed_in"
    state.apply(presence("ann", "break"))
    assert _why(state).code == "nobody_available"
    state.apply(assigned("x", "ann", "a1"))
    state.apply(presence("ann"))
    busy = _why(state)
    assert (busy.code, busy.skilled, busy.available, busy.with_room) == ("all_busy", 1, 1, 0)


def test_an_agent_whose_phone_is_not_ready_is_offered_no_call() -> None:
    state = RoutingState(RoutingPolicy(version=1, queues=(), channel_units=(("phone", 4),)))
    for agent in ("ann", "bob"):
        state.apply(profile(agent))
        state.apply(presence(agent))
        state.apply(phone(agent, is_up=False))
    state.apply(queued("c", channel="phone"))
    why = _why(state)
    assert (why.code, why.available, why.phones_down) == ("phone_not_ready", 2, 2)
    state.apply(profile("bob"))
    assert _why(state).code == "phone_not_ready", "another profile brings no phone"
    state.apply(phone("bob", is_up=True))
    (made,) = state.decide(NOW)
    assert isinstance(made, Reserve)
    assert (made.agent_id, made.because.phones_down) == ("bob", 1)


def test_waiting_for_one_agent_says_until_when() -> None:
    state = RoutingState(RoutingPolicy(version=1, queues=()))
    state.apply(profile("ann", capacity_units=2))
    state.apply(presence("ann"))
    state.apply(assigned("x", "ann", "a1"))
    state.apply(queued("c", preferred_agent_id="ann"))
    why = _why(state)
    assert (why.code, why.agent_id, why.until) == ("waits_for_agent", "ann", NOW + 20)


def test_an_offered_contact_says_to_whom() -> None:
    state = RoutingState(RoutingPolicy(version=1, queues=()))
    state.apply(profile("ann"))
    state.apply(presence("ann"))
    state.apply(queued("c"))
    why = _why(state)
    assert (why.code, why.agent_id) == ("offered", "ann")
    assert state.explain("unknown", NOW) is None
