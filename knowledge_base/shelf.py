"""Articles of one language for one audience, and which terms they have: BM25 over arrays.

A reader is given the shelves he may look into and no other: what he may not see can change
neither his results, nor their order, nor their number.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from hub.domain.articles import Article
from knowledge_base.meanings import Meanings
from knowledge_base.near import NearWords
from knowledge_base.passage import Readable, readable
from knowledge_base.terms import plain, sounds, weighed_terms

K1: Final = 1.2
B: Final = 0.75
"""As Robertson and Zaragoza recommend (The Probabilistic Relevance Framework, 2009)."""
ROOM: Final = 64
CROWDED: Final = 16
"""From this part of a shelf on, ticking off its places is faster than sorting those found."""
NOTHING: Final = readable("")
Numbers = npt.NDArray[np.intp]
"""Places; in the width that numpy indexes with, or each look-up would convert them first."""
Weights = npt.NDArray[np.float32]
Times = npt.NDArray[np.float64]


class Shelf:
    """A search index that takes and gives up articles one by one."""

    def __init__(self) -> None:
        self.articles: list[Article | None] = []
        self.bodies: list[Readable] = []
        self.near = NearWords()
        self.meanings = Meanings()
        self.sounds: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}
        self._numbers: dict[str, Numbers] = {}
        self._counts: dict[str, Weights] = {}
        self._known: set[str] = set()
        self._lengths: Weights = np.zeros(ROOM, np.float32)
        self._begins: Times = np.full(ROOM, -np.inf)
        self._ends: Times = np.full(ROOM, np.inf)
        self._words = 0.0
        self._impacts: dict[str, Weights] = {}

    def __len__(self) -> int:
        return len(self._places)

    def has(self, term: str) -> bool:
        """Whether any article has the term."""
        return term in self._numbers

    def tells(self, place: int, term: str) -> bool:
        """Whether the article at a place has the term."""
        found = self._numbers.get(term)
        if found is None:
            return False
        at = int(np.searchsorted(found, place))
        return at < len(found) and int(found[at]) == place

    def holding(self, term: str) -> int:
        """Return how many articles have the term."""
        found = self._numbers.get(term)
        return 0 if found is None else len(found)

    def fill(self, articles: Iterable[Article]) -> None:
        """Take many articles at once: as `put` for each, without an array of each step."""
        gathered: dict[str, tuple[list[int], list[int]]] = {}
        for article in articles:
            place, counts = self._take(article)
            for term, count in counts.items():
                numbers, weights = gathered.setdefault(term, ([], []))
                numbers.append(place)
                weights.append(count)
        for term, (numbers, weights) in gathered.items():
            self._extend(term, np.array(numbers, np.intp), np.array(weights, np.float32))

    def put(self, article: Article) -> None:
        """Take an article, in place of the version that is here."""
        self.drop(article.slug)
        place, counts = self._take(article)
        for term, count in counts.items():
            self._extend(term, np.array([place], np.intp), np.array([count], np.float32))

    def drop(self, slug: str) -> None:
        """Give up an article; nothing happens when it is not here."""
        place = self._places.pop(slug, None)
        article = self.articles[place] if place is not None else None
        if place is None or article is None:
            return
        for term in weighed_terms(article.text, self.bodies[place].text):
            keep = self._numbers[term] != place
            self._numbers[term] = self._numbers[term][keep]
            self._counts[term] = self._counts[term][keep]
            if not len(self._numbers[term]):
                del self._numbers[term], self._counts[term]
        self.meanings.drop(slug)
        self._words -= float(self._lengths[place])
        self.articles[place], self.bodies[place] = None, NOTHING
        self._impacts.clear()

    def scores(self, weights: Mapping[str, float], now: float) -> tuple[Numbers, Weights]:
        """Return places and scores of valid articles that have any of the terms."""
        sums: Weights = np.zeros(len(self.articles), np.float32)
        touched = [self._numbers[term] for term in weights if term in self._numbers]
        for term, weight in weights.items():
            if term in self._numbers:
                sums[self._numbers[term]] += np.float32(weight) * self._impact(term)
        found = _each_once(touched, len(sums))
        valid = (self._begins[found] <= now) & (now < self._ends[found])
        found = found if valid.all() else found[valid]
        return found, sums[found]

    def alike(self, near: Mapping[str, float], now: float) -> dict[int, float]:
        """Return the places of those articles that are here and valid, as near as they are."""
        places = {self._places.get(slug, -1): nearness for slug, nearness in near.items()}
        places.pop(-1, None)
        return {
            place: nearness
            for place, nearness in places.items()
            if self._begins[place] <= now < self._ends[place]
        }

    def get(self, slug: str) -> Article | None:
        """Return an article, valid now or not."""
        place = self._places.get(slug)
        return None if place is None else self.articles[place]

    def _take(self, article: Article) -> tuple[int, Mapping[str, int]]:
        place = len(self.articles)
        self._make_room(place)
        body = plain(article.text.body)
        counts = weighed_terms(article.text, body)
        self.articles.append(article)
        self.bodies.append(readable(body))
        self._places[article.slug] = place
        self._lengths[place] = counts.total()
        self._words += counts.total()
        begins, ends = article.text.valid_from_at, article.text.valid_until_at
        self._begins[place] = -np.inf if begins is None else begins
        self._ends[place] = np.inf if ends is None else ends
        self._impacts.clear()
        return place, counts

    def _make_room(self, place: int) -> None:
        if place < len(self._lengths):
            return
        more = len(self._lengths)
        self._lengths = np.concatenate([self._lengths, np.zeros(more, np.float32)])
        self._begins = np.concatenate([self._begins, np.full(more, -np.inf)])
        self._ends = np.concatenate([self._ends, np.full(more, np.inf)])

    def _extend(self, term: str, numbers: Numbers, counts: Weights) -> None:
        if term not in self._known:
            self._known.add(term)
            self.near.add(term)
            for sound in sounds(term):
                self.sounds.setdefault(sound, []).append(term)
        if term in self._numbers:
            numbers = np.concatenate([self._numbers[term], numbers])
            counts = np.concatenate([self._counts[term], counts])
        self._numbers[term], self._counts[term] = numbers, counts

    def _impact(self, term: str) -> Weights:
        """Return how much the term says of each article that has it; of long ones less."""
        known = self._impacts.get(term)
        if known is None:
            counts, lengths = self._counts[term], self._lengths[self._numbers[term]]
            average = self._words / len(self)
            penalty = K1 * (1 - B + B * lengths / average)
            known = ((K1 + 1) * counts / (counts + penalty)).astype(np.float32)
            self._impacts[term] = known
        return known


def _each_once(touched: Sequence[Numbers], size: int) -> Numbers:
    """Return the places that any list names, each once."""
    if sum(map(len, touched)) < size // CROWDED:
        return np.unique(np.concatenate(touched)) if touched else np.zeros(0, np.intp)
    is_touched = np.zeros(size, np.bool_)
    for numbers in touched:
        is_touched[numbers] = True
    return np.flatnonzero(is_touched)
