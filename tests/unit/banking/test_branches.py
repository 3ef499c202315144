"""When one may come to a branch, also on the days when clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hub.domain.branches import Branch, Calendar

BERLIN = ZoneInfo("Europe/Berlin")


def calendar(opens: time, closes: time, minutes: int = 30) -> tuple[Calendar, Branch]:
    branch = Branch(
        id="a", name={}, address={}, opens=opens, closes=closes, days=frozenset(range(1, 8)),
        slot_minutes=minutes, seats=1,
    )  # fmt: skip
    return Calendar(zone=BERLIN, branches={"a": branch}, topics={}), branch


def hours(found: tuple[Calendar, Branch], day: date) -> list[str]:
    slots = found[0].slots(found[1], day)
    return [f"{datetime.fromtimestamp(at, BERLIN):%H:%M}" for at in slots]


def test_the_last_appointment_ends_before_the_doors_close() -> None:
    found = calendar(time(9), time(10, 45))
    assert hours(found, date(2026, 6, 1)) == ["09:00", "09:30", "10:00"]


def test_a_closed_day_has_none() -> None:
    found, branch = calendar(time(9), time(17))
    sunday = Branch(
        id="b", name={}, address={}, opens=branch.opens, closes=branch.closes,
        days=frozenset({7}), slot_minutes=30, seats=1,
    )  # fmt: skip
    assert list(found.slots(sunday, date(2026, 6, 1))) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # The hour from 2 to 3 does not exist: none of it is offered.
        (date(2026, 3, 29), ["01:00", "01:30", "03:00", "03:30"]),
        # It comes twice: it is offered once.
        (date(2026, 10, 25), ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_days_when_clocks_change(day: date, expected: list[str]) -> None:
    found = calendar(time(1), time(4))
    assert hours(found, day) == expected
    slots = list(found[0].slots(found[1], day))
    assert len(set(slots)) == len(slots)


def test_one_may_come_from_tomorrow_on_for_two_weeks() -> None:
    found, branch = calendar(time(9), time(17))
    now = datetime(2026, 6, 1, 12, tzinfo=BERLIN).timestamp()
    days = found.days(now)
    assert (days[0], days[-1], len(days)) == (date(2026, 6, 2), date(2026, 6, 15), 14)
    tomorrow = next(found.slots(branch, days[0]))
    assert found.is_slot(branch, tomorrow, now)
    assert not found.is_slot(branch, tomorrow + 60, now)
    assert not found.is_slot(branch, next(found.slots(branch, date(2026, 6, 1))), now)
    assert not found.is_slot(branch, next(found.slots(branch, date(2026, 6, 16))), now)
