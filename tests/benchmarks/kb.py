"""How long a search among 100,000 articles takes, and whether it finds what plain BM25 finds.

Articles of 40 to 90 invented words, half of them in Chinese characters, words as unequally common
as in daily talk; 2,000 queries of three words of one article each, in its language, with marked
passages. The raw limit is the bare addition: lists as long as those of the query, added up.
With the extra `embed`, 500 of the queries by meaning too, and the FAQ set of `kb_faq`.
`BENCH_ARTICLES` makes fewer. Run alone: `python -m tests.benchmarks.kb`.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

import numpy as np

from hub.adapters.clock import SystemClock
from hub.adapters.sentences import NanoEmbedder, is_installed
from hub.domain.articles import Article, ArticleText, Audience
from knowledge_base.library import Library
from tests.benchmarks import kb_faq
from tests.benchmarks.records import Record, at_least, at_most, percentile, table

ARTICLES: Final = int(os.environ.get("BENCH_ARTICLES", "100000"))
QUERIES: Final = 2_000
WORDS: Final = 20_000
MEANT: Final = 500
"""Queries by meaning too; the first tenth warms the model up."""
NUMBERS: Final = 384
"""Of a vector, as the model makes them."""
SYLLABLES: Final = ("ba", "ke", "ti", "lo", "nu", "ra", "si", "mo", "den", "par", "gul", "vos")
FIRST_HAN: Final = 0x4E00
Say = Callable[[int], list[str]]


def run() -> list[Record]:
    """Measure and return the records of this area."""
    chance = random.Random(20)
    say = {"en": _words(chance, _latin), "zh": _words(chance, _han)}
    told = [_article(n, chance, say) for n in range(ARTICLES)]
    embedder = NanoEmbedder() if is_installed() else None
    library = Library(SystemClock(), embedder=embedder)
    began = time.perf_counter()
    library.fill(article for article, _ in told)
    fill_seconds = time.perf_counter() - began
    asked = [
        (article, " ".join(chance.sample(said, 3)))
        for article, said in chance.sample(told, min(QUERIES, len(told)))
    ]
    times, spent, raw_times, found = [], [], [], 0
    for article, words in asked:
        began, cpu_began = time.perf_counter(), time.thread_time()
        result = library.search(words, reader=Audience.PUBLIC, language=article.language)
        times.append((time.perf_counter() - began) * 1e3)
        spent.append((time.thread_time() - cpu_began) * 1e3)
        raw_times.append(_bare_addition_ms(result.total))
        found += any(hit.article.slug == article.slug for hit in result.hits)
    began = time.perf_counter()
    library.put(told[0][0])
    put_ms = (time.perf_counter() - began) * 1e3
    raw = percentile(raw_times, 50)
    return [
        at_most("kb.search_p50_ms", percentile(times, 50), "ms", target=1.0, raw=raw),
        at_most("kb.search_p99_ms", percentile(times, 99), "ms", target=5.0, raw=raw),
        at_most("kb.search_cpu_p50_ms", percentile(spent, 50), "ms"),
        at_most("kb.search_cpu_p99_ms", percentile(spent, 99), "ms"),
        at_least("kb.known_item_recall_at_10", found / len(asked), "ratio"),
        at_most("kb.publish_ms", put_ms, "ms", target=1_000.0),
        at_most("kb.fill_seconds", fill_seconds, "s"),
        *(_by_meaning_too(library, asked) if embedder else ()),
        *kb_faq.run(),
    ]


def _by_meaning_too(library: Library, asked: Sequence[tuple[Article, str]]) -> list[Record]:
    """Measure with a vector of each article: invented ones take as long to compare as true ones."""
    chance = np.random.default_rng(20)
    for article in library.unread():
        vector = chance.standard_normal((1, NUMBERS), np.float32)
        library.give_meaning(article, vector / np.linalg.norm(vector))
    times, spent = asyncio.run(_found_ms(library, asked[:MEANT]))
    return [
        at_most("kb.find_by_meaning_cpu_ms", spent, "ms"),
        at_most("kb.find_by_meaning_p50_ms", percentile(times, 50), "ms"),
        at_most("kb.find_by_meaning_p99_ms", percentile(times, 99), "ms", target=80.0),
    ]


async def _found_ms(
    library: Library, asked: Sequence[tuple[Article, str]]
) -> tuple[list[float], float]:
    """Return how long each took, and the processor's time of one, all threads together."""
    times, cpu_began = [], time.process_time()
    for article, words in asked:
        began = time.perf_counter()
        await library.find(words, reader=Audience.PUBLIC, language=article.language)
        times.append((time.perf_counter() - began) * 1e3)
    return times[len(times) // 10 :], (time.process_time() - cpu_began) / len(asked) * 1e3


def _article(n: int, chance: random.Random, say: dict[str, Say]) -> tuple[Article, list[str]]:
    language = ("en", "zh")[n % 2]
    said = say[language](chance.randint(40, 90))
    between = " " if language == "en" else ""
    text = ArticleText(
        title=between.join(said[:5]), body=between.join(said) + ".", category="invented"
    )
    return Article(slug=f"a{n}", language=language, version=1, published_at=0.0, text=text), said


def _words(chance: random.Random, make: Callable[[random.Random], str]) -> Say:
    words = list(dict.fromkeys(make(chance) for _ in range(WORDS)))
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    return lambda count: chance.choices(words, cum_weights=weights, k=count)


def _latin(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def _han(chance: random.Random) -> str:
    return "".join(chr(FIRST_HAN + chance.randrange(3_000)) for _ in range(2))


def _bare_addition_ms(hits: int) -> float:
    """Add up three lists of scores as long together as what the query met."""
    sums = np.zeros(ARTICLES // 2, np.float32)
    places: Sequence[np.ndarray] = [np.arange(max(1, hits // 3), dtype=np.int32)] * 3
    scores = np.ones(len(places[0]), np.float32)
    began = time.perf_counter()
    for some in places:
        sums[some] += scores
    return (time.perf_counter() - began) * 1e3


if __name__ == "__main__":
    sys.stdout.write(table(run()) + "\n")
