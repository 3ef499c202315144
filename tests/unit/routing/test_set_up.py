"""The set-up files load; each mistake is told with file, line and remedy."""

import shutil
from pathlib import Path

import pytest

from hub.domain.routing import AgentProfile, Requirement
from routing.policy import load
from routing.set_up import Problem, SetUpError

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("queues", "skills", "hours", "routing"):
        shutil.copy(CONFIG / f"{name}.toml", tmp_path)
    return tmp_path


def _change(folder: Path, file: str, old: str, new: str) -> int:
    """Change the first place and return its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _problems(folder: Path, staff: list[AgentProfile] | None = None) -> list[Problem]:
    with pytest.raises(SetUpError) as caught:
        load(folder, staff)
    assert all(problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def test_the_files_of_the_bank_are_sound() -> None:
    set_up = load(CONFIG)
    assert len(set_up.queues) == 6
    assert set_up.queues["cards"].name.zh == "银行卡"
    assert all(len(queue.dispositions) >= 3 for queue in set_up.queues.values())
    assert dict(set_up.policy.channel_units)["web_chat"] == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("queues.toml", "priority = 0", "priorty = 0", "Extra inputs"),
        ("queues.toml", "target_seconds = 60", "target_seconds = -1", "greater than 0"),
        ("queues.toml", ', zh = "银行卡" }', " }", "zh: Field required"),
        ("queues.toml", 'hours = "office"', 'hours = "ofice"', "unknown hours"),
        ("queues.toml", 'drop = ["premier"]', 'drop = ["premiere"]', "unknown skill"),
        ("queues.toml", 'queue = "cards"', 'queue = "card"', "unknown queue"),
        ("hours.toml", '"13:00-18:00"', '"18:00-13:00"', "must end after"),
        ("hours.toml", '"09:00-12:00"', '"09:00-12:75"', "pattern"),
        ("routing.toml", "web_chat = 2", 'web_chat = "six"', "valid integer"),
        ("routing.toml", "version = 1", "version = ", "not TOML"),
    ],
)
def test_a_mistake_is_found_on_its_line(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    line = _change(folder, file, old, new)
    problem = _problems(folder)[0]
    assert (problem.file, problem.line) == (file, line)
    assert words in problem.text
    assert str(problem).startswith(f"{file}:{line}: ")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "hours.toml").unlink()
    (problem,) = _problems(folder)
    assert problem.file == "hours.toml"


def test_a_missing_weekday_is_a_gap(folder: Path) -> None:
    _change(folder, "hours.toml", "sunday = []\n", "")
    assert "sunday: Field required" in _problems(folder)[0].text


def test_overlapping_intervals_and_hours_that_never_open(folder: Path) -> None:
    _change(folder, "hours.toml", '"13:00-18:00"', '"11:00-18:00"')
    assert "overlapping" in _problems(folder)[0].text


def test_a_relaxation_that_changes_nothing(folder: Path) -> None:
    line = _change(folder, "queues.toml", 'drop = ["premier"]', 'drop = ["cards"]')
    (problem,) = _problems(folder)
    assert "changes nothing" in problem.text
    assert problem.line < line


def test_an_overflow_circle(folder: Path) -> None:
    path = folder / "queues.toml"
    more = '\n[[queues.cards.overflows]]\nqueue = "premier"\nwaiting_over = 9\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert ["leads back" in problem.text for problem in _problems(folder)] == [True, True]


def test_a_queue_nobody_can_serve(folder: Path) -> None:
    everything = tuple(load(folder).queues)
    skills = tuple(Requirement(skill, 2) for skill in load(folder).skills)
    able = AgentProfile(agent_id="ann", queues=everything, skills=skills)
    assert load(folder, [able])
    weak = AgentProfile(agent_id="bo", queues=everything, skills=skills[:-3])
    assert "'complaints'" in _problems(folder, [weak])[0].text
