"""The set-up files that ship with the product, and what is said of broken ones."""

import shutil
from pathlib import Path

import pytest

from config.problems import CannotStart, ExitCode
from config.self_service import self_service
from config.set_up import load_desk, load_set_up
from config.settings import SET_UP_FOLDER

SUNDAY_NIGHT = 1_792_933_200.0
"""2026-10-25 21:00 in Shanghai."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in SET_UP_FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    shutil.copytree(SET_UP_FOLDER / "bot", tmp_path / "bot")
    return tmp_path


def desk_refusal(folder: Path) -> str:
    with pytest.raises(CannotStart) as caught:
        load_desk(folder, load_set_up(folder), time_zone="Asia/Shanghai", low_score=2)
    assert caught.value.code is ExitCode.SET_UP
    return caught.value.message


def test_the_shipped_files_hold_together(folder: Path) -> None:
    set_up = load_set_up(folder)
    desk = load_desk(folder, set_up, time_zone="Asia/Shanghai", low_score=2)
    assert len(set_up.queues) == 6
    assert all(queue.dispositions for queue in set_up.queues.values())
    assert {"en", "zh"} == set(set_up.queues["cards"].names)
    assert {one.presence for one in desk.presence_reasons} == {"break", "training"}
    assert self_service(folder, set_up) is not None


def test_hours_follow_the_files(folder: Path) -> None:
    set_up = load_set_up(folder)
    assert set_up.is_open("cards", SUNDAY_NIGHT)
    assert set_up.next_opening("cards", SUNDAY_NIGHT) == SUNDAY_NIGHT
    assert not set_up.is_open("loans", SUNDAY_NIGHT)
    opens_at = set_up.next_opening("loans", SUNDAY_NIGHT)
    assert opens_at == SUNDAY_NIGHT + 12 * 3600
    assert opens_at is not None
    assert set_up.is_open("loans", opens_at)


def test_a_broken_queue_names_file_line_and_remedy(folder: Path) -> None:
    file = folder / "queues.toml"
    file.write_text(file.read_text().replace('hours = "office"', 'hours = "never"', 1))
    with pytest.raises(CannotStart) as caught:
        load_set_up(folder)
    assert caught.value.code is ExitCode.SET_UP
    assert "queues.toml:" in caught.value.message


def test_an_unknown_key_of_the_console_is_told(folder: Path) -> None:
    file = folder / "console.toml"
    file.write_text(file.read_text() + "\n[alarms]\nrisk_ratio = 1\n")
    line = file.read_text().splitlines().index("[alarms]") + 1
    assert f"console.toml:{line}: alarms" in desk_refusal(folder)


def test_a_reply_for_a_queue_that_is_not_there_is_told(folder: Path) -> None:
    file = folder / "console.toml"
    file.write_text(file.read_text().replace('queues = ["loans"]', 'queues = ["lions"]'))
    assert "reply /loan-meeting: there is no queue lions" in desk_refusal(folder)


def test_a_menu_that_leads_nowhere_is_told(folder: Path) -> None:
    file = folder / "bot" / "menu.toml"
    file.write_text(file.read_text().replace('"payments"', '"paymints"'))
    with pytest.raises(CannotStart, match="menu"):
        self_service(folder, load_set_up(folder))
