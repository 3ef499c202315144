"""The live counters equal a slow recount of the log at every moment."""

from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain import events as e
from hub.reports.day import day_start, next_day_start
from hub.reports.live import LiveCounters
from hub.reports.recount import recount, spells_of
from tests.unit.reports.random_log import RandomDay, policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = 1_800_000_000.0 // 86400 * 86400 + 4 * 3600
FIRST = policy(version=1, target_seconds=60.0)


def log_of(seed: int, steps: int, longest_step_seconds: int = 900) -> list[e.Event]:
    day = RandomDay(Random(seed), NOON, longest_step_seconds)
    return day.write(steps)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 150), st.sampled_from((30, 900, 7200)))
def test_counters_equal_a_recount(seed: int, steps: int, longest: int) -> None:
    log = log_of(seed, steps, longest)
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all(log)
    if log:
        live.roll_to(log[-1].at)
        assert live.figures == recount(log, zone=SHANGHAI, now=log[-1].at, policy=FIRST)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_who_waits_equals_the_open_spells(seed: int) -> None:
    log = log_of(seed, 120)
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all(log)
    open_spells = {s.contact_id: s.queue_id for s in spells_of(log, FIRST) if s.ended is None}
    assert {key: spell.queue_id for key, spell in live.waiting.items()} == open_spells


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_every_offered_spell_is_somewhere(seed: int) -> None:
    log = log_of(seed, 150, 60)
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all(log)
    for queue_id, tally in live.figures.queues.items():
        ended = tally.answered + tally.abandoned + tally.left
        began = live.figures.day_start_at
        still = [s for s in live.waiting_in(queue_id) if s.began_at >= began]
        assert tally.offered == ended + len(still)


def test_a_restart_from_yesterdays_log_gives_the_same_figures() -> None:
    log = log_of(7, 400, 1200)
    now = log[-1].at
    assert day_start(now, SHANGHAI) > day_start(log[0].at, SHANGHAI) + 86400
    whole, restored = (LiveCounters(zone=SHANGHAI, policy=FIRST) for _ in range(2))
    whole.apply_all(log)
    yesterday = day_start(now, SHANGHAI) - 86400
    restored.apply_all(ev for ev in log if ev.at < yesterday and hasattr(ev, "policy"))
    restored.apply_all(ev for ev in log if ev.at >= yesterday)
    old = {key for key, spell in whole.waiting.items() if spell.began_at < yesterday}
    assert restored.figures.queues == whole.figures.queues
    assert restored.waiting.keys() == whole.waiting.keys() - old


def queued(contact: str, at: float, cause: str = "handed_off") -> e.ContactQueued:
    return e.ContactQueued(
        at=at, contact_id=contact, conversation_id="v", queue_id="cards", channel="chat",
        language="en", cause=cause, queued_at=at,
    )  # fmt: skip


def assigned(contact: str, at: float) -> e.ContactAssigned:
    return e.ContactAssigned(
        at=at, contact_id=contact, conversation_id="v", agent_id="ann", assignment_id=contact,
        queue_id="cards", channel="chat", waited_seconds=0.0,
    )  # fmt: skip


def left(contact: str, at: float) -> e.ContactClosed:
    return e.ContactClosed(
        at=at, contact_id=contact, conversation_id="v", ending="abandoned", reason="left",
        channel="chat", queue_id="cards",
    )  # fmt: skip


def test_service_level_leaves_out_who_left_within_the_target() -> None:
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all([queued("in", NOON), queued("late", NOON), queued("short", NOON)])
    live.apply_all([queued("long", NOON), left("short", NOON + 30), assigned("in", NOON + 60)])
    live.apply_all([assigned("late", NOON + 61), left("long", NOON + 90)])
    tally = live.queue("cards")
    assert tally.service_level_ratio == 1 / 3
    assert tally.abandoned_ratio == 2 / 4
    assert tally.average_wait_seconds == 60.5


def test_a_declined_offer_keeps_the_place_and_counts_once() -> None:
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all([queued("c", NOON), queued("c", NOON + 50, "declined")])
    live.apply(assigned("c", NOON + 70))
    assert live.queue("cards").offered == 1
    assert live.queue("cards").service_level_ratio == 0.0


def test_who_waits_over_midnight_still_waits_but_belongs_to_yesterday() -> None:
    midnight = next_day_start(day_start(NOON, SHANGHAI), SHANGHAI)
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    live.apply_all([queued("c", midnight - 5), queued("d", midnight + 5)])
    assert set(live.waiting) == {"c", "d"}
    assert live.figures.total.offered == 1
    live.apply(assigned("c", midnight + 9))
    assert live.figures.total.answered == 0


def test_a_day_with_a_clock_change_has_its_own_length() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = day_start(1_774_749_600.0, berlin)  # 29 March 2026, clocks go forward
    assert next_day_start(start, berlin) - start == 23 * 3600


def test_estimate_follows_the_pace_of_the_last_answers() -> None:
    live = LiveCounters(zone=SHANGHAI, policy=FIRST)
    for n in range(4):
        live.apply_all([queued(f"c{n}", NOON + 10 * n), assigned(f"c{n}", NOON + 10 * n)])
    now = NOON + 40
    assert live.estimate("cards", now) == 10.0
    assert live.estimate("cards", now, position=3) == 30.0
    assert live.estimate("loans", now) is None
    assert live.estimate("cards", now + 3600) is None
