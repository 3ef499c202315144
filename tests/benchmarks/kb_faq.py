"""Search by words, by meaning and by both on a FAQ set made from BANKING77's training file.

An intent is an article: its name is the title, five of its sentences are the body. Six other
sentences of each intent are asked. How much meaning counts was chosen on split 0; these are others.
`BENCH_BANKING77` names the folder of the file; without it, or without vectors, nothing is measured.
"""

import asyncio
import csv
import os
import random
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from hub.adapters.clock import SystemClock
from hub.adapters.sentences import NanoEmbedder, is_installed
from hub.domain.articles import Article, ArticleText, Audience, Found
from knowledge_base.library import CHARACTERS_MOST, Library
from knowledge_base.meanings import Floats
from knowledge_base.stretches import stretches
from tests.benchmarks.records import Record, at_least

FILE: Final = Path(os.environ.get("BENCH_BANKING77", "../shared/datasets/banking77")) / "train.csv"
SPLITS: Final = (1, 2)
BODY: Final = 5
ASKED: Final = 6
LOOKED_AT: Final = 10
BETTER_BY: Final = 0.03
Set = tuple[list[Article], list[tuple[str, str]]]


class Remembered:
    """An `Embedder` that knows the questions of a split already."""

    name = "remembered"

    def __init__(self, known: Mapping[str, Floats]) -> None:
        self._known = known

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return what was computed before."""
        return np.stack([self._known[one] for one in sentences])


def run() -> list[Record]:
    """Measure mean reciprocal rank at ten; nothing without file or model."""
    if not (FILE.exists() and is_installed()):
        return []
    embedder = NanoEmbedder()
    told = [_measured(faq(seed), embedder) for seed in SPLITS]
    words, meaning, both = (statistics.mean(one) for one in zip(*told, strict=True))
    target = max(words, meaning) + BETTER_BY
    return [
        at_least("kb.faq_words_mrr_at_10", words, "ratio"),
        at_least("kb.faq_meaning_mrr_at_10", meaning, "ratio"),
        at_least("kb.faq_both_mrr_at_10", both, "ratio", target=target),
    ]


def faq(seed: int) -> Set:
    """Return articles, and questions with the slug that answers each."""
    said: dict[str, list[str]] = {}
    with FILE.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if len(row["text"]) <= CHARACTERS_MOST:
                said.setdefault(row["category"], []).append(row["text"])
    chance, articles, asked = random.Random(seed), [], []
    for intent in sorted(said):
        taken = chance.sample(said[intent], BODY + ASKED)
        title = intent.replace("_", " ").capitalize()
        text = ArticleText(title=title, body="\n\n".join(taken[:BODY]), category="faq")
        articles.append(Article(slug=intent, language="en", version=1, published_at=0.0, text=text))
        asked += [(one, intent) for one in taken[BODY:]]
    return articles, asked


def _measured(faq_set: Set, embedder: NanoEmbedder) -> tuple[float, float, float]:
    articles, asked = faq_set
    texts = [stretches(one.text) for one in articles]
    told = embedder.vectors([one for some in texts for one in some])
    questions = embedder.vectors([one for one, _ in asked])
    known = {one: vector for (one, _), vector in zip(asked, questions, strict=True)}
    library = Library(SystemClock(), embedder=Remembered(known))
    library.fill(articles)
    at, nearest = 0, []
    for article, some in zip(articles, texts, strict=True):
        vectors = told[at : at + len(some)]
        library.give_meaning(article, vectors)
        nearest.append((questions @ vectors.T).max(axis=1))
        at += len(some)
    slugs = [one.slug for one in articles]
    by_meaning = [[slugs[i] for i in row] for row in np.argsort(-np.stack(nearest, axis=1))]
    words = [library.search(one, reader=Audience.PUBLIC, limit=LOOKED_AT) for one, _ in asked]
    both = asyncio.run(_both(library, asked))
    answers = [answer for _, answer in asked]
    return (
        _mrr([_slugs(one) for one in words], answers),
        _mrr(by_meaning, answers),
        _mrr([_slugs(one) for one in both], answers),
    )


async def _both(library: Library, asked: Sequence[tuple[str, str]]) -> list[Found]:
    return [await library.find(one, reader=Audience.PUBLIC, limit=LOOKED_AT) for one, _ in asked]


def _slugs(found: Found) -> list[str]:
    return [hit.article.slug for hit in found.hits]


def _mrr(found: Sequence[Sequence[str]], answers: Sequence[str]) -> float:
    ranks = [
        1 / (1 + some.index(answer)) if answer in (some := list(one)[:LOOKED_AT]) else 0.0
        for one, answer in zip(found, answers, strict=True)
    ]
    return statistics.mean(ranks)
