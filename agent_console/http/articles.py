"""Articles for staff: found beside a talk, written and published at the authors' desk."""

from dataclasses import asdict
from functools import partial

from agent_console.http.article_shapes import (
    ArticleDesk,
    ArticleList,
    ArticleRow,
    CorrectionRow,
    Document,
    Held,
    HoldBody,
    MissRow,
    Preview,
    PreviewBody,
    Published,
    SaveBody,
    Saved,
    SeenBody,
    SeenWhy,
    StaffArticle,
    StaffHit,
    StaffHits,
    StaffSearch,
    VersionRow,
    VersionText,
    WhyBody,
)
from agent_console.http.endpoint import Api, Call, Endpoint
from agent_console.http.help import hit_fields
from agent_console.http.sign_in import Done, Names
from hub.domain.articles import Article, ArticleText, Audience, is_for_customers
from hub.domain.errors import NotFound
from hub.journey.articles import learn, life, lock
from hub.journey.articles.correct import CorrectionRead, open_corrections
from hub.journey.articles.name import Name
from hub.journey.articles.read import VersionRead, all_newest, text_of, versions_of
from hub.journey.context import Hub
from hub.security.roles import Right

MOST_BYTES = 256 * 1024
FOUND_MOST = 6


class ArticleRoutes:
    """`/api/articles/...` for readers, `/api/article-desk/...` for authors."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        read = partial(Endpoint, right=Right.HANDLE_CONTACTS, tag="articles")
        edit = partial(
            Endpoint, right=Right.EDIT_ARTICLES, tag="articles", most_bytes=MOST_BYTES
        )  # fmt: skip
        get, post = partial(edit, method="GET"), partial(edit, method="POST")
        desk, one = "/api/article-desk", "/api/article-desk/{slug}/{language}"
        for endpoint in (
            read(method="POST", path="/api/articles/search", handler=self.search,
                 body=StaffSearch, answer=StaffHits),
            read(method="GET", path="/api/articles/{slug}/{language}", handler=self.read,
                 answer=StaffArticle),
            get(path=desk, handler=self.list, answer=ArticleList),
            post(path=f"{desk}/preview", handler=self.preview, body=PreviewBody, answer=Preview),
            get(path=one, handler=self.open, answer=ArticleDesk),
            post(path=f"{one}/save", handler=self.save, body=SaveBody, answer=Saved),
            post(path=f"{one}/hold", handler=self.hold, body=HoldBody, answer=Held),
            post(path=f"{one}/let-go", handler=self.let_go, answer=Done),
            post(path=f"{one}/submit", handler=self.submit, body=SeenBody, answer=Done),
            post(path=f"{one}/send-back", handler=self.send_back, body=SeenWhy, answer=Done),
            post(path=f"{one}/publish", handler=self.publish, body=SeenWhy, answer=Published),
            post(path=f"{one}/retire", handler=self.retire, body=WhyBody, answer=Done),
            get(path=f"{one}/versions/{{number}}", handler=self.version, answer=VersionText),
        ):  # fmt: skip
            api.add(endpoint)

    async def search(self, call: Call) -> StaffHits:
        """Search all articles in force."""
        body: StaffSearch = call.body
        found = await self._hub.articles.find(
            body.words, reader=Audience.AGENTS, team=self._team(call), only=body.audience,
            language=body.language, limit=FOUND_MOST,
        )  # fmt: skip
        hits = [
            StaffHit(
                **hit_fields(hit), audience=hit.article.text.audience,
                for_customers=_for_customers(hit.article),
            )
            for hit in found.hits
        ]  # fmt: skip
        return StaffHits(total=found.total, hits=hits)

    async def read(self, call: Call) -> StaffArticle:
        """Read an article in force."""
        name = _name(call)
        article = self._hub.articles.article(
            name.slug, reader=Audience.AGENTS, team=self._team(call), language=name.language
        )
        if article is None:
            raise NotFound("no_article")
        link = f"/help/{name.slug}?language={name.language}"
        return StaffArticle(
            slug=name.slug,
            language=name.language,
            title=article.text.title,
            category=article.text.category,
            audience=article.text.audience,
            team=article.text.team,
            tags=[*article.text.tags],
            products=[*article.text.products],
            version=article.version,
            html=self._hub.articles.render(article.text.body),
            text=self._hub.articles.plain(article.text.body) if _for_customers(article) else None,
            link=link if article.text.audience == Audience.PUBLIC else None,
            disturbances=[
                one.zh if name.language == "zh" else one.en
                for one in self._hub.articles.disturbed(name.slug)
            ],
        )

    def _team(self, call: Call) -> str:
        member = self._hub.staff.get(call.user.viewer.user_id)
        return member.team if member else ""

    async def list(self, _call: Call) -> ArticleList:
        """List all articles with what readers made of them, and the words that found nothing."""
        verdicts = await learn.verdicts(self._hub)
        rows = []
        for row in await all_newest(self._hub):
            key = (row["slug"], row["language"], row["version_in_force"])
            helped, not_helped = verdicts.get(key, (0, 0))
            rows.append(ArticleRow(**row, helped=helped, not_helped=not_helped))
        missed = [MissRow(**asdict(one)) for one in await learn.misses(self._hub)]
        waiting = [correction_row(self._hub, one) for one in await open_corrections(self._hub)]
        return ArticleList(
            articles=rows, misses=missed, corrections=waiting, teams=teams_of(self._hub)
        )

    async def preview(self, call: Call) -> Preview:
        """Show Markdown as readers will see it."""
        return Preview(html=self._shown(call.body.body, call.body.language))

    async def open(self, call: Call) -> ArticleDesk:
        """Open an article: the version being changed, or the newest."""
        name = _name(call)
        versions = await versions_of(self._hub, name.slug, name.language)
        other = (name.slug, "zh" if name.language == "en" else "en")
        newest = {(row["slug"], row["language"]): row for row in await all_newest(self._hub)}
        return ArticleDesk(
            slug=name.slug,
            language=name.language,
            document=Document(**asdict(versions[0].text)),
            html=self._shown(versions[0].text.body, name.language),
            versions=[self._version(one, call.user.viewer.user_id) for one in versions],
            twin=other in newest,
            is_stale=newest[name.slug, name.language]["is_stale"],
        )

    async def save(self, call: Call) -> Saved:
        """Keep a draft."""
        text = _text(call.body.document)
        seen = call.body.seen
        revision = await life.save(self._hub, call.user.viewer, _name(call), text, seen=seen)
        return Saved(revision=revision)

    async def hold(self, call: Call) -> Held:
        """Begin to edit or go on, and learn who has it; `take` takes it over."""
        viewer = call.user.viewer
        held = await lock.hold(self._hub, viewer, _name(call), take=call.body.take)
        return Held(
            mine=held.user_id == viewer.user_id, by=self._names(held.user_id),
            since_at=held.since_at, taken_from=self._names(held.taken_from),
        )  # fmt: skip

    async def let_go(self, call: Call) -> Done:
        """Stop editing."""
        await lock.let_go(self._hub, call.user.viewer, _name(call))
        return Done()

    async def submit(self, call: Call) -> Done:
        """Hand the draft in."""
        await life.submit(self._hub, call.user.viewer, _name(call), seen=call.body.seen)
        return Done()

    async def send_back(self, call: Call) -> Done:
        """Return it to its author."""
        body: SeenWhy = call.body
        await life.send_back(self._hub, call.user.viewer, _name(call), seen=body.seen, why=body.why)
        return Done()

    async def publish(self, call: Call) -> Published:
        """Put it in force; never by who wrote it."""
        body: SeenWhy = call.body
        number = await life.publish(
            self._hub, call.user.viewer, _name(call), seen=body.seen, why=body.why
        )
        return Published(version=number)

    async def retire(self, call: Call) -> Done:
        """Take it out of force."""
        body: WhyBody = call.body
        await life.retire(
            self._hub, call.user.viewer, _name(call), why=body.why, moved_to=body.moved_to
        )
        return Done()

    async def version(self, call: Call) -> VersionText:
        """Read one version, to be compared with another."""
        name, asked = _name(call), str(call.request.path_params["number"])
        for one in await versions_of(self._hub, name.slug, name.language):
            if str(one.number) == asked:
                return VersionText(number=one.number, document=Document(**asdict(one.text)))
        raise NotFound("no_version")

    def _shown(self, markdown: str, language: str) -> str:
        """Return the text as readers see it today."""
        return self._hub.articles.render(self._hub.articles.priced(markdown, language))

    def _version(self, one: VersionRead, user_id: str) -> VersionRow:
        by, published_by = map(self._names, (one.saved_by, one.published_by))
        return VersionRow(
            number=one.number, state=one.state, revision=one.revision, saved_at=one.saved_at,
            saved_by=by, published_at=one.published_at, published_by=published_by, why=one.why,
            mine=user_id in (one.saved_by, one.submitted_by),
        )  # fmt: skip

    def _names(self, user_id: str | None) -> Names | None:
        found = self._hub.staff.name_of(user_id)
        return Names(**found) if found else None


def teams_of(hub: Hub) -> list[str]:
    """Return the teams that anybody is in, by name."""
    return sorted({one.team for one in hub.staff.all() if one.enabled and one.team})


def correction_row(hub: Hub, one: CorrectionRead) -> CorrectionRow:
    """Return what pages show of a correction."""
    told = asdict(one)
    del told["decided_by"]
    found = hub.staff.name_of(told.pop("proposed_by"))
    return CorrectionRow(**told, proposed_by=Names(**found) if found else None)


def _name(call: Call) -> Name:
    return Name(str(call.request.path_params["slug"]), str(call.request.path_params["language"]))


def _text(document: Document) -> ArticleText:
    return text_of(document.model_dump())


def _for_customers(article: Article) -> bool:
    return is_for_customers(article.text.audience)
