"""Articles from files: what a folder says is in force, unless a person has published since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final

from hub.domain.articles import ArticleText
from hub.journey.articles.life import put_in_force
from hub.journey.articles.name import Name
from hub.journey.articles.read import as_json
from hub.journey.context import Hub
from hub.store.rows import find
from hub.store.tables import ArticleVersion
from hub.store.unit import Unit

FROM_FILE: Final = "file"
AT_ONCE: Final = 50
"""Articles of one unit: writes stay short."""
RESULTS: Final = ("created", "updated", "unchanged", "kept")
"""`kept`: a person published or retired it since, and the file changes nothing."""


async def bring_in(hub: Hub, texts: Mapping[Name, ArticleText], *, dry: bool) -> Counter[str]:
    """Put articles in force and count what became of them; `dry` writes nothing."""
    for name in texts:
        name.require_sound()
    counts = Counter(dict.fromkeys(RESULTS, 0))
    rest = iter(texts.items())
    while chunk := list(islice(rest, AT_ONCE)):
        counts.update(await hub.journal.run(partial(_chunk, hub, chunk, dry=dry)))
    return counts


def _chunk(hub: Hub, chunk: Sequence[tuple[Name, ArticleText]], *, dry: bool) -> Unit[list[str]]:
    results = []
    for name, text in chunk:
        result = yield from _judge(name, text)
        if not dry and result in ("created", "updated"):
            yield from put_in_force(hub, name, text, FROM_FILE)
        results.append(result)
    return results


def _judge(name: Name, text: ArticleText) -> Unit[str]:
    rows = yield find(
        ArticleVersion, "number", "state", "text", "saved_by", lock=True, slug=name.slug,
        language=name.language,
    )  # fmt: skip
    if not rows:
        return "created"
    _, state, known, by = max(rows)
    if by != FROM_FILE or state != "published":
        return "kept"
    return "unchanged" if known == as_json(text) else "updated"
