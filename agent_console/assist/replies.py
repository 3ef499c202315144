"""Which saved replies fit the customer's open words: by shared words and by the matter. Pure."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import Final, NamedTuple

from agent_console.setup import SavedReply
from hub.text.fold import HAN, fold, words

LEAST: Final = 2.0
"""Below this a reply shares no more than common words."""
MATTER_WEIGHT: Final = 3.0
"""What it counts that the reply is for the matter, times how sure the assistant is of it."""


class Matter(NamedTuple):
    """What the assistant takes the words for."""

    intent: str = ""
    probability: float = 0.0


def fitting(
    replies: Sequence[SavedReply], *, said: str, language: str, queue_id: str | None, matter: Matter
) -> list[SavedReply]:
    """Return the replies of this queue or of all that fit, the best first."""
    pieces = [_pieces(f"{one.title[language]} {one.text[language]}") for one in replies]
    common = Counter(piece for some in pieces for piece in some)
    told = _pieces(said)
    scored = [
        (_shared(told, some, common, len(replies)) + _for_matter(one, matter), one)
        for one, some in zip(replies, pieces, strict=True)
        if not one.queues or queue_id in one.queues
    ]
    scored.sort(key=lambda pair: -pair[0])
    return [one for score, one in scored if score >= LEAST]


def _for_matter(reply: SavedReply, matter: Matter) -> float:
    return MATTER_WEIGHT * matter.probability if matter.intent in reply.intents else 0.0


def _shared(told: frozenset[str], some: frozenset[str], common: Counter[str], count: int) -> float:
    """Count shared pieces by how rare they are among the replies; long replies share by chance."""
    weight = sum(log((count + 1) / common[piece]) for piece in told & some)
    return weight * 3 / sqrt(len(some) + 1)


def _pieces(text: str) -> frozenset[str]:
    """Words of four letters and more; of Han characters each pair."""
    found: set[str] = set()
    for word in words(fold(text)):
        if HAN.fullmatch(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif len(word) >= 4:
            found.add(word)
    return frozenset(found)
