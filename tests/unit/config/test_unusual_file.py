"""`unusual.toml`: ours is good, and a mistake is named with its line."""

from pathlib import Path

import pytest

from config.problems import CannotStart
from config.unusual import load_unusual
from hub.customers.unusual import UnusualRules

FOLDER = Path(__file__).parents[3] / "config"


def test_our_own_file_says_what_the_rules_default_to() -> None:
    assert load_unusual(FOLDER) == UnusualRules()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fast_count = 5", "fast_count = 1", "unusual.toml:18: fast_count"),
        ("amount_times = 5.0", "amount_times = 0.5", "amount_times"),
        ("least_history", "last_history", "last_history: Extra inputs"),
        ("place_hours = 2", "", "place_hours: Field required"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (FOLDER / "unusual.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "unusual.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CannotStart, match=told):
        load_unusual(tmp_path)
