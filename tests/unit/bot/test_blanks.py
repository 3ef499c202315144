"""Blanks in sentences, brought to one form in both languages."""

from datetime import date

import pytest

from bot.dialogue.blanks import blanks

TODAY = date(2026, 11, 23)  # a Monday
SYNONYMS = {
    "account": {"savings": "savings", "储蓄": "savings", "everyday account": "current"},
    "currency": {
        "yuan": "CNY",
        "元": "CNY",
        "块": "CNY",
        "美元": "USD",
        "dollars": "USD",
        "pounds": "GBP",
    },
    "branch": {"lake road": "lake_road", "湖滨路": "lake_road"},
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("block the card ending 4417", {"card_tail": "4417"}),
        ("尾号是4417的卡", {"card_tail": "4417"}),
        ("4417", {"card_tail": "4417"}),
        ("what is in my savings", {"account": "savings"}),
        ("储蓄账户", {"account": "savings"}),
        ("at Lake Road tomorrow", {"branch": "lake_road", "date": "2026-11-24"}),
        ("I paid $1,250.50 yesterday", {"amount": "1250.5 USD", "date": "2026-11-22"}),
        ("20000 yuan", {"amount": "20000 CNY"}),
        ("5万元", {"amount": "50000 CNY"}),
        ("三万块", {"amount": "30000 CNY"}),
        ("前天刷了300美元", {"amount": "300 USD", "date": "2026-11-21"}),
        ("11月3日", {"date": "2026-11-03"}),
        ("12月3日", {"date": "2025-12-03"}),
        ("on the 3rd of May", {"date": "2026-05-03"}),
        ("last Friday", {"date": "2026-11-20"}),
        ("2026-02-30", {}),
        ("nothing to see", {}),
        ("", {}),
    ],
)
def test_what_is_written_is_read(text: str, found: dict[str, str]) -> None:
    told = blanks(text, SYNONYMS, TODAY)
    assert {name: told.get(name) for name in found} == found
    if not found:
        assert not told.keys() - {"amount", "card_tail"}


def test_a_day_to_come_is_the_next_one() -> None:
    assert blanks("周五", SYNONYMS, TODAY, looks_back=False)["date"] == "2026-11-27"
    assert blanks("3 May", SYNONYMS, TODAY, looks_back=False)["date"] == "2027-05-03"
