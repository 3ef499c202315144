"""The operator's saved replies are checked before the hub starts."""

import shutil
from pathlib import Path

import pytest

from config.problems import CannotStart
from config.set_up import load_desk, load_set_up
from hub.text.placeholders import mistakes_in

FOLDER = Path("config")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hello {name}", []),
        ("{nmae} {nmae} {name}", ["{nmae}"]),
        ("{", ["{"]),
        ("} {name}", ["}"]),
        ("{{name}}", ["{", "}"]),
        ("{name.upper()}", ["{name.upper()}"]),
        ("{ name }", ["{ name }"]),
        ("{}", ["{}"]),
    ],
)
def test_only_known_names_stand_in_braces(text: str, wrong: list[str]) -> None:
    assert mistakes_in(text, {"name"}) == wrong


def test_a_blank_that_nobody_fills_stops_the_start(tmp_path: Path) -> None:
    for name in FOLDER.glob("*.toml"):
        shutil.copy(name, tmp_path)
    set_up = load_set_up(tmp_path)
    assert load_desk(tmp_path, set_up, time_zone="Asia/Shanghai", low_score=2).replies
    file = tmp_path / "console.toml"
    file.write_text(file.read_text("utf-8").replace("this is {agent_name}", "{agent}"), "utf-8")
    with pytest.raises(CannotStart, match=r"console.toml: reply /hello: \{agent\}"):
        load_desk(tmp_path, set_up, time_zone="Asia/Shanghai", low_score=2)
