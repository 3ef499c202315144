"""Business hours: intervals, holidays, make-up days, clock changes, one's own calendar."""

import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

from routing.hours import Hours, is_open, next_change

OFFICE = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
BANK = Hours(
    time_zone="Asia/Shanghai",
    week=(OFFICE,) * 5 + ((), ()),
    country="CN",
    days={date(2026, 11, 24): (), date(2026, 11, 28): ((600, 720),)},
)


def _at(text: str, zone: str = "Asia/Shanghai") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def test_a_day_has_several_intervals() -> None:
    opened = [is_open(BANK, _at(f"2026-11-23T{t}")) for t in ("08:59", "09:00", "12:00", "13:00")]
    assert opened == [False, True, False, True]
    assert next_change(BANK, _at("2026-11-23T10:00")) == _at("2026-11-23T12:00")
    assert next_change(BANK, _at("2026-11-23T12:00")) == _at("2026-11-23T13:00")


def test_the_own_calendar_wins() -> None:
    assert not is_open(BANK, _at("2026-11-24T10:00"))
    assert is_open(BANK, _at("2026-11-28T10:00"))  # a Saturday
    assert next_change(BANK, _at("2026-11-23T18:00")) == _at("2026-11-25T09:00")


def test_holidays_close_and_make_up_days_are_worked() -> None:
    assert not is_open(BANK, _at("2026-02-17T10:00"))  # Spring Festival, a Tuesday
    assert is_open(BANK, _at("2026-02-14T10:00"))  # a Saturday worked for it
    assert not is_open(BANK, _at("2026-11-21T10:00"))  # a plain Saturday


def test_wall_time_counts_when_clocks_change() -> None:
    berlin = Hours(time_zone="Europe/Berlin", week=(OFFICE,) * 7)
    saturday = _at("2026-10-24T18:00", "Europe/Berlin")
    sunday = next_change(berlin, saturday)
    assert sunday == _at("2026-10-25T09:00", "Europe/Berlin")
    assert sunday - saturday == 16 * 3600  # the night has one hour more


def test_hours_that_join_at_midnight_do_not_change_there() -> None:
    always = Hours(time_zone="Asia/Shanghai", week=(((0, 1440),),) * 7)
    assert is_open(always, _at("2026-11-23T00:00"))
    assert next_change(always, _at("2026-11-23T10:00")) is None


def test_one_country_does_not_load_all_the_others() -> None:
    for country in ("CN", "GB", "US"):
        is_open(Hours(time_zone="UTC", week=((),) * 7, country=country), _at("2026-07-14T10:00"))
    loaded = [name for name in sys.modules if name.startswith("holidays.countries.")]
    assert 3 <= len(loaded) < 30
