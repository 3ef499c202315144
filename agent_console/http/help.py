"""The public help centre: articles for everybody, searched and read without signing in.

Words travel in the body and never in an address, since people write names and numbers.
"""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Annotated, Any, Final, Literal

from pydantic import StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from hub.domain.articles import Article, Audience, Hit
from hub.domain.errors import NotFound
from hub.journey.articles.learn import note_miss, note_verdict
from hub.journey.context import Hub
from hub.security.errors import TooMany
from hub.security.rate_limit import RateLimits

READER: Final = Audience.PUBLIC
SEARCHES_PER_SECOND: Final = 2.0
SEARCHES_AT_ONCE: Final = 40
"""Many share the address of one mobile network; a person types a word or two a second."""
LESSONS_PER_SECOND: Final = 0.2
LESSONS_AT_ONCE: Final = 20
Words = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
Spoken = Literal["en", "zh"]


class PieceView(Strict):
    """A stretch of a passage; `is_hit` where it answers."""

    text: str
    is_hit: bool


class HitView(Strict):
    """An article found."""

    slug: str
    language: str
    title: str
    category: str
    passage: list[PieceView]


class SearchBody(Strict):
    """What is looked for, and in which language it is read."""

    words: Words
    language: Spoken


class Hits(Strict):
    """What was found; `total` counts only what this reader may see."""

    total: int
    hits: list[HitView]


class LanguageQuery(Strict):
    """Which language."""

    language: Spoken


class Titled(Strict):
    """An article by name."""

    slug: str
    title: str


class Category(Strict):
    """Articles that belong together."""

    name: str
    articles: list[Titled]


class Disturbance(Strict):
    """What does not work now, in the reader's language."""

    text: str
    until_at: float


class Categories(Strict):
    """All that can be read."""

    categories: list[Category]
    disturbances: list[Disturbance]


class ArticlePage(Strict):
    """An article to read; `twin` where it exists in the other language too."""

    slug: str
    language: str
    title: str
    category: str
    html: str
    reviewed: str
    twin: bool
    related: list[Titled]
    disturbances: list[Disturbance]


class Verdict(Strict):
    """Whether it helped."""

    language: Spoken
    helped: bool


class HelpRoutes:
    """`/api/help/...`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._searches = RateLimits(hub.clock, SEARCHES_PER_SECOND, SEARCHES_AT_ONCE)
        self._lessons = RateLimits(hub.clock, LESSONS_PER_SECOND, LESSONS_AT_ONCE)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, public=True, tag="help")
        get = partial(one, method="GET", query=LanguageQuery)
        post = partial(one, method="POST")
        article = "/api/help/articles/{slug}"
        for endpoint in (
            post(path="/api/help/search", handler=self.search, body=SearchBody, answer=Hits),
            get(path="/api/help/articles", handler=self.list, answer=Categories),
            get(path=article, handler=self.read, answer=ArticlePage),
            post(path=f"{article}/verdict", handler=self.judge, body=Verdict, answer=Done),
        ):
            api.add(endpoint)

    async def search(self, call: Call) -> Hits:
        """Search; words that find nothing are counted, without who asked."""
        body: SearchBody = call.body
        if not self._searches.allow(_caller(call)):
            raise TooMany("too_many_searches", 1 / SEARCHES_PER_SECOND)
        found = await self._hub.articles.find(body.words, reader=READER, language=body.language)
        if not found.total and self._lessons.allow(_caller(call)):
            await note_miss(self._hub, body.words, body.language)
        return Hits(total=found.total, hits=[hit_view(hit) for hit in found.hits])

    async def list(self, call: Call) -> Categories:
        """List what can be read, by category."""
        articles = self._hub.articles.listed(reader=READER, language=call.query.language)
        return Categories(
            categories=[
                Category(name=name, articles=[_titled(one) for one in some])
                for name, some in groupby(articles, key=lambda one: one.text.category)
            ],
            disturbances=[*self._disturbed(None, call.query.language)],
        )

    async def read(self, call: Call) -> ArticlePage:
        """Read an article; one that is not public is as unknown as one that does not exist."""
        article, others = self._article(call, call.query.language), self._hub.articles
        other = "zh" if article.language == "en" else "en"
        listed = others.listed(reader=READER, language=article.language)
        same = [a for a in listed if a.text.category == article.text.category]
        return ArticlePage(
            slug=article.slug,
            language=article.language,
            title=article.text.title,
            category=article.text.category,
            html=others.render(article.text.body),
            reviewed=article.text.reviewed,
            twin=others.article(article.slug, reader=READER, language=other) is not None,
            related=[_titled(one) for one in same if one.slug != article.slug][:5],
            disturbances=[*self._disturbed(article.slug, article.language)],
        )

    async def judge(self, call: Call) -> Done:
        """Count that the article helped or did not."""
        body: Verdict = call.body
        article = self._article(call, body.language)
        if not self._lessons.allow(_caller(call)):
            raise TooMany("too_many_answers", 1 / LESSONS_PER_SECOND)
        await note_verdict(self._hub, article, helped=body.helped)
        return Done()

    def _disturbed(self, slug: str | None, language: str) -> Sequence[Disturbance]:
        return [
            Disturbance(text=one.zh if language == "zh" else one.en, until_at=one.until_at)
            for one in self._hub.articles.disturbed(slug)
        ]

    def _article(self, call: Call, language: str) -> Article:
        slug = str(call.request.path_params["slug"])
        articles = self._hub.articles
        article = articles.article(slug, reader=READER, language=language)
        if article is None and (goal := articles.moved(slug, language)):
            article = articles.article(goal, reader=READER, language=language)
        if article is None:
            raise NotFound("no_article")
        return article


def hit_view(hit: Hit) -> HitView:
    """Return what a page shows of an article found."""
    return HitView(**hit_fields(hit))


def hit_fields(hit: Hit) -> dict[str, Any]:
    """Return the fields that all readers' hits have."""
    return {
        "slug": hit.article.slug,
        "language": hit.article.language,
        "title": hit.article.text.title,
        "category": hit.article.text.category,
        "passage": [PieceView(text=one.text, is_hit=one.is_hit) for one in hit.passage],
    }


def _titled(article: Article) -> Titled:
    return Titled(slug=article.slug, title=article.text.title)


def _caller(call: Call) -> str:
    return call.request.client.host if call.request.client else ""
