"""The large demo bank: the same people every time, queues that load and that somebody serves."""

from pathlib import Path

import pytest

from config.demo import crowd, staff
from config.problems import CannotStart
from config.set_up import load_set_up
from config.settings import SET_UP_FOLDER
from hub.domain.routing import AgentProfile, Requirement
from routing.policy import load


def profile(one: staff.Employee) -> AgentProfile:
    skills = tuple(Requirement(skill, level) for skill, level in one.skills)
    return AgentProfile(
        agent_id=one.id, skills=skills, queues=one.queues, capacity_units=one.capacity_units
    )


def test_the_same_number_is_the_same_agent() -> None:
    assert crowd.crew(8) == staff.AGENTS
    crew = crowd.crew(400)
    assert crew == crowd.crew(400)
    assert (len(crew), len({one.login for one in crew}), crew[8].login) == (400, 400, "agent009")


@pytest.mark.parametrize(("agents", "queues"), [(9, 6), (70, 7), (400, 40), (2_000, 40)])
def test_every_queue_has_a_name_and_agents_who_may_serve_it(
    tmp_path: Path, agents: int, queues: int
) -> None:
    folder = crowd.write_set_up(SET_UP_FOLDER, tmp_path, agents)
    set_up = load_set_up(folder)
    assert len(set_up.queues) == queues
    names = [name for one in set_up.queues.values() for name in one.names.values()]
    assert len(set(names)) == 2 * queues
    crew = crowd.crew(agents)
    load(folder, [profile(one) for one in crew])  # raises when nobody serves a queue
    assert {queue for one in crew for queue in one.queues} == set(set_up.queues)


def test_a_data_folder_keeps_its_number(tmp_path: Path) -> None:
    assert crowd.agents_of(tmp_path, 400) == 400
    assert crowd.agents_of(tmp_path, None) == 400
    with pytest.raises(CannotStart, match="has 400 agents"):
        crowd.agents_of(tmp_path, 100)


def test_a_bank_from_before_is_a_small_one(tmp_path: Path) -> None:
    (tmp_path / "hub.db").touch()
    assert crowd.agents_of(tmp_path, None) == 8
    with pytest.raises(CannotStart, match="has 8 agents"):
        crowd.agents_of(tmp_path, 400)
