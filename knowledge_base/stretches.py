"""What of an article is turned into vectors: its name and questions, and its body in stretches."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from hub.domain.articles import ArticleText
from knowledge_base.terms import plain

LONG: Final = 400
"""Characters that one vector still tells well."""
STRETCHES_MOST: Final = 4
"""The end of a long article is found by its words alone: memory is for the beginnings."""


def stretches(text: ArticleText) -> list[str]:
    """Return the stretches of an article; a short one is a single stretch."""
    head = "\n".join((text.title, *text.questions))
    body = plain(text.body)
    if len(head) + len(body) <= LONG:
        return [f"{head}\n{body}".strip()]
    return [head, *_parts(body)][:STRETCHES_MOST]


def key_of(model: str, texts: Sequence[str]) -> str:
    """Return the name under which the vectors of these stretches are kept."""
    whole = "\0".join((model, *texts)).encode("utf-8", "replace")
    return hashlib.sha256(whole).hexdigest()[:32]


def _parts(body: str) -> Iterator[str]:
    """Lines joined to stretches; a line is never cut unless it is longer than one."""
    part = ""
    for line in body.splitlines():
        if part and len(part) + len(line) > LONG:
            yield part
            part = ""
        part = f"{part}\n{line}".strip()
        while len(part) > LONG:
            yield part[:LONG]
            part = part[LONG:]
    if part:
        yield part
