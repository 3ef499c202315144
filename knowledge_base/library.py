"""All articles in force, in memory, and the search over them: the port `ArticleSearch`."""

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import Any, Final

import numpy as np

from hub.domain.articles import AUDIENCES, Article, Audience, Found, Hit, may_read
from hub.ports import Clock
from knowledge_base.passage import passage
from knowledge_base.render import to_html
from knowledge_base.shelf import Shelf, Weights
from knowledge_base.synonyms import Synonyms
from knowledge_base.terms import plain, sounds, terms

LANGUAGES: Final = ("en", "zh")
WORDS_MOST: Final = 24
"""More words of a query tell nothing new; a hostile one costs no more than a long one."""
CHARACTERS_MOST: Final = 400
SYNONYM_WEIGHT: Final = 0.4
GUESS_WEIGHT: Final = 0.7
"""Of words that are near to one nobody wrote, or sound like it."""
FAR_BEHIND: Final = 0.15
"""What scores less than this part of the best shares a word with the query and no more."""


class Library:
    """Shelves by audience and language."""

    def __init__(self, clock: Clock, synonyms: Synonyms | None = None) -> None:
        self._clock = clock
        self._synonyms = synonyms or Synonyms()
        self._shelves = {(a, language): Shelf() for a in AUDIENCES for language in LANGUAGES}

    def fill(self, articles: Iterable[Article]) -> None:
        """Take many articles; to be called once, on an empty library."""
        sorted_in: dict[tuple[Audience, str], list[Article]] = {key: [] for key in self._shelves}
        for article in articles:
            sorted_in[(article.text.audience, article.language)].append(article)
        for key, some in sorted_in.items():
            self._shelves[key].fill(some)

    def put(self, article: Article) -> None:
        """Take an article; a version for another audience leaves its old shelf."""
        self.drop(article.slug, article.language)
        self._shelves[(article.text.audience, article.language)].put(article)

    def drop(self, slug: str, language: str) -> None:
        """Give up an article."""
        for audience in AUDIENCES:
            self._shelves[(audience, language)].drop(slug)

    def search(
        self, words: str, *, reader: Audience, language: str | None = None, limit: int = 10
    ) -> Found:
        """Return the best articles for the words; `language` None searches both."""
        shelves = self._open_to(reader, language)
        weights = self._weights(terms(words[:CHARACTERS_MOST])[:WORDS_MOST], shelves)
        if not weights:
            return Found(total=0)
        now = self._clock.now()
        scored = [(shelf, *shelf.scores(weights, now)) for shelf in shelves]
        best = max((float(scores.max()) for _, _, scores in scored if len(scores)), default=0.0)
        total, candidates = 0, []
        for shelf, places, scores in scored:
            is_near = scores >= best * FAR_BEHIND
            total += int(is_near.sum())
            top = _top(scores, is_near, limit)
            pairs = zip(scores[top].tolist(), places[top].tolist(), strict=True)
            candidates += [(score, shelf, place) for score, place in pairs]
        candidates.sort(key=lambda one: (-one[0], one[2]))
        hits = [_hit(shelf, place, score, weights) for score, shelf, place in candidates[:limit]]
        return Found(total=total, hits=hits)

    def article(self, slug: str, *, reader: Audience, language: str) -> Article | None:
        """Return an article; None when there is none that this reader may see."""
        now = self._clock.now()
        met = (shelf.get(slug) for shelf in self._open_to(reader, language))
        return next((one for one in met if one is not None and one.is_valid(now)), None)

    def listed(self, *, reader: Audience, language: str) -> Sequence[Article]:
        """Return all articles of a language that this reader may see, by category and title."""
        now = self._clock.now()
        articles = (one for shelf in self._open_to(reader, language) for one in shelf.articles)
        valid = (one for one in articles if one is not None and one.is_valid(now))
        return sorted(valid, key=lambda one: (one.text.category, one.text.title, one.slug))

    def render(self, markdown: str) -> str:
        """Return an article's text as clean HTML that any page may show."""
        return to_html(markdown)

    def plain(self, markdown: str) -> str:
        """Return an article's text without marks, as it goes into a message."""
        return plain(markdown)

    def _open_to(self, reader: Audience, language: str | None) -> list[Shelf]:
        return [
            shelf
            for (audience, spoken), shelf in self._shelves.items()
            if may_read(reader, audience) and language in (None, spoken)
        ]

    def _weights(self, said: Sequence[str], shelves: Sequence[Shelf]) -> dict[str, float]:
        """Return the terms to look for, and how much each counts (Lucene's form of BM25's idf)."""
        wanted: dict[str, float] = {}
        for term, part in self._meant(said, shelves):
            wanted[term] = max(wanted.get(term, 0.0), part)
        size = sum(map(len, shelves))
        holding = {term: sum(shelf.holding(term) for shelf in shelves) for term in wanted}
        return {
            term: part * math.log(1 + (size - holding[term] + 0.5) / (holding[term] + 0.5))
            for term, part in wanted.items()
            if holding[term]
        }

    def _meant(self, said: Sequence[str], shelves: Sequence[Shelf]) -> Iterator[tuple[str, float]]:
        known = {term for term in said if any(shelf.has(term) for shelf in shelves)}
        guessed: list[str] = []
        for term in said:
            if term in known:
                yield term, 1.0
            else:
                guessed += _guesses(term, shelves)
        guessed += _spoken(said, known, shelves)
        for term in guessed:
            yield term, GUESS_WEIGHT
        for term in self._synonyms.of([*said, *guessed]):
            yield term, SYNONYM_WEIGHT


def _guesses(term: str, shelves: Sequence[Shelf]) -> list[str]:
    """Known words for one that nobody wrote: near in spelling, or of the same sound."""
    from_sound = _same_sound(term, shelves)
    return from_sound or [near for shelf in shelves for near in shelf.near.near(term)]


def _same_sound(term: str, shelves: Sequence[Shelf]) -> list[str]:
    return [word for one in _typed(term) for shelf in shelves for word in shelf.sounds.get(one, ())]


def _spoken(said: Sequence[str], known: Set[str], shelves: Sequence[Shelf]) -> list[str]:
    """Words in parts: `gua shi` is 挂失, and so is 挂湿, which the cutter does not know."""
    pairs = [pair for pair in pairwise(said) if not known >= {*pair}]
    whole = [a + b for one, other in pairs for a in _typed(one) for b in _typed(other)]
    return [word for one in whole for word in _same_sound(one, shelves)]


def _typed(term: str) -> list[str]:
    return [term] if term.isascii() else sounds(term)


def _top(scores: Weights, is_near: Any, limit: int) -> Any:
    """Return where the best scores are, in no order."""
    near = np.flatnonzero(is_near)
    if len(near) <= limit:
        return near
    return near[np.argpartition(scores[near], -limit)[-limit:]]


def _hit(shelf: Shelf, place: int, score: float, weights: dict[str, float]) -> Hit:
    article = shelf.articles[place]
    assert article is not None, "a dropped article has no terms"
    return Hit(article=article, score=score, passage=passage(shelf.bodies[place], weights))
