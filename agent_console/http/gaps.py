"""Matters that people are handed over with, by volume, where no article has helped."""

from functools import partial
from typing import Final

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.reports.topics import topics_of
from hub.domain.articles import Audience
from hub.journey.articles.learn import verdicts
from hub.journey.context import Hub
from hub.security.roles import Right

DAYS: Final = 28
DAY_SECONDS: Final = 86_400.0
LISTED_MOST: Final = 15


class GapArticle(Strict):
    """What customers find for the matter's name today."""

    slug: str
    language: str
    title: str
    helped: int
    not_helped: int


class Gap(Strict):
    """A matter, how many talks brought it, and how many of them self-service did not end."""

    matter: str
    contacts: int
    unsolved: int
    """Handed over to a person, or brought again within a week."""
    article: GapArticle | None


class Gaps(Strict):
    """The largest first."""

    days: int
    gaps: list[Gap]


class GapRoutes:
    """`/api/article-desk/gaps`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the route."""
        get = partial(Endpoint, method="GET", right=Right.EDIT_ARTICLES, tag="articles")
        api.add(get(path="/api/article-desk/gaps", handler=self.gaps, answer=Gaps))

    async def gaps(self, _call: Call) -> Gaps:
        """List what is asked for and not answered, out of the log of four weeks."""
        found = await topics_of(self._hub, DAYS * DAY_SECONDS)
        judged = await verdicts(self._hub)
        wanted = {matter: one.handed_over + one.repeated for matter, one in found.items()}
        gaps: list[Gap] = []
        for matter in sorted(wanted, key=lambda one: (-wanted[one], one)):
            if not wanted[matter] or len(gaps) == LISTED_MOST:
                break
            article = await self._article(matter, judged)
            if article is None or article.helped <= article.not_helped:
                gaps.append(
                    Gap(matter=matter, contacts=found[matter].contacts,
                        unsolved=wanted[matter], article=article)
                )  # fmt: skip
        return Gaps(days=DAYS, gaps=gaps)

    async def _article(
        self, matter: str, judged: dict[tuple[str, str, int], tuple[int, int]]
    ) -> GapArticle | None:
        words = matter.replace("_", " ")
        hits = (
            await self._hub.articles.find(words, reader=Audience.PUBLIC, language="en", limit=1)
        ).hits
        if not hits or not hits[0].is_sure:
            return None
        one = hits[0].article
        twins = [(yes, no) for (slug, _, _), (yes, no) in judged.items() if slug == one.slug]
        return GapArticle(
            slug=one.slug, language=one.language, title=one.text.title,
            helped=sum(yes for yes, _ in twins), not_helped=sum(no for _, no in twins),
        )  # fmt: skip
