"""A Message as plain text, for channels that have no buttons; and what was meant by an answer."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

ARTICLES: Final = "articles"
"""The kind of a Message that shows articles: pages draw cards, others read titles and links."""
_NUMBER: Final = re.compile(r"[\W_]*(\d{1,2})[\W_]*")


def words_of(body: Mapping[str, Any], kind: str) -> str:
    """Return the words of a Message; a menu's choices become numbered lines.

    >>> words_of({"text": "How?", "choices": [{"value": "a", "label": "Card"}]}, "menu")
    'How?\\n1 Card'
    """
    text = str(body.get("text", ""))
    if kind == ARTICLES:
        lines = [f"{one['title']}\n{one['href']}".strip() for one in body.get("articles", ())]
        return "\n".join([text, *lines])
    if kind != "menu":
        return text
    lines = [f"{number} {one['label']}" for number, one in enumerate(body.get("choices", ()), 1)]
    return "\n".join([*([text] if text else []), *lines])


def number_in(text: str) -> int | None:
    """Return the number that a text consists of, however it is typed; None for other words.

    >>> number_in(" ２。"), number_in("2 cards")
    (2, None)
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    return int(found.group(1)) if found else None


def chosen(text: str, choices: Sequence[Mapping[str, str]]) -> str | None:
    """Return the value of the choice that an answer names, by number or by its label."""
    number = number_in(text)
    if number is not None:
        return choices[number - 1]["value"] if 0 < number <= len(choices) else None
    said = _folded(text)
    return next((one["value"] for one in choices if _folded(one["label"]) == said), None)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(" .。!！").casefold()
