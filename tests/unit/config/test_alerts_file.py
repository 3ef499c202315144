"""`alerts.toml` is checked: what a queue or reason is called, that others have a limit too."""

import shutil
from pathlib import Path

import pytest

from config.alerts import load_alerts
from config.problems import CannotStart

CONFIG = Path(__file__).parents[3] / "config"
QUEUES = {"premier", "loans"}


def load(folder: Path) -> object:
    return load_alerts(folder, QUEUES, {"short", "lunch"}, target_ratio=0.8, low_score=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(CONFIG / "alerts.toml", tmp_path)
    return tmp_path


def test_the_file_of_the_bank_is_sound(folder: Path) -> None:
    rules = load_alerts(folder, QUEUES, {"short", "lunch"}, target_ratio=0.8, low_score=2)
    assert rules.long_contact_seconds == {"": 1800.0, "premier": 2700.0, "loans": 2700.0}
    assert rules.break_seconds["lunch"] == 3600.0
    assert rules.acknowledged_seconds == 1800.0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("premier = 90", "premiere = 90", "queue premiere: not known"),
        ("lunch = 60", "siesta = 60", "reason of a break siesta"),
        ("risk_ratio = 0.05", "risk = 0.05", "risk"),
        ('"" = 180', "premier2 = 180", "late_reply_seconds"),
        ("premier = 90", "premier = 0", "greater than 0"),
    ],
)
def test_a_mistake_names_file_and_remedy(folder: Path, old: str, new: str, words: str) -> None:
    file = folder / "alerts.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CannotStart) as told:
        load(folder)
    assert "alerts.toml" in str(told.value)
    assert words in str(told.value)
