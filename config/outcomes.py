"""`outcomes.toml`: which outcome a talk suggests in its wrap-up; the agent chooses."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import Field

from agent_console.setup import OutcomeRule
from config.toml_file import Strict, read_toml, refuse_unknown

OUTCOMES_FILE = "outcomes.toml"
Names = Annotated[tuple[str, ...], Field(default=())]


class _Rule(Strict):
    outcome: str
    acts: Names
    intents: Names


class _OutcomesFile(Strict):
    rules: tuple[_Rule, ...] = ()


def load_outcomes(folder: Path, known: Collection[str]) -> list[OutcomeRule]:
    """Read and check the rules; none where there is no file.

    `known` are the outcomes of all queues; raises `CannotStart` naming file, line and remedy.
    """
    file = folder / OUTCOMES_FILE
    if not file.exists():
        return []
    rules = read_toml(file, _OutcomesFile).rules
    refuse_unknown(file, "outcome", {one.outcome for one in rules}, set(known))
    return [
        OutcomeRule(outcome=one.outcome, acts=frozenset(one.acts), intents=frozenset(one.intents))
        for one in rules
    ]
