"""Training: heads on all examples, their judge on examples kept back in turn."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from bot.engine import sparse_head, vector_head
from bot.engine.model import Model
from bot.engine.sparse_head import SparseHead
from bot.engine.vector_head import VectorHead
from bot.engine.verdict import Verdict, alone_verdict, calibration_error, joint_verdict
from bot.engine.vocabulary import FEW_SENTENCES, Floats, Integers, Places, Row, Vocabulary
from hub.ports import Embedder

FOLDS: Final = 4
SEED: Final = 7
ENGINE: Final = "2"
"""Raised when the same examples would give another model."""
OUTSIDE: Final = frozenset({"out_of_scope", "nlu_fallback"})
_MARKS: Final = re.compile(r"[^\w\s']")
Told = Callable[[int, int], None]


class Example(NamedTuple):
    """A sentence and its intent."""

    text: str
    intent: str


class _Material(NamedTuple):
    """Everything a head learns from; the last `names` examples are the intents' own names."""

    rows: list[Row]
    vectors: Floats | None
    twins: Floats | None
    """Vectors of the same sentences without case and marks, where there are few sentences."""
    labels: Integers
    columns: int
    intents: int


class _Heads(NamedTuple):
    grams: SparseHead
    vectors: VectorHead | None


def train(
    examples: Sequence[Example], embedder: Embedder | None, *, told: Told = lambda _, __: None
) -> Model:
    """Return a model of the examples; the same examples give the same model.

    `told(done, of)` hears how far it is. Without an embedder the model weighs n-grams alone.
    """
    intents = tuple(sorted({one.intent for one in examples}))
    names = [Example(intent.replace("_", " ").strip("? ").lower(), intent) for intent in intents]
    everything = [*examples, *names]
    texts = [one.text for one in everything]
    number = {intent: at for at, intent in enumerate(intents)}
    labels = np.array([number[one.intent] for one in everything], np.int32)
    vocabulary = Vocabulary.of(texts)
    vectors = embedder.vectors(texts) if embedder else None
    needs_twins = embedder and len(examples) < FEW_SENTENCES
    twins = embedder.vectors([_plain(one) for one in texts]) if embedder and needs_twins else None
    material = _Material(
        vocabulary.rows(texts), vectors, twins, labels, len(vocabulary.columns), len(intents)
    )
    told(1, FOLDS + 2)
    outside = frozenset(number[one] for one in OUTSIDE & number.keys())
    verdict, report = _judge(material, len(examples), outside, told)
    heads = _learn(material, np.arange(len(everything)))
    told(FOLDS + 2, FOLDS + 2)
    version = version_of(examples, embedder)
    return Model(
        version, intents, OUTSIDE, vocabulary, heads.grams, heads.vectors, verdict, report
    )  # fmt: skip


def version_of(examples: Sequence[Example], embedder: Embedder | None) -> str:
    """Return the name of the model that these examples give."""
    seen = hashlib.sha256(f"{ENGINE} {embedder.name if embedder else '-'}".encode())
    for text, intent in examples:
        seen.update(f"\n{intent}\t{text}".encode())
    return seen.hexdigest()[:16]


def _learn(material: _Material, chosen: Places) -> _Heads:
    labels = material.labels[chosen]
    grams = sparse_head.learn(
        [material.rows[one] for one in chosen],
        labels,
        columns=material.columns,
        intents=material.intents,
        seed=SEED,
    )
    if material.vectors is None:
        return _Heads(grams, None)
    seen = material.vectors[chosen]
    if material.twins is not None:
        seen = np.concatenate([seen, material.twins[chosen]])
        labels = np.concatenate([labels, labels])
    vectors = vector_head.learn(seen, labels, intents=material.intents)
    return _Heads(grams, vectors)


def _judge(
    material: _Material, count: int, outside: frozenset[int], told: Told
) -> tuple[Verdict, Mapping[str, float]]:
    """Cross-validate: every example is scored by heads that have not seen it."""
    grams = np.zeros((count, material.intents), np.float32)
    vectors = np.zeros_like(grams)
    names = np.arange(count, len(material.rows))
    for at, kept_back in enumerate(_folds(material.labels[:count])):
        rest = np.setdiff1d(np.arange(count), kept_back)
        heads = _learn(material, np.concatenate([rest, names]))
        grams[kept_back] = heads.grams.table([material.rows[one] for one in kept_back])
        if heads.vectors is not None and material.vectors is not None:
            vectors[kept_back] = heads.vectors.scores(material.vectors[kept_back])
        told(2 + at, FOLDS + 2)
    labels = material.labels[:count]
    if material.vectors is None:
        verdict = alone_verdict(grams, labels, outside)
        return verdict, _report(verdict.alone(grams), labels)
    verdict = joint_verdict(grams, vectors, labels, outside)
    alone = verdict.alone(grams)
    is_alone = alone.max(axis=1) >= verdict.alone_least
    chosen = np.where(is_alone[:, None], alone, verdict.both(grams, vectors))
    return verdict, {**_report(chosen, labels), "alone_share": float(is_alone.mean())}


def _report(chosen: Floats, labels: Integers) -> dict[str, float]:
    right = chosen.argmax(axis=1) == labels
    return {"accuracy": float(right.mean()), "calibration_error": calibration_error(chosen, right)}


def _plain(text: str) -> str:
    """The sentence as somebody in a hurry writes it."""
    return " ".join(_MARKS.sub(" ", text.casefold()).split()) or text


def _folds(labels: Integers) -> Iterator[Places]:
    """Every intent in every part alike."""
    chance = np.random.default_rng(SEED)
    order = chance.permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    for part in range(FOLDS):
        yield order[part::FOLDS]
