"""The people of each matter: which Queue takes a contact that is about it."""

from collections.abc import Collection, Mapping
from pathlib import Path

from bot.definition.domain import Domain
from bot.definition.lined import Lined
from bot.definition.mistakes import Mistakes


def own_queues(
    path: Path, document: Lined | None, domain: Domain, queues: Collection[str], mistakes: Mistakes
) -> Mapping[str, str]:
    """Return intent -> Queue; a file that is not there names none."""
    found: dict[str, str] = {}
    listed = (document.get("queues") if document else None) or Lined(1)
    for queue, intents in listed.items():
        line = listed.at(queue)
        if queue not in queues:
            known = ", ".join(sorted(queues))
            mistakes.note(path, line, f"no queue {queue!r}", f"use {known}")
        for intent in intents or ():
            if intent not in domain.intents:
                mistakes.note(path, line, f"no intent {intent!r}", "name one of the domain")
            elif intent in found:
                mistakes.note(path, line, f"{intent} has two queues", "leave one of them")
            found[str(intent)] = queue
    return found
