"""The choice that asks for a person says how long one takes, while that is known."""

from pathlib import Path

import pytest

from hub.domain.steps import Choice, Menu, Say, Step
from hub.journey.person_wait import with_wait
from hub.store.engine import Store
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.world import World, make_hub

ASKED = Menu(
    text="What is it about?",
    choices=(
        Choice(value="cards", label="Cards"),
        Choice(value="person", label="Talk to a person"),
        Choice(value="person", label="转人工"),
    ),
)


@pytest.fixture
def desk(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> World:  # fmt: skip
    """A world whose self-service sends people who ask for a person to `cards`."""
    world = make_hub(sqlite_store, clock, new_id, tmp_path)
    monkeypatch.setattr(world.hub.self_service, "person_queue", "cards", raising=False)
    return world


def labels(steps: list[Step]) -> list[str]:
    (menu,) = [one for one in steps if isinstance(one, Menu)]
    return [one.label for one in menu.choices]


def told(desk: World, seconds: float | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(desk.hub.line, "newcomer_wait_seconds", lambda _queue: seconds)
    return labels(with_wait(desk.hub, "web_chat", [Say(text="Hello"), ASKED]))


async def test_the_wait_is_told_in_the_language_of_the_choice(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(desk, 95.0, monkeypatch) == [
        "Cards", "Talk to a person (about 2 min)", "转人工（约2分钟）",
    ]  # fmt: skip
    assert told(desk, 0.0, monkeypatch)[1] == "Talk to a person (about 1 min)"


async def test_what_nobody_knows_is_not_told(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(desk, None, monkeypatch)[1] == "Talk to a person"
    monkeypatch.setattr(desk.hub.self_service, "person_queue", "", raising=False)
    assert told(desk, 95.0, monkeypatch)[1] == "Talk to a person"


async def test_outside_hours_there_is_a_message_or_a_callback(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk.hub.setup), "is_open", lambda *_: False)
    assert told(desk, 95.0, monkeypatch)[1:] == [
        "Talk to a person (closed: message or callback)", "转人工（已下班：可留言或预约回电）",
    ]  # fmt: skip


async def test_on_the_phone_the_line_tells_it(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.hub.line, "newcomer_wait_seconds", lambda _queue: 95.0)
    assert labels(with_wait(desk.hub, "phone", [ASKED])) == labels([ASKED])
