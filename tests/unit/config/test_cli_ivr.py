"""`hub ivr`: flows are checked, drawn and rehearsed from the command line."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from config.cli import app
from config.problems import CannotStart, ExitCode

SET_UP = Path(__file__).parents[3] / "config"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the operator's files."""
    copy = tmp_path / "set_up"
    shutil.copytree(SET_UP, copy, ignore=shutil.ignore_patterns("*.py", "demo", "__pycache__"))
    monkeypatch.setenv("HUB_SET_UP_DIR", str(copy))
    monkeypatch.setenv("HUB_CONFIG", "")
    return copy


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["ivr", *arguments])


def test_a_sound_folder_has_nothing_to_mend(folder: Path) -> None:
    assert "main (36 steps), pin (3 steps), nothing to mend" in run("check").output


def test_every_mistake_is_told_with_its_line(folder: Path) -> None:
    path = folder / "ivr" / "main.yaml"
    path.write_text(path.read_text("utf-8").replace("next: lost_proof", "next: lost_prof"), "utf-8")
    refused = run("check").exception
    assert isinstance(refused, CannotStart)
    assert refused.code == ExitCode.SET_UP
    assert "there is no step lost_prof; choose one that is there" in refused.message
    assert "lost_proof: no way leads here; link it, or delete it" in refused.message
    assert refused.message.startswith(f"{path}:")


@pytest.mark.parametrize(("language", "title"), [("en", "Main line"), ("zh", "总机")])
def test_the_drawing_is_an_svg_that_says_what_it_shows(
    folder: Path, tmp_path: Path, language: str, title: str
) -> None:
    out = tmp_path / "main.svg"
    assert "36 steps, 0 mistakes" in run("draw", "--language", language, "--out", str(out)).output
    root = ElementTree.parse(out).getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=space) == title
    assert root.attrib["role"] == "img"
    assert len(root.findall("s:g", space)) == 36
    boxes = [rect.attrib for rect in root.findall("s:g/s:rect", space)]
    places = {(one["x"], one["y"]) for one in boxes}
    assert len(places) == 36


def test_a_call_is_walked_as_text_without_showing_the_pin(folder: Path) -> None:
    told = run("call", "--from", "+85291234567", "--keys", "2,1,1,482913,1,1,0").output
    assert "> ••••••" in told
    assert "482913" not in told
    assert "~ block_card: ok" in told
    assert told.rstrip().endswith("= queue messages: 综合咨询")


def test_answers_and_hours_are_chosen(folder: Path) -> None:
    keys = ("--keys", "1,5,2")
    assert "voicemail" in run("call", "--closed", *keys).output
    told = run("call", "--from", "+85291234567", "--keys", "1,2,1", "--answer", "check_pin=locked")
    assert "~ check_pin: locked" in told.output
    assert "queue messages" in told.output
    refused = run("call", "--answer", "nonsense").exception
    assert isinstance(refused, CannotStart)
