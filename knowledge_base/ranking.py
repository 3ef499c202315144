"""Which articles come first: what their words score, joined with how near their meaning is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from knowledge_base.shelf import Numbers, Shelf, Weights

FAR_BEHIND: Final = 0.15
"""What scores less than this part of the best shares a word with the query and no more."""
CANDIDATES: Final = 50
"""Of the best by words so many are joined with those that are near in meaning."""
STRANGE: Final = 0.8
"""As near as two sentences of different matters are: the model's numbers begin there."""
ALIKE: Final = 0.875
"""From here on a text answers even when it shares no word with the query: of 90 questions that are
no matter of a bank none comes so near to an article, of 625 that are two in three do."""
MEANING_WEIGHT: Final = 6.0
"""Chosen on one split of the FAQ set of `tests/benchmarks/kb_faq.py`, measured on others."""
Scores = tuple[Shelf, Numbers, Weights]


class Place(NamedTuple):
    """An article found: where it stands, what it scores, and how near its meaning is."""

    score: float
    shelf: Shelf
    place: int
    nearness: float = 0.0


def ranked(
    shelves: Sequence[Shelf],
    weights: Mapping[str, float],
    near: Sequence[Mapping[str, float]],
    *,
    now: float,
    limit: int,
) -> tuple[int, list[Place]]:
    """Return how many were found and the best of them, each with its score.

    `near` tells by shelf how near articles are; empty: nothing is known but words.
    """
    scored = [(shelf, *shelf.scores(weights, now)) for shelf in shelves]
    best = max((float(scores.max()) for _, _, scores in scored if len(scores)), default=0.0)
    total = 0
    found: list[Place] = []
    known = list(near) or [{}] * len(scored)
    for one, nearness in zip(scored, known, strict=True):
        shelf, _, scores = one
        is_near = scores >= best * FAR_BEHIND
        total += int(is_near.sum())
        if near:
            some, more = _joined(one, is_near, shelf.alike(nearness, now), best)
            found += some
            total += more
        else:
            found += _by_words(one, is_near, limit)
    found.sort(key=lambda one: (-one.score, one.place))
    return total, found[:limit]


def _by_words(one: Scores, is_near: Any, limit: int) -> Iterator[Place]:
    shelf, places, scores = one
    top = _top(scores, is_near, limit)
    for score, place in zip(scores[top].tolist(), places[top].tolist(), strict=True):
        yield Place(score, shelf, place)


def _joined(
    one: Scores, is_near: Any, alike: Mapping[int, float], best: float
) -> tuple[list[Place], int]:
    """Return candidates with the sum of both, and how many of them no word would have found."""
    shelf, places, scores = one
    top = _top(scores, is_near, CANDIDATES)
    by_words = dict(zip(places[top].tolist(), scores[top].tolist(), strict=True))
    for place in alike.keys() - by_words.keys():
        at = int(np.searchsorted(places, place))
        if at < len(places) and places[at] == place and is_near[at]:
            by_words[place] = float(scores[at])
    more = [p for p, nearness in alike.items() if nearness >= ALIKE and p not in by_words]
    found = []
    for place in (*by_words, *more):
        words, nearness = by_words.get(place, 0.0) / (best or 1.0), alike.get(place, 0.0)
        found.append(Place(_sum(words, nearness), shelf, place, nearness))
    return found, len(more)


def _sum(words: float, nearness: float) -> float:
    return words + MEANING_WEIGHT * max(0.0, nearness - STRANGE) / (1.0 - STRANGE)


def _top(scores: Weights, is_near: Any, limit: int) -> Any:
    """Return where the best scores are, in no order."""
    near = np.flatnonzero(is_near)
    if len(near) <= limit:
        return near
    return near[np.argpartition(scores[near], -limit)[-limit:]]
