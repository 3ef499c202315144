"""Several wishes in one sentence: taken apart and taken up one after the other. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.talk import BESIDE_THE_POINT, LONGEST, SURE
from bot.dialogue.turn import LEAVES_FORM
from bot.engine.model import Guess

WISHES_MOST: Final = 3
LEAST_CHARACTERS: Final = 3
_BETWEEN: Final = re.compile(
    r"\s+(?:and(?: also| then)?|then|also|plus)\s+|,\s+(?:and |also |then )?"
    r"|[;；。!！?？，]\s*|(?:并且|而且|还有|另外|然后|顺便)",
    re.IGNORECASE,
)


def parts(text: str) -> list[str]:
    """Return the parts of a sentence that might be wishes of their own; few, in their order."""
    if len(text) > LONGEST:
        return []
    found = [one.strip() for one in _BETWEEN.split(text)]
    kept = [one for one in found if len(one) >= LEAST_CHARACTERS]
    return kept if len(kept) <= WISHES_MOST else []


def are_several(definition: Definition, guesses: Sequence[Guess | None]) -> bool:
    """Whether each part is surely a matter, and no two are the same.

    A way out (a person, danger) is never one of several: it is heard in the whole sentence.
    """
    intents = [one.intent for one in guesses if one is not None and one.probability >= SURE]
    return len(intents) == len(guesses) == len(set(intents)) and all(
        _is_matter(definition, intent) for intent in intents
    )


def _is_matter(definition: Definition, intent: str) -> bool:
    rule = definition.rules.get(intent, ())
    return bool(rule) and rule[0] != LEAVES_FORM and intent not in BESIDE_THE_POINT
