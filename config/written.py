"""`written.toml`: when written work is due, how long it waits for customers, and its tags."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.set_up import HubSetUp
from config.toml_file import Strict, Texts, read_toml, refuse_unknown
from hub.domain.written import DAY_SECONDS, LetterRules, LetterSetUp
from hub.journey.written.marks import FRAUD

WRITTEN_FILE = "written.toml"
HOUR_SECONDS = 3600.0


class _Rules(Strict):
    answer_hours: Annotated[float, Field(gt=0, le=24 * 90)]
    close_after_days: Annotated[float, Field(gt=0, le=366)]
    closing: Texts


class _Tag(Strict):
    label: Texts


TagCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _WrittenFile(Strict):
    default: _Rules
    queues: Mapping[str, _Rules] = {}
    tags: Mapping[TagCode, _Tag] = {}


NEEDED_TAGS = frozenset({FRAUD})
"""Tags that the hub itself puts on."""


def load_written(folder: Path, set_up: HubSetUp) -> LetterSetUp:
    """Read and check the file; raise `CannotStart` naming file, line and remedy."""
    file = folder / WRITTEN_FILE
    found = read_toml(file, _WrittenFile)
    refuse_unknown(file, "queue", set(found.queues), set(set_up.queues))
    refuse_unknown(file, "needed tag", set(NEEDED_TAGS), set(found.tags))
    return LetterSetUp(
        rules=_rules(found.default),
        of_queue={queue_id: _rules(one) for queue_id, one in found.queues.items()},
        tags={code: one.label.model_dump() for code, one in found.tags.items()},
    )


def _rules(row: _Rules) -> LetterRules:
    return LetterRules(
        answer_seconds=row.answer_hours * HOUR_SECONDS,
        close_after_seconds=row.close_after_days * DAY_SECONDS,
        closing=row.closing.model_dump(),
    )
