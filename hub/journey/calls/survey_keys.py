"""The survey on the same line: one key, from 1 to 5."""

from collections.abc import Mapping
from typing import Any, Final

from hub.domain.calls import Gather, Program
from hub.journey.calls.legs import Phase
from hub.journey.calls.words import prompt
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.store.rows import find
from hub.store.tables import Survey
from hub.store.unit import Unit

SCORES: Final = frozenset("12345")
TRIES: Final = 2

Asked = tuple[Program, Phase, Mapping[str, Any]]


def ask_score(hub: Hub, contact: ContactRow) -> Unit[Asked | None]:
    """Ask for the Score of a Contact whose survey was just offered."""
    rows = yield find(Survey, "id", contact_id=contact.id)
    if not rows or not hub.phone.survey_by_keys:
        return None
    return question(contact.language, str(rows[0][0]), TRIES)


def question(language: str, survey_id: str, tries: int) -> Asked:
    """The question, to be asked so many times at most."""
    gather = Gather(sounds=(prompt("survey", language),), language=language)
    memory = {"survey_id": survey_id, "tries": tries, "language": language}
    return (gather,), Phase.SURVEY, memory
