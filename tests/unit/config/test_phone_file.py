"""The operator's numbers: read, checked, and told what is wrong."""

import shutil
from pathlib import Path

import pytest

from config.phone import load_phone
from config.problems import CannotStart
from config.set_up import load_set_up
from config.settings import SET_UP_FOLDER

SET_UP = load_set_up(SET_UP_FOLDER)


def test_the_banks_own_file_is_well_formed() -> None:
    phone = load_phone(SET_UP_FOLDER, SET_UP)
    assert set(phone.numbers) == {"95100018", "+85295100018"}
    assert phone.number_of("95100018").language == "zh"
    assert phone.number_of("+85295100018").engine == "twilio"
    assert phone.number_of("a number nobody listed").number == "95100018"
    assert phone.parts["+862155501234"] == "interpreter"


@pytest.mark.parametrize(
    ("found", "broken", "told"),
    [
        ('queue = "messages"', 'queue = "nowhere"', "nowhere"),
        ('voicemail_key = "2"', 'voicemail_key = "1"', "same key"),
        ("answer_seconds = 10", "answer_secs = 10", "answer_secs"),
        ('prefixes = ["+86", "+852"]', 'prefixes = ["86"]', "prefixes"),
        ("[numbers.95100018]", "[numbers.hotline]", "hotline"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, found: str, broken: str, told: str) -> None:
    text = (SET_UP_FOLDER / "phone.toml").read_text("utf-8")
    assert found in text
    (tmp_path / "phone.toml").write_text(text.replace(found, broken, 1), "utf-8")
    with pytest.raises(CannotStart, match=told):
        load_phone(tmp_path, SET_UP)


def test_without_the_file_the_hub_does_not_start(tmp_path: Path) -> None:
    shutil.copy(SET_UP_FOLDER / "work.toml", tmp_path)
    with pytest.raises(CannotStart, match=r"phone\.toml"):
        load_phone(tmp_path, SET_UP)
