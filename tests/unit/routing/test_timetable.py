"""Looked-up hours say what worked-out ones say, and far more cheaply."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from routing import hours as worked_out
from routing.hours import Hours, is_open, next_change
from routing.timetable import STRETCH_SECONDS, Timetable

OFFICE = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
WHOLE = ((0, 24 * 60),)
BANK = Hours(
    time_zone="Asia/Shanghai",
    week=(OFFICE,) * 5 + ((), ()),
    country="CN",
    days={date(2026, 11, 24): (), date(2026, 11, 28): ((600, 720),)},
)
BERLIN = Hours(time_zone="Europe/Berlin", week=(OFFICE,) * 7)
ALWAYS = Hours(time_zone="Asia/Shanghai", week=(WHOLE,) * 7)
NEVER = Hours(time_zone="UTC", week=((),) * 7)
ONCE = Hours(time_zone="UTC", week=((),) * 7, days={date(2027, 3, 1): OFFICE})
NOW = datetime(2026, 10, 20, 11, 30, tzinfo=ZoneInfo("UTC")).timestamp()


@pytest.mark.parametrize("hours", [BANK, BERLIN, ALWAYS, NEVER, ONCE])
def test_what_is_looked_up_is_what_is_worked_out(hours: Hours) -> None:
    timetable, random = Timetable(hours), Random(7)
    at = NOW
    for _ in range(40):
        change = timetable.next_change(at)
        assert change == next_change(hours, at)
        for moment in (at, at - 3600, at + 3600, *([change, change - 1] if change else [])):
            assert timetable.is_open(moment) == is_open(hours, moment)
        at += random.choice([60.0, 5 * 3600.0, 86_400.0, -2 * 86_400.0, STRETCH_SECONDS / 3])


def test_the_edge_itself_is_open_and_the_end_closed() -> None:
    timetable = Timetable(BERLIN)
    opens = timetable.next_change(NOW + 8 * 3600)
    assert opens is not None
    closes = timetable.next_change(opens)
    assert closes == opens + 3 * 3600
    assert [timetable.is_open(at) for at in (opens - 1, opens, closes - 1, closes)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_many_letters_work_it_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(hours: Hours, now: float) -> float | None:
        calls.append(now)
        return next_change(hours, now)

    monkeypatch.setattr(worked_out, "next_change", counted)
    timetable = Timetable(ALWAYS)
    ask: Callable[[float], object] = timetable.next_change
    assert [ask(NOW + number) for number in range(1000)] == [None] * 1000
    assert len(calls) == 1
