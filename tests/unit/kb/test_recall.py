"""Beside a plain BM25 written for this test: what it finds, the library finds."""

import math
import random
from collections import Counter
from typing import Final

from hub.domain.articles import Article, Audience
from knowledge_base.terms import plain, weighed_terms
from tests.unit.kb.library import article, library

ARTICLES: Final = 400
QUERIES: Final = 150


class PlainBm25:
    """Every article scored for every query, as the formula is written."""

    def __init__(self, articles: list[Article]) -> None:
        self.bags = {a.slug: weighed_terms(a.text, plain(a.text.body)) for a in articles}
        self.average = sum(bag.total() for bag in self.bags.values()) / len(self.bags)
        self.holding = Counter(term for bag in self.bags.values() for term in bag)

    def best(self, words: list[str], limit: int) -> list[str]:
        """Return the best slugs."""
        scores = {slug: self._score(bag, words) for slug, bag in self.bags.items()}
        ranked = sorted((slug for slug in scores if scores[slug]), key=lambda slug: -scores[slug])
        return ranked[:limit]

    def _score(self, bag: Counter[str], words: list[str]) -> float:
        size, total = len(self.bags), 0.0
        for word in words:
            held = self.holding[word]
            idf = math.log(1 + (size - held + 0.5) / (held + 0.5))
            length = 0.25 + 0.75 * bag.total() / self.average
            total += idf * 2.2 * bag[word] / (bag[word] + 1.2 * length)
        return total


def test_recall_at_ten_is_not_below_plain_bm25_after_changes_too() -> None:
    chance = random.Random(7)
    words = [f"w{a}{b}o" for a in "bcdfghklmn" for b in "bcdfghklmnprst"]
    chances = [1 / (n + 3) for n in range(len(words))]
    told = {f"a{n}": chance.choices(words, chances, k=40) for n in range(ARTICLES)}
    articles = [
        article(slug, "en", " ".join(said[:3]), " ".join(said)) for slug, said in told.items()
    ]
    shelves = library(article("gone", "en", "x", "y"))
    shelves.fill(articles[: ARTICLES // 2])
    for one in articles[ARTICLES // 2 :]:
        shelves.put(one)
    shelves.drop("gone", "en")
    shelves.put(articles[0])
    reference = PlainBm25(articles)
    ours = theirs = 0
    for slug in chance.sample(sorted(told), QUERIES):
        asked = chance.sample(told[slug], 3)
        theirs += slug in reference.best([*dict.fromkeys(asked)], 10)
        hits = shelves.search(" ".join(asked), reader=Audience.PUBLIC, language="en").hits
        ours += slug in [hit.article.slug for hit in hits]
    assert ours >= theirs > QUERIES // 3
