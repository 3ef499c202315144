"""Pieces as numbers: which column each has, and how much a rare one weighs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.engine.grams import WHOLE, pieces

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
FEW_SENTENCES: Final = 2_000
"""Below it a letter piece that occurs once still tells something."""


class Row(NamedTuple):
    """A sentence: the columns that are not zero, and their weights."""

    columns: Integers
    weights: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of the sentences it was made from; others are unknown and weigh nothing."""

    columns: dict[str, int]
    rarity: Floats
    whole: npt.NDArray[np.bool_]

    @staticmethod
    def of(sentences: Sequence[str]) -> "Vocabulary":
        """Return the vocabulary of these sentences."""
        seen: Counter[str] = Counter()
        for sentence in sentences:
            seen.update(set(pieces(sentence)))
        least = 1 if len(sentences) < FEW_SENTENCES else 2
        kept = sorted(p for p, count in seen.items() if count >= least or p.startswith(WHOLE))
        counts = np.asarray([seen[piece] for piece in kept], np.float32)
        return Vocabulary.kept(kept, np.log((1 + len(sentences)) / (1 + counts)) + 1)

    @staticmethod
    def kept(pieces_kept: Sequence[str], rarity: Floats) -> "Vocabulary":
        """Return the vocabulary of pieces with the rarity of each."""
        whole = (piece.startswith(WHOLE) for piece in pieces_kept)
        return Vocabulary(
            {piece: column for column, piece in enumerate(pieces_kept)},
            rarity.astype(np.float32),
            np.fromiter(whole, np.bool_, len(pieces_kept)),
        )

    def row(self, sentence: str) -> Row:
        """Return a sentence; words and letters weigh alike, however many letters there are."""
        known = self.columns
        found = Counter(known[piece] for piece in pieces(sentence) if piece in known)
        columns = np.fromiter(found, np.int32, len(found))
        counts = np.fromiter(found.values(), np.float32, len(found))
        weights = (1 + np.log(counts)) * self.rarity[columns]
        whole = self.whole[columns]
        for part in (whole, ~whole):
            length = float(np.sqrt(np.square(weights[part]).sum()))
            if length > 0:
                weights[part] /= length
        return Row(columns, weights)

    def rows(self, sentences: Sequence[str]) -> list[Row]:
        """Return sentences."""
        return [self.row(sentence) for sentence in sentences]


def gathered(rows: Sequence[Row]) -> tuple[npt.NDArray[Any], Floats]:
    """Return the columns that occur in these rows, and the rows over just those columns."""
    columns = np.concatenate([row.columns for row in rows])
    at = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
    used, place = np.unique(columns, return_inverse=True)
    table = np.zeros((len(rows), len(used)), np.float32)
    table[at, place] = np.concatenate([row.weights for row in rows])
    return used, table
