"""`conduct.toml`: ours is good, and a mistake is named with its line."""

from pathlib import Path

import pytest

from config.conduct import load_conduct
from config.problems import CannotStart
from config.settings import SET_UP_FOLDER


def test_ours_is_good() -> None:
    found = load_conduct(SET_UP_FOLDER)
    assert found.block_hours == (0, 24, 168, 720)
    assert list(found.extend_reasons) == ["notes", "follow_up", "advice", "system_slow"]
    assert found.blocked["zh"].format(until="X") != found.blocked["zh"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[0, 24, 168, 720]", "[24, 0]", "conduct.toml:20: block.hours"),
        ("[0, 24, 168, 720]", "[-1]", "conduct.toml:20: block.hours"),
        ("again from {until} (UTC)", "again soon", "conduct.toml:9: blocked"),
        ("again from {until} (UTC)", "again from {when}", "conduct.toml:9: blocked"),
        ('"您还在吗？"', '" "', "conduct.toml:14: silence_warning"),
        ('code = "advice"', 'code = "notes"', "conduct.toml:26: wrap_up.reasons"),
        ('code = "advice"', 'code = "Ask somebody"', "code"),
        ("extensions_most = 3", "extension_most = 3", "extension_most"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (SET_UP_FOLDER / "conduct.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "conduct.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CannotStart, match=told):
        load_conduct(tmp_path)
