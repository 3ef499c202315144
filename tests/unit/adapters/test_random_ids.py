"""Identifiers are ordered by time, never repeat, and say their kind."""

import re

import pytest

from hub.adapters.ids import RandomIds


def test_the_form() -> None:
    assert re.fullmatch(r"con_[0-9a-hjkmnp-tv-z]{26}", RandomIds()("con"))


def test_none_is_given_twice() -> None:
    new_id = RandomIds()
    assert len({new_id("con") for _ in range(20_000)}) == 20_000


def test_later_ones_sort_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    new_id = RandomIds()
    moments = [1_700_000_000_000, 1_700_000_000_001, 1_900_000_000_000, 2**48 - 1]
    made = []
    for moment in moments:
        monkeypatch.setattr("time.time_ns", lambda at=moment: at * 1_000_000)
        made.append(new_id("con"))
    assert made == sorted(made)


def test_every_random_bit_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for fill, digit in ((b"\x00", "0"), (b"\xff", "z")):
        monkeypatch.setattr("os.urandom", lambda size, fill=fill: fill * size)
        assert RandomIds()("con")[-16:] == digit * 16
