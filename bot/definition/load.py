"""Reading the folder of the assistant: a checked value, or every mistake at once."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from bot.definition import lined
from bot.definition.domain import Domain, Responses
from bot.definition.mistakes import BadDefinition, Mistakes
from bot.definition.queues import own_queues
from bot.definition.rules import Rules
from bot.definition.sentences import Sentences
from bot.definition.shape import check_shape
from bot.definition.values import LANGUAGES, Definition, Response

DOMAIN: Final = "domain.yml"
RULES: Final = ("rules.yml", "stories.yml")
QUEUES: Final = "queues.yml"
_FILLED: Final = re.compile(r"\{(\w+)\}")


def load_definition(folder: Path, *, queues: Collection[str]) -> Definition:
    """Return the definition; raise `BadDefinition`. `queues` may be handed over to."""
    mistakes = Mistakes()
    documents = dict(_documents(folder, mistakes))
    for path, document in documents.items():
        check_shape(path, document, mistakes)
    if mistakes.told:
        raise BadDefinition(mistakes.told)
    domain = Domain(folder / DOMAIN, documents[folder / DOMAIN])
    said, sentences = Responses(mistakes), Sentences(mistakes)
    for path, document in documents.items():
        if path.parent.name == "responses":
            said.read(path, document)
        elif path.parent.name == "nlu":
            sentences.read(path, document)
    responses = said.found()
    rules = Rules(domain, frozenset(responses), mistakes)
    for name in RULES:
        if folder / name in documents:
            rules.read(folder / name, documents[folder / name])
    domain.check(responses, mistakes)
    _check_sentences(domain, sentences, mistakes)
    _check_responses(domain, said, responses, queues, mistakes)
    own = own_queues(folder / QUEUES, documents.get(folder / QUEUES), domain, queues, mistakes)
    if mistakes.told:
        raise BadDefinition(mistakes.told)
    return Definition(
        slots=domain.slots,
        forms=domain.forms,
        responses=responses,
        rules=rules.of_intent,
        endings=tuple(rules.endings),
        examples=tuple(sentences.examples),
        synonyms=sentences.synonyms(),
        actions=domain.actions,
        queues=own,
    )


def _documents(folder: Path, mistakes: Mistakes) -> Iterator[tuple[Path, lined.Lined]]:
    more = (*RULES, QUEUES)
    paths = [folder / DOMAIN, *(folder / name for name in more if (folder / name).exists())]
    paths += sorted((folder / "nlu").glob("*.yml")) + sorted((folder / "responses").glob("*.yml"))
    for path in paths:
        try:
            yield path, lined.read(path)
        except lined.NotYaml as error:
            mistakes.told.append(str(error))


def _check_sentences(domain: Domain, found: Sentences, mistakes: Mistakes) -> None:
    for intent, (path, line) in found.where.items():
        if intent not in domain.intents:
            mistakes.note(path, line, f"no intent {intent!r} in the domain", "add it to intents")
    for entity, (path, line) in found.entities.items():
        if entity not in domain.entities:
            mistakes.note(path, line, f"no entity {entity!r} in the domain", "add it to entities")
    told = {(one.intent, one.language) for one in found.examples}
    for intent in sorted(domain.intents):
        if missing := [one for one in LANGUAGES if (intent, one) not in told]:
            mistakes.note(
                domain.path, 1, f"{intent} has no example in {', '.join(missing)}",
                "write some into nlu/",
            )  # fmt: skip


def _check_responses(
    domain: Domain,
    said: Responses,
    responses: dict[str, Response],
    queues: Collection[str],
    mistakes: Mistakes,
) -> None:
    for name, response in responses.items():
        path, line = said.where(name)
        if response.hand_over and response.hand_over.queue not in queues:
            known = ", ".join(sorted(queues))
            mistakes.note(path, line, f"no queue {response.hand_over.queue!r}", f"use {known}")
        for text in response.texts.values():
            if unknown := set(_FILLED.findall(text)) - domain.slots.keys():
                mistakes.note(
                    path, line, f"{name} names {sorted(unknown)}, which is no slot",
                    "use a slot of the domain",
                )  # fmt: skip
