"""What a saved reply may be. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from agent_console.setup import SavedReply
from hub.domain.errors import Invalid
from hub.text.placeholders import mistakes_in

BLANKS: Final = ("customer_name", "agent_name", "queue")
"""What the desk fills in."""
TITLE_MOST: Final = 60
TEXT_MOST: Final = 2_000
REPLIES_MOST: Final = 300
_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGES: Final = ("en", "zh")


def require_sound(replies: Sequence[SavedReply], queues: Collection[str]) -> None:
    """Raise `Invalid("bad_reply")` naming the reply and what is wrong with it."""
    if len(replies) > REPLIES_MOST:
        raise Invalid("bad_reply", f"at most {REPLIES_MOST} replies")
    seen: set[str] = set()
    for one in replies:
        if problem := _problem(one, seen, queues):
            raise Invalid("bad_reply", f"/{one.code}: {problem}")
        seen.add(one.code)


def _problem(one: SavedReply, seen: Collection[str], queues: Collection[str]) -> str:
    if len(one.code) > TITLE_MOST or not _CODE.fullmatch(one.code):
        return "its short name is letters a-z, digits and hyphens"
    if one.code in seen:
        return "there are two of this name"
    if unknown := sorted(set(one.queues) - set(queues)):
        return f"there is no queue {', '.join(unknown)}"
    for language in _LANGUAGES:
        title, text = one.title.get(language, ""), one.text.get(language, "")
        if not 0 < len(title.strip()) <= TITLE_MOST or not 0 < len(text.strip()) <= TEXT_MOST:
            return f"title and text are needed in {language}, up to {TITLE_MOST} and {TEXT_MOST}"
        if wrong := mistakes_in(text, BLANKS):
            return f"{' '.join(wrong)} in {language}: only {' '.join(map(braced, BLANKS))}"
    return ""


def braced(name: str) -> str:
    """Return a blank as it is written."""
    return "{" + name + "}"


def document_of(replies: Sequence[SavedReply]) -> dict[str, Any]:
    """Return replies as a version of the set-up keeps them."""
    return {"replies": [asdict(one) for one in replies]}


def replies_of(document: Mapping[str, Any]) -> list[SavedReply]:
    """Return what a version says."""
    return [
        SavedReply(
            code=one["code"], title=one["title"], text=one["text"],
            queues=tuple(one["queues"]), intents=tuple(one["intents"]),
        )
        for one in document["replies"]
    ]  # fmt: skip
