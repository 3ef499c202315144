"""Reports of past days equal a slow recount of the log, whatever the zone and the day's length."""

from collections import defaultdict
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain import events as e
from hub.reports.day import day_start, next_day_start
from hub.reports.day_fold import RIPE_AFTER_SECONDS, DayFold
from hub.reports.day_lines import DayReport, added, added_surveys
from hub.reports.definitions import AgentTally, WaitTally
from hub.reports.recount import recount, spells_of
from tests.unit.reports.random_log import RandomDay, policy

FIRST = policy(version=1, target_seconds=60.0)
ZONES = ("Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe", "UTC")
SPRING, AUTUMN, PLAIN = 1_774_600_000.0, 1_792_800_000.0, 1_800_000_000.0
"""Some days before Berlin's days of 23 and of 25 hours, and an ordinary week."""


def days_of(first: float, last: float, zone: ZoneInfo) -> list[tuple[float, float]]:
    start, found = day_start(first, zone), []
    while start <= last:
        found.append((start, next_day_start(start, zone)))
        start = found[-1][1]
    return found


def reports_of(log: list[e.Event], days: list[tuple[float, float]]) -> list[DayReport]:
    fold, found = DayFold(days, FIRST), list[DayReport]()
    for event in log:
        fold.apply(event)
    found += fold.take_ripe(log[-1].at)
    return [*found, *fold.take_rest()]


def waits(report: DayReport, key: str) -> dict[object, WaitTally]:
    groups = defaultdict(list)
    for place, tally in report.waits.items():
        groups[getattr(place, key)].append(tally)
    return {name: added(parts, WaitTally()) for name, parts in groups.items()}


def work(report: DayReport) -> dict[str, AgentTally]:
    groups = defaultdict(list)
    for place, tally in report.work.items():
        groups[place.agent_id].append(tally)
    return {name: added(parts, AgentTally()) for name, parts in groups.items()}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(1, 150),
    st.sampled_from((900, 7_200, 20_000)),
    st.sampled_from(ZONES),
    st.sampled_from((SPRING, AUTUMN, PLAIN)),
)
def test_every_day_equals_a_recount(
    seed: int, steps: int, longest: int, zone_name: str, begin: float
) -> None:
    zone = ZoneInfo(zone_name)
    log = RandomDay(Random(seed), begin, longest).write(steps)
    if not log:
        return
    for report in reports_of(log, days_of(log[0].at, log[-1].at, zone)):
        slow = recount(log, zone=zone, now=report.start_at, policy=FIRST, until=report.end_at)
        assert added(report.waits.values(), WaitTally()) == slow.total
        assert waits(report, "queue_id") == slow.queues
        assert waits(report, "at") == slow.intervals
        assert work(report) == slow.agents
        scores = added_surveys(report.surveys.values())
        assert (scores.offered, scores.by_score) == (slow.scores.offered, slow.scores.by_score)
        assert sum(one.contained for one in report.entries.values()) == slow.contained
        assert sum(one.handed_off for one in report.entries.values()) == slow.handed_off


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from((900, 7_200)))
def test_each_contact_is_one_line_of_the_day_it_came(seed: int, longest: int) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    log = RandomDay(Random(seed), PLAIN, longest).write(120)
    if not log:
        return
    reports = reports_of(log, days_of(log[0].at, log[-1].at, zone))
    lines = {key: line for report in reports for key, line in report.contacts.items()}
    came = {one.contact_id: one.at for one in log if isinstance(one, e.ContactArrived)}
    assert {key: line.arrived_at for key, line in lines.items()} == came
    waited: dict[str, float] = defaultdict(float)
    for spell in spells_of(log, FIRST):
        waited[spell.contact_id] += spell.wait_seconds
    ended = {one.contact_id: one.at for one in log if isinstance(one, e.ContactClosed)}
    for report in reports:
        for key, line in report.contacts.items():
            assert report.start_at <= line.arrived_at < report.end_at
            if (ended.get(key) or log[-1].at) <= report.end_at + RIPE_AFTER_SECONDS:
                assert line.wait_seconds == waited[key]
                assert line.closed_at == ended.get(key)


@pytest.mark.parametrize(("begin", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_of_berlin_with_another_length_has_other_half_hours(begin: float, hours: int) -> None:
    zone = ZoneInfo("Europe/Berlin")
    days = days_of(begin, begin + 12 * 86_400, zone)
    start, end = next(day for day in days if day[1] - day[0] == hours * 3_600)
    log: list[e.Event] = [
        e.ContactQueued(
            at=at, contact_id=f"c{at}", conversation_id="v", queue_id="cards", channel="chat",
            language="en", cause="handed_off", queued_at=at,
        )
        for at in (start, start + 3 * 3_600, end - 1, end)
    ]  # fmt: skip
    [report] = [one for one in reports_of(log, days) if one.start_at == start]
    assert sorted(place.at for place in report.waits) == [start, start + 10_800, end - 1_800]


def test_who_waits_over_midnight_stands_in_the_day_the_waiting_began() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    midnight = next_day_start(day_start(PLAIN, zone), zone)
    one: dict[str, Any] = {"contact_id": "c", "conversation_id": "v"}
    log: list[e.Event] = [
        e.ContactArrived(at=midnight - 30, channel="chat", account="a", language="en", **one),
        e.ContactQueued(
            at=midnight - 20, queue_id="cards", channel="chat", language="en",
            cause="handed_off", queued_at=midnight - 20, **one,
        ),
        e.ContactAssigned(
            at=midnight + 40, agent_id="ann", assignment_id="a", queue_id="cards", channel="chat",
            waited_seconds=60.0, **one,
        ),
        e.ContactUnassigned(
            at=midnight + 100, agent_id="ann", assignment_id="a", channel="chat", cause="closed",
            **one,
        ),
    ]  # fmt: skip
    before, after = reports_of(log, days_of(midnight - 60, midnight + 60, zone))
    assert added(before.waits.values(), WaitTally()).answered_in_target == 1
    assert (before.work, after.waits, after.contacts) == ({}, {}, {})
    assert work(after)["ann"].handle_seconds == 60.0
    assert before.contacts["c"].handle_seconds == 60.0
