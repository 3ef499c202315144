"""The rules of routing, one story each; the oracle covers how they combine."""

from typing import Any

from hub.domain.events import ContactClosed, Event, QueueClosed
from hub.domain.routing import (
    Expire,
    Overflow,
    OverflowTo,
    QueuePolicy,
    Relax,
    Relaxation,
    Requirement,
    Reserve,
    RoutingPolicy,
)
from routing.state import (
    DECLINE_PAUSE_SECONDS,
    GIVEN_AWAY_PAUSE_SECONDS,
    RETRY_SECONDS,
    RoutingState,
)
from tests.unit.routing.events import (
    NOW,
    assigned,
    declined,
    needs,
    offered,
    presence,
    profile,
    queued,
    unassigned,
    wrapped_up,
)


def _state(*events: Event, queues: tuple[QueuePolicy, ...] = (), **fields: Any) -> RoutingState:
    chosen: dict[str, Any] = {"channel_units": (("web_chat", 2), ("phone", 6))} | fields
    state = RoutingState(RoutingPolicy(version=1, queues=queues, **chosen))
    for event in events:
        state.apply(event)
    return state


def _pairs(state: RoutingState, now: float = NOW) -> list[tuple[str, str]]:
    decided = state.decide(now)
    return [(d.contact_id, d.agent_id) for d in decided if isinstance(d, Reserve)]


def _in_turn(state: RoutingState, now: float = NOW) -> list[str]:
    """The contacts in the order in which they are offered, each accepted at once."""
    found = []
    while pairs := _pairs(state, now):
        for contact, agent in pairs:
            state.apply(assigned(contact, agent, f"work-{contact}", at=now))
            found.append(contact)
    return found


def _one(state: RoutingState, now: float = NOW) -> Reserve:
    (decision,) = state.decide(now)
    assert isinstance(decision, Reserve)
    return decision


def test_the_longest_idle_agent_gets_the_contact() -> None:
    state = _state(
        profile("ann"), profile("bo"), presence("bo", at=NOW - 9), presence("ann", at=NOW - 5)
    )
    state.apply(queued("c"))
    assert _one(state).agent_id == "bo"


def test_who_has_nothing_in_hand_comes_before_who_has() -> None:
    state = _state(profile("ann"), profile("bo"), presence("ann"), presence("bo", at=NOW + 9))
    state.apply(assigned("x", "ann", "a1", at=NOW))
    state.apply(queued("c", at=NOW + 10))
    assert _one(state, NOW + 10).agent_id == "bo"


def test_level_and_language_must_be_had() -> None:
    zh = Requirement("lang:zh", 3)
    state = _state(profile("ann", skills=(Requirement("lang:zh", 2),)), presence("ann"))
    state.apply(queued("c", requirements=(zh,)))
    assert _pairs(state) == []
    state.apply(profile("ann", skills=(zh,)))
    assert _pairs(state) == [("c", "ann")]


def test_a_higher_class_goes_first_and_inside_a_class_the_wait_counts_in_targets() -> None:
    quick = QueuePolicy(queue_id="cards", target_seconds=20.0)
    slow = QueuePolicy(queue_id="loans", target_seconds=120.0)
    state = _state(queues=(quick, slow))
    state.apply(queued("late", queue_id="loans", at=NOW - 90))  # 0.75 targets
    state.apply(queued("soon", at=NOW - 18))  # 0.9 targets
    state.apply(queued("first", queue_id="loans", at=NOW, priority=1))
    state.decide(NOW)
    state.apply(profile("ann", queues=("cards", "loans")))
    state.apply(presence("ann"))
    assert _in_turn(state) == ["first", "soon", "late"]


def test_every_term_of_the_score_is_told() -> None:
    state = _state(segment_value=(("premier", 1.5),))
    state.apply(queued("c", at=NOW - 30, segment="premier", boost=0.25))
    state.apply(profile("ann"))
    state.apply(presence("ann"))
    because = _one(state).because
    assert (because.wait_seconds, because.target_seconds) == (30.0, 60.0)
    assert (because.value, because.boost, because.score) == (1.5, 0.25, 2.25)
    assert (because.waiting, because.rule) == (1, "longest_idle")


def test_capacity_is_never_passed_not_even_before_the_log_answers() -> None:
    state = _state(profile("ann", capacity_units=4), presence("ann"))
    for contact in "abc":
        state.apply(queued(contact))
    assert _in_turn(state) == ["a", "b"]
    assert state.load_of("ann") == 4


def test_offers_never_stack() -> None:
    state = _state(profile("ann", capacity_units=9), presence("ann"))
    for contact in "abc":
        state.apply(queued(contact))
    first = _one(state)
    state.apply(queued("urgent", priority=9))
    assert _pairs(state) == []
    state.apply(offered(first))
    assert _pairs(state, NOW + 5) == []
    state.apply(assigned("a", "ann", "work", at=NOW + 6))
    assert _pairs(state, NOW + 6) == [("urgent", "ann")]


def test_a_floor_keeps_room_for_a_call_beside_a_backlog_of_chats() -> None:
    state = _state(profile("ann", capacity_units=8, floor_units=(("phone", 6),)), presence("ann"))
    for contact in "abc":
        state.apply(queued(contact))
    assert _in_turn(state) == ["a"]
    state.apply(queued("call", channel="phone"))
    assert _pairs(state) == [("call", "ann")]
    assert state.load_of("ann") == 8


def test_wrap_up_holds_its_room_until_it_is_finished() -> None:
    state = _state(profile("ann", capacity_units=2), presence("ann"))
    state.apply(assigned("x", "ann", "a1"))
    state.apply(queued("c"))
    state.apply(unassigned("ann", "a1", at=NOW + 1, wrap_up_until=NOW + 60))
    assert _pairs(state, NOW + 1) == []
    state.apply(wrapped_up("ann", "a1", at=NOW + 2))
    assert _pairs(state, NOW + 2) == [("c", "ann")]


def test_a_decline_pauses_the_pair_and_another_agent_is_asked_first() -> None:
    state = _state(profile("ann"), presence("ann", at=NOW - 9), queued("c"))
    decision = _one(state)
    state.apply(offered(decision))
    state.apply(declined(decision, at=NOW + 3))
    state.apply(queued("c", at=NOW + 3, queued_at=NOW, tried_agent_ids=("ann",)))
    assert _pairs(state, NOW + 3) == []
    assert state.next_wake_at() == NOW + 3 + DECLINE_PAUSE_SECONDS
    assert _pairs(state, NOW + 3 + DECLINE_PAUSE_SECONDS) == [("c", "ann")]


def test_who_gave_a_contact_away_does_not_get_it_back_while_a_colleague_may_come_free() -> None:
    given = queued("c", cause="transferred", tried_agent_ids=("ann",))
    state = _state(profile("ann"), profile("bo"), presence("ann", at=NOW - 9), given)
    assert _pairs(state) == []
    state.apply(presence("bo", at=NOW + 5))
    assert _pairs(state, NOW + 5) == [("c", "bo")]


def test_who_gave_a_contact_away_gets_it_when_nobody_else_comes() -> None:
    given = queued("c", cause="transferred", tried_agent_ids=("ann",))
    state = _state(profile("ann"), presence("ann", at=NOW - 9), given)
    later = NOW + GIVEN_AWAY_PAUSE_SECONDS
    assert (_pairs(state), state.next_wake_at()) == ([], later)
    assert _pairs(state, later) == [("c", "ann")]


def test_who_tried_is_asked_last() -> None:
    state = _state(profile("ann"), profile("bo"), presence("ann", at=NOW - 9), presence("bo"))
    state.apply(queued("c", tried_agent_ids=("ann",)))
    assert _pairs(state) == [("c", "bo")]


def test_a_refused_decision_is_made_anew_only_after_a_moment() -> None:
    state = _state(profile("ann"), presence("ann"), queued("c"))
    state.refused(_one(state))
    assert state.load_of("ann") == 0
    assert _pairs(state, NOW + 0.5) == []
    assert _pairs(state, NOW + RETRY_SECONDS) == [("c", "ann")]


def test_the_preferred_agent_is_waited_for_a_while() -> None:
    state = _state(
        profile("ann", capacity_units=2),
        profile("bo"),
        presence("ann"),
        presence("bo"),
        assigned("x", "ann", "a1"),
        queued("c", preferred_agent_id="ann"),
        queues=(QueuePolicy(queue_id="cards", preferred_seconds=20.0),),
    )
    assert _pairs(state) == []
    assert state.next_wake_at() == NOW + 20
    assert _pairs(state, NOW + 20) == [("c", "bo")]


def test_the_preferred_agent_who_has_gone_is_not_waited_for() -> None:
    state = _state(profile("ann"), profile("bo"), presence("bo"))
    state.apply(queued("c", preferred_agent_id="ann"))
    assert _pairs(state) == [("c", "bo")]


def test_a_transfer_to_one_agent_needs_no_skill_and_says_preferred() -> None:
    state = _state(profile("ann", queues=()), profile("bo"), presence("ann"), presence("bo"))
    state.apply(queued("c", target_agent_id="ann", requirements=needs(cards=5)))
    decision = _one(state)
    assert decision.agent_id == "ann"
    assert (decision.because.preferred, decision.because.rule) == (True, "preferred_agent")


def test_requirements_widen_with_the_wait_and_the_place_is_kept() -> None:
    queue = QueuePolicy(
        queue_id="cards",
        requirements=needs(cards=3),
        relaxations=(Relaxation(after_seconds=30.0, lower=needs(cards=1)),),
    )
    state = _state(profile("ann", skills=needs(cards=1)), presence("ann"), queues=(queue,))
    state.apply(queued("c"))
    assert _pairs(state) == []
    assert state.next_wake_at() == NOW + 30
    relax, reserve = state.decide(NOW + 30)
    assert relax == Relax(contact_id="c", level=1)
    assert isinstance(reserve, Reserve)
    assert reserve.because.wait_seconds == 30
    assert (reserve.because.relaxed, reserve.because.requirements) == (1, needs(cards=1))


def test_the_oldest_beyond_the_limit_overflow() -> None:
    queue = QueuePolicy(queue_id="cards", overflows=(Overflow(queue_id="all", waiting_over=2),))
    state = _state(queues=(queue,))
    for number in range(4):
        state.apply(queued(f"c{number}", at=NOW + number))
    decisions = state.decide(NOW + 4)
    assert decisions == [OverflowTo(contact_id=c, queue_id="all") for c in ("c0", "c1")]
    state.apply(profile("ann", queues=("all",), capacity_units=99))
    state.apply(presence("ann"))
    assert _in_turn(state, NOW + 5) == ["c0", "c1"]


def test_a_closed_queue_overflows_and_an_open_one_does_not() -> None:
    queue = QueuePolicy(queue_id="cards", overflows=(Overflow(queue_id="all", when_closed=True),))
    state = _state(queued("c"), queues=(queue,))
    assert state.decide(NOW) == []
    state.apply(QueueClosed(at=NOW + 1, queue_id="cards"))
    assert state.decide(NOW + 1) == [OverflowTo(contact_id="c", queue_id="all")]


def test_an_offer_over_its_time_expires_once() -> None:
    state = _state(profile("ann"), presence("ann"), queued("c"), offer_seconds=20.0)
    state.apply(offered(_one(state), reservation_id="res"))
    assert state.next_wake_at() == NOW + 20
    assert state.decide(NOW + 20) == [Expire(reservation_id="res")]
    assert state.decide(NOW + 21) == []
    state.refused(Expire(reservation_id="res"))
    assert state.decide(NOW + 30) == [Expire(reservation_id="res")]


def test_an_offer_is_timed_per_channel() -> None:
    queue = QueuePolicy(queue_id="cards", offer_seconds=(("phone", 12.0),))
    state = _state(profile("ann", capacity_units=9), presence("ann"), queues=(queue,))
    state.apply(queued("call", channel="phone"))
    assert _one(state).offer_seconds == 12.0
    state.apply(assigned("call", "ann", "work", at=NOW, channel="phone"))
    state.apply(queued("chat"))
    assert _one(state).offer_seconds == 20.0


def test_place_and_wait_are_told_from_recent_answers() -> None:
    state = _state()
    for number in range(3):
        state.apply(assigned(f"old{number}", "ann", f"a{number}", at=NOW - 90 + 30 * number))
        state.apply(queued(f"c{number}", at=NOW + number))
    place = state.position_of("c1", NOW)
    assert place is not None
    assert (place.position, place.estimate_seconds) == (2, 60.0)
    assert state.waiting_in("cards") == 3
    assert state.position_of("nobody", NOW) is None
    assert state.newcomer_wait_seconds("cards", NOW) == 120.0
    assert state.newcomer_wait_seconds("cards", NOW + 3_600) is None
    assert state.newcomer_wait_seconds("loans", NOW) is None


def test_a_contact_that_closes_leaves_nothing_behind() -> None:
    state = _state(profile("ann"), presence("ann"), queued("c"))
    _one(state)
    state.apply(
        ContactClosed(
            at=NOW,
            contact_id="c",
            conversation_id="talk",
            ending="abandoned",
            reason="left",
            channel="web_chat",
            queue_id="cards",
        )
    )
    assert (state.load_of("ann"), state.waiting_in("cards")) == (0, 0)
    assert state.next_wake_at() is None
