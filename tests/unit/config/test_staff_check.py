"""Queues that nobody on the staff list can serve are named, and nothing else is."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.problems import CannotStart, ExitCode
from config.settings import SET_UP_FOLDER, Settings
from config.staff_check import refuse_unserved, unserved, warn_unserved
from hub.adapters.clock import SystemClock
from hub.domain.routing import AgentProfile, Requirement
from hub.journey.staff import StaffMember
from hub.store.engine import open_store
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from routing.policy import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in SET_UP_FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def _able(folder: Path) -> AgentProfile:
    """Somebody who can do everything that the files ask for."""
    set_up = load(folder)
    return AgentProfile(
        agent_id="usr_1",
        queues=tuple(set_up.queues),
        skills=tuple(Requirement(skill, 5) for skill in set_up.skills),
    )


def _member(profile: AgentProfile, *, enabled: bool = True) -> StaffMember:
    return StaffMember(
        user_id=profile.agent_id,
        name={"en": "A"},
        team="t",
        roles=("agent",),
        enabled=enabled,
        profile=profile,
    )


def test_a_queue_nobody_works_for_is_warned_of_by_name_and_line(folder: Path) -> None:
    able = _able(folder)
    most = replace(able, queues=tuple(queue for queue in able.queues if queue != "cards"))
    gone = _member(replace(able, agent_id="usr_2"), enabled=False)
    with capture_logs() as told:
        warn_unserved(folder, [_member(most), gone])
    assert [(one["event"], one["file"], "'cards'" in one["text"]) for one in told] == [
        ("queue_unserved", "queues.toml", True)
    ]
    assert told[0]["line"] > 1


def test_nobody_is_warned_when_all_is_served_or_nobody_works_here_yet(folder: Path) -> None:
    assert unserved(folder, [_able(folder)]) == []
    assert unserved(folder, []) == []


def _user(profile: AgentProfile) -> Unit[None]:
    skills = json.dumps([(own.skill, own.level) for own in profile.skills])
    yield put(
        User,
        id=profile.agent_id,
        login="a",
        name=json.dumps({"en": "A"}),
        team="t",
        roles='["agent"]',
        skills=skills,
        queues=json.dumps(profile.queues),
        password_hash="",
        created_at=1.0,
    )


async def _check(folder: Path, profile: AgentProfile | None) -> bool:
    """Write the profile while a hub serves, and check beside it."""
    settings = Settings(set_up_dir=folder, data_dir=folder)
    if profile is None:
        return await refuse_unserved(settings)
    store = await open_store(settings.store_url, clock=SystemClock())
    try:
        await store.journal.run(lambda: _user(profile))
        return await refuse_unserved(settings)
    finally:
        await store.close()


def test_the_check_reads_the_staff_beside_a_hub_that_serves(folder: Path) -> None:
    assert asyncio.run(_check(folder, _able(folder)))


def test_the_check_refuses_a_queue_nobody_can_serve(folder: Path) -> None:
    unskilled = replace(_able(folder), queues=("cards",))
    with pytest.raises(CannotStart) as caught:
        asyncio.run(_check(folder, unskilled))
    assert caught.value.code is ExitCode.SET_UP
    assert "nobody on the staff list can serve queue" in caught.value.message


def test_without_a_database_the_check_says_that_no_list_was_read(folder: Path) -> None:
    assert not asyncio.run(_check(folder, None))
    assert not (folder / "hub.db").exists()
