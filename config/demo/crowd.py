"""A bank with a large floor: more agents by number, and a queue more for each ten of them.

    hub demo --agents 400      # 400 agents, 40 queues

The n-th agent is always the same person. The six queues of the small bank stay as they are; the
further ones ask for one of the same skills, so that the operator's other files hold for them.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config.demo import staff, words
from config.demo.departments import DEPARTMENTS, Department
from config.demo.people import luck_of
from config.demo.staff import Employee
from config.problems import CannotStart, ExitCode

LEAST: Final = len(staff.AGENTS)
AGENTS_PER_QUEUE: Final = 10
QUEUES_EACH: Final = 6
STEP: Final = 7
"""From one queue of an agent to the next: neighbours in the list share no whole set of queues."""
SKILLS: Final = ("cards", "payments", "loans", "premier", "complaints")
TEAMS: Final = (
    staff.TEAM_ONE, staff.TEAM_TWO, "mill", "orchard", "station", "bridge", "meadow", "tower",
    "garden", "quay", "hill", "river", "forest", "market", "castle", "island", "valley", "dune",
    "canal", "field",
)  # fmt: skip
COUNT_FILE: Final = "demo-agents"
SET_UP_NAME: Final = "demo-set-up"
_FIRST_QUEUES: Final = ("cards", "payments", "loans", "premier", "messages", "complaints")
_QUEUE: Final = """
[queues.{id}]
name = {{ en = "{en}", zh = "{zh}" }}
hours = "always"
target_seconds = {target}
service_level_ratio = 0.8
priority = 0
limit_waiting = 200
wrap_up_seconds = 60
preferred_seconds = 20
requirements = [{{ skill = "{skill}", level = 1 }}]
offer_seconds = {{ web_chat = 20 }}

[[queues.{id}.dispositions]]
code = "answered"
name = {{ en = "Question answered", zh = "问题已解答" }}

[[queues.{id}.dispositions]]
code = "passed_on"
name = {{ en = "Passed on to a specialist", zh = "已转交专员" }}
"""


def departments(agents: int) -> Sequence[Department]:
    """Return the further queues of a bank with so many agents; up to sixty have none."""
    return DEPARTMENTS[: max(0, agents // AGENTS_PER_QUEUE - len(_FIRST_QUEUES))]


def crew(agents: int) -> tuple[Employee, ...]:
    """Return all agents: those of the small bank, then further ones by number."""
    return (*staff.AGENTS, *(_employee(n, agents) for n in range(LEAST + 1, agents + 1)))


def _employee(n: int, agents: int) -> Employee:
    dice = luck_of("agent", n)
    (family, family_zh), (given, given_zh) = (
        dice.choice(words.FAMILY_ZH), dice.choice(words.GIVEN_ZH),
    )  # fmt: skip
    first = dice.choice(words.GIVEN_EN) if dice.random() < 0.5 else given
    queues = (*_FIRST_QUEUES, *(one.id for one in departments(agents)))
    levels = tuple((skill, dice.randint(2, 5)) for skill in SKILLS)
    languages = (("lang:zh", dice.randint(3, 5)), ("lang:en", dice.randint(2, 5)))
    own = dict.fromkeys(queues[(n + step * STEP) % len(queues)] for step in range(QUEUES_EACH))
    return Employee(
        login=f"agent{n:03}", en=f"{first} {family}", zh=family_zh + given_zh,
        team=TEAMS[n % len(TEAMS)], skills=(*languages, *levels), queues=tuple(own),
    )  # fmt: skip


def agents_of(folder: Path, asked: int | None) -> int:
    """Return how many agents the demo in this data folder has, and remember a first answer.

    Raises `CannotStart` when the folder holds a bank of another size than was asked for.
    """
    path = folder / COUNT_FILE
    if path.exists():
        kept = int(path.read_text(encoding="utf-8"))
    elif (folder / "hub.db").exists():
        kept = LEAST
    else:
        kept = asked or LEAST
        path.write_text(f"{kept}\n", encoding="utf-8")
    if asked not in (None, kept):
        raise CannotStart(
            ExitCode.DATABASE,
            f"the demo in this data folder has {kept} agents: leave --agents out, or choose "
            "another folder with HUB_DATA_DIR",
        )
    return kept


def write_set_up(base: Path, folder: Path, agents: int) -> Path:
    """Copy the operator's files of `base`, with the further queues; return the new folder."""
    target = folder / SET_UP_NAME
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for one in base.iterdir():
        if one.suffix == ".toml":
            shutil.copy(one, target)
        elif one.is_dir() and one.name != "__pycache__" and not any(one.glob("*.py")):
            shutil.copytree(one, target / one.name)
    with (target / "queues.toml").open("a", encoding="utf-8") as file:
        for n, department in enumerate(departments(agents)):
            file.write(_QUEUE.format(**department._asdict(), target=30 + n % 4 * 15))
    return target
