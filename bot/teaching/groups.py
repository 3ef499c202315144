"""Words that want the same, side by side: the same wording first, then what lies near. Pure."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.engine.vocabulary import Floats
from bot.teaching.sentences import compared

NEAR: Final = 0.9
"""Cosine of two sentences that want the same."""


def grouped(said: Sequence[str], vectors: Floats | None) -> list[list[int]]:
    """Return places of sentences by group, each led by the first of them; order is kept."""
    groups: list[list[int]] = []
    by_words: dict[str, int] = {}
    for at, text in enumerate(said):
        wording = compared(text)
        found = by_words.get(wording)
        if found is None and vectors is not None:
            found = _nearest(groups, vectors, at)
        if found is None:
            found = len(groups)
            groups.append([])
        groups[found].append(at)
        by_words.setdefault(wording, found)
    return groups


def _nearest(groups: Sequence[Sequence[int]], vectors: Floats, at: int) -> int | None:
    """Compare with who leads each group, so that a group does not drift."""
    if not groups:
        return None
    leaders = vectors[[group[0] for group in groups]]
    near = leaders @ vectors[at]
    best = int(np.argmax(near))
    return best if near[best] >= NEAR else None
