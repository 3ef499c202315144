"""What-if: the same day under two policies."""

from dataclasses import replace

from hub.domain import events as ev
from hub.domain.routing import QueuePolicy, Relaxation, RoutingPolicy
from routing.simulate import simulate
from tests.unit.routing.events import (
    NOW,
    assigned,
    needs,
    presence,
    profile,
    queued,
    unassigned,
)

CARDS = QueuePolicy(queue_id="cards", target_seconds=30.0, requirements=needs(cards=1))
STRICT = RoutingPolicy(version=1, queues=(CARDS,))
WIDE = RoutingPolicy(
    version=2,
    queues=(replace(CARDS, relaxations=(Relaxation(after_seconds=10.0, drop=("cards",)),)),),
)


def _gave_up(contact_id: str, at: float) -> ev.ContactClosed:
    return ev.ContactClosed(
        at=at,
        contact_id=contact_id,
        conversation_id="talk",
        ending="abandoned",
        reason="left",
        channel="web_chat",
        queue_id="cards",
    )


def _day() -> list[ev.Event]:
    """Ann, the only one with the skill, handles `a` for 100 s; `b` gives up after 50 s."""
    done = replace(unassigned("ann", "w", at=NOW + 100), contact_id="a")
    return [
        profile("ann", skills=needs(cards=1), capacity_units=2),
        presence("ann"),
        profile("bo"),
        presence("bo"),
        queued("a"),
        assigned("a", "ann", "w"),
        queued("b", at=NOW + 5),
        _gave_up("b", NOW + 55),
        done,
    ]


def test_a_day_repeats_under_its_own_policy() -> None:
    result = simulate(_day(), STRICT)["cards"]
    assert (result.offered, result.answered, result.abandoned) == (2, 1, 1)
    assert result.service_level_ratio == 0.5


def test_another_policy_would_have_kept_the_customer() -> None:
    result = simulate(_day(), WIDE)["cards"]
    assert (result.answered, result.abandoned) == (2, 0)
    assert result.wait_seconds == [0.0, 10.0]
    assert (result.service_level_ratio, result.mean_wait_seconds) == (1.0, 5.0)
