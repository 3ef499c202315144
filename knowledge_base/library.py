"""All articles in force, in memory, and the search over them: the port `ArticleSearch`."""

import asyncio
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import structlog

from hub.domain.articles import AUDIENCES, Article, Audience, Disturbed, Found, Hit, may_read
from hub.domain.dated_values import DatedValues, named_in
from hub.ports import Clock, Embedder
from knowledge_base.meanings import Floats
from knowledge_base.passage import passage
from knowledge_base.ranking import Place, ranked
from knowledge_base.render import to_blocks, to_html
from knowledge_base.shelf import Shelf
from knowledge_base.synonyms import Synonyms
from knowledge_base.terms import plain, sounds, terms

LANGUAGES: Final = ("en", "zh")
WORDS_MOST: Final = 24
"""More words of a query tell nothing new; a hostile one costs no more than a long one."""
CHARACTERS_MOST: Final = 400
SYNONYM_WEIGHT: Final = 0.4
GUESS_WEIGHT: Final = 0.7
"""Of words that are near to one nobody wrote, or sound like it."""
SURE_SHARE: Final = 0.6
"""An article that has this part of what was said is about it."""
SURE_NEARNESS: Final = 0.89
"""Well above what questions of other matters reach (0.874)."""
MEANT_SECONDS: Final = 0.5
"""A query whose meaning takes longer is answered by its words alone."""
MEANT_AT_ONCE: Final = 4
"""So many wait for the one model; who comes then is answered by words."""
ShelfKey = tuple[Audience, str, str]
"""For whom, in which language, and of which team, where it is one team's alone."""
log = structlog.get_logger(__name__)


class Library:
    """Shelves by audience and language."""

    def __init__(
        self,
        clock: Clock,
        synonyms: Synonyms | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        """Without an embedder articles are found by their words alone."""
        self._clock = clock
        self._synonyms = synonyms or Synonyms()
        self._embedder, self._asking = embedder, 0
        self.values = DatedValues()
        self.disturbances: Sequence[Disturbed] = ()
        self.redirects: dict[tuple[str, str], str] = {}
        """Where readers of retired articles are led, by slug and language."""
        self._unfilled: dict[tuple[str, str], Article] = {}
        """Articles that name values, as they are written."""
        self._shelves: dict[ShelfKey, Shelf] = {
            (a, one, ""): Shelf() for a in AUDIENCES for one in LANGUAGES if a != Audience.TEAM
        }

    def fill(self, articles: Iterable[Article]) -> None:
        """Take many articles; to be called once, on an empty library."""
        sorted_in: dict[ShelfKey, list[Article]] = {}
        for article in articles:
            told = self._filled(article)
            sorted_in.setdefault(_place(told), []).append(told)
        for place, some in sorted_in.items():
            self._shelf(place).fill(some)

    def put(self, article: Article) -> None:
        """Take an article; a version for another audience leaves its old shelf."""
        self.drop(article.slug, article.language)
        told = self._filled(article)
        self._shelf(_place(told)).put(told)

    def drop(self, slug: str, language: str) -> None:
        """Give up an article."""
        self._unfilled.pop((slug, language), None)
        for shelf in self._of_language(language):
            shelf.drop(slug)

    def fill_anew(self) -> None:
        """Some value has changed: tell it wherever it is named."""
        for article in list(self._unfilled.values()):
            self.put(article)

    def give_meaning(self, article: Article, vectors: Floats) -> None:
        """Take the vectors of an article, unless it has changed meanwhile."""
        shelf = self._shelf(_place(article))
        if shelf.get(article.slug) is article:
            shelf.meanings.put(article.slug, vectors)

    @property
    def knows_meanings(self) -> bool:
        """Whether the meaning of any article is known."""
        return any(len(shelf.meanings) for shelf in self._shelves.values())

    def unread(self) -> Iterator[Article]:
        """Tell the articles that have no vectors yet, with the shelves as they change."""
        for shelf in self._shelves.values():
            for article in list(shelf.articles):
                if article and article.slug not in shelf.meanings:
                    yield article

    def search(
        self, words: str, *, reader: Audience, language: str | None = None, limit: int = 10
    ) -> Found:
        """Return the best articles for the words; `language` None searches both."""
        return self._found(words, self._open_to(reader, language), (), limit)

    async def find(
        self, words: str, *, reader: Audience, team: str = "", only: Audience | None = None,
        language: str | None = None, limit: int = 10,
    ) -> Found:  # fmt: skip
        """The same, by what the words mean too, where a model is there and answers in time."""
        shelves = self._open_to(reader, language, team, only)
        near = await self._near(words[:CHARACTERS_MOST], shelves)
        return self._found(words, shelves, near, limit)

    async def _near(self, words: str, shelves: Sequence[Shelf]) -> Sequence[Mapping[str, float]]:
        """Return by shelf which articles mean the same, and how nearly."""
        embedder = self._embedder
        if embedder is None or not self.knows_meanings:
            return ()
        if self._asking >= MEANT_AT_ONCE or not words.strip():
            return ()

        def compare() -> list[Mapping[str, float]]:
            query = embedder.vectors([words])[0]
            return [shelf.meanings.nearest(query) for shelf in shelves]

        self._asking += 1
        asked = asyncio.create_task(asyncio.to_thread(compare))
        asked.add_done_callback(self._answered)
        done, _ = await asyncio.wait({asked}, timeout=MEANT_SECONDS)
        return asked.result() if done and asked.exception() is None else ()

    def _answered(self, asked: "asyncio.Task[list[Mapping[str, float]]]") -> None:
        self._asking -= 1
        if not asked.cancelled() and (error := asked.exception()):
            # Never with its trace: the words of a customer would stand in it.
            log.error("article_meaning_failed", error=type(error).__name__)

    def _found(
        self,
        words: str,
        shelves: Sequence[Shelf],
        near: Sequence[Mapping[str, float]],
        limit: int,
    ) -> Found:
        said = terms(words[:CHARACTERS_MOST])[:WORDS_MOST]
        weights = self._weights(said, shelves)
        now = self._clock.now()
        total, best = ranked(shelves, weights, near, now=now, limit=limit)
        rare = {term: _rarity(term, shelves) for term in said}
        return Found(total=total, hits=[_hit(one, weights, rare) for one in best])

    def article(
        self, slug: str, *, reader: Audience, language: str, team: str = ""
    ) -> Article | None:
        """Return an article; None when there is none that this reader may see."""
        now = self._clock.now()
        met = (shelf.get(slug) for shelf in self._open_to(reader, language, team))
        found = next((one for one in met if one is not None and one.is_valid(now)), None)
        # The index follows a value within a second; who reads is told what holds at this moment.
        return found and self._filled(self._unfilled.get((slug, language), found))

    def moved(self, slug: str, language: str) -> str | None:
        """Return where readers of a retired article are led; None: it is in force, or just gone."""
        is_here = any(shelf.get(slug) for shelf in self._of_language(language))
        return None if is_here else self.redirects.get((slug, language))

    def listed(self, *, reader: Audience, language: str) -> Sequence[Article]:
        """Return all articles of a language that this reader may see, by category and title."""
        now = self._clock.now()
        articles = (one for shelf in self._open_to(reader, language) for one in shelf.articles)
        valid = (one for one in articles if one is not None and one.is_valid(now))
        return sorted(valid, key=lambda one: (one.text.category, one.text.title, one.slug))

    def disturbed(self, slug: str | None = None) -> Sequence[Disturbed]:
        """Return what does not work now and concerns an article; None: the help centre."""
        now = self._clock.now()
        return [one for one in self.disturbances if now < one.until_at and one.concerns(slug)]

    def priced(self, text: str, language: str) -> str:
        """Return a text with the fees, rates and limits that it names, as they hold now."""
        return self.values.fill(text, language, self._clock.now())

    def render(self, markdown: str) -> str:
        """Return an article's text as clean HTML that any page may show."""
        return to_html(markdown)

    def blocks(self, markdown: str) -> Sequence[Any]:
        """Return an article's text as plain values, for pages that may make no HTML."""
        return to_blocks(markdown)

    def plain(self, markdown: str) -> str:
        """Return an article's text without marks, as it goes into a message."""
        return plain(markdown)

    def _filled(self, article: Article) -> Article:
        text = article.text
        if not any(named_in(text.title + text.body)):
            return article
        self._unfilled[(article.slug, article.language)] = article
        title, body = (self.priced(one, article.language) for one in (text.title, text.body))
        return replace(article, text=replace(text, title=title, body=body))

    def _open_to(
        self, reader: Audience, language: str | None, team: str = "", only: Audience | None = None
    ) -> list[Shelf]:
        return [
            shelf
            for (audience, spoken, of), shelf in self._shelves.items()
            if (may_read(reader, audience) or (reader is Audience.AGENTS and of == team and team))
            and language in (None, spoken)
            and only in (None, audience)
        ]

    def _shelf(self, place: ShelfKey) -> Shelf:
        """Return a shelf; that of a team is put up with its first article."""
        return self._shelves.setdefault(place, Shelf())

    def _of_language(self, language: str) -> Iterator[Shelf]:
        return (shelf for (_, spoken, _), shelf in self._shelves.items() if spoken == language)

    def _weights(self, said: Sequence[str], shelves: Sequence[Shelf]) -> dict[str, float]:
        """Return the terms to look for, and how much each counts (Lucene's form of BM25's idf)."""
        wanted: dict[str, float] = {}
        for term, part in self._meant(said, shelves):
            wanted[term] = max(wanted.get(term, 0.0), part)
        known = {term for term in wanted if any(shelf.has(term) for shelf in shelves)}
        return {term: wanted[term] * _rarity(term, shelves) for term in wanted if term in known}

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


def _place(article: Article) -> ShelfKey:
    return article.text.audience, article.language, article.text.team


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


def _rarity(term: str, shelves: Sequence[Shelf]) -> float:
    """Return how much a term tells; one that nobody wrote would tell most."""
    size, holding = sum(map(len, shelves)), sum(shelf.holding(term) for shelf in shelves)
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


def _hit(one: Place, weights: Mapping[str, float], rare: Mapping[str, float]) -> Hit:
    article = one.shelf.articles[one.place]
    assert article is not None, "a dropped article has no terms"
    told = sum(rarity for term, rarity in rare.items() if one.shelf.tells(one.place, term))
    share = told / (sum(rare.values()) or 1.0)
    return Hit(
        article=article,
        score=one.score,
        passage=passage(one.shelf.bodies[one.place], weights),
        is_sure=share >= SURE_SHARE or one.nearness >= SURE_NEARNESS,
    )
