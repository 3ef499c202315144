"""Articles for staff: found beside a talk, written and published at the authors' desk."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.help import HitView, Spoken, Words, hit_fields
from agent_console.http.sign_in import Done, Names
from hub.domain.articles import Article, ArticleText, Audience
from hub.domain.errors import NotFound
from hub.journey.articles import learn, life
from hub.journey.articles.correct import CorrectionRead, open_corrections
from hub.journey.articles.life import Name
from hub.journey.articles.read import BODY_MOST, VersionRead, all_newest, text_of, versions_of
from hub.journey.context import Hub
from hub.security.roles import Right

MOST_BYTES = 256 * 1024
FOUND_MOST = 6
Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strict=True, max_length=160)]
Few = Annotated[list[Short], Field(max_length=20, default_factory=list)]
Count = Annotated[int, Field(strict=True, ge=0)]
Moment = Annotated[float, Field(ge=0, le=4_102_444_800)] | None


class StaffSearch(Strict):
    """What is looked for: an agent's words, or those of the open message."""

    words: Words
    language: Spoken | None = None


class StaffHit(HitView):
    """An article found; internal ones are read and never given to a customer."""

    audience: str
    for_customers: bool


class StaffHits(Strict):
    """What was found."""

    total: int
    hits: list[StaffHit]


class StaffArticle(Strict):
    """An article as staff read it; `text` only of what a customer may be given.

    `link` is the path of its public page, where it has one.
    """

    slug: str
    language: str
    title: str
    category: str
    audience: str
    version: int
    html: str
    text: str | None
    link: str | None
    disturbances: list[str]
    """What does not work now, in the article's language."""


class Document(Strict):
    """What a version says."""

    title: Short
    body: Annotated[str, StringConstraints(strict=True, max_length=BODY_MOST)]
    category: Short
    audience: Literal["public", "customers", "agents"] = "public"
    tags: Few
    products: Few
    questions: Few
    owner: Short = ""
    reviewed: Short = ""
    valid_from_at: Moment = None
    valid_until_at: Moment = None


class ArticleRow(Strict):
    """An article in the list: its newest version."""

    slug: str
    language: str
    number: int
    version_in_force: int
    state: str
    saved_at: float
    saved_by: str
    title: str
    category: str
    audience: str
    owner: str
    reviewed: str
    helped: int
    not_helped: int
    is_stale: bool
    """Whether the twin in the other language has changed since."""
    in_force_at: float | None


class MissRow(Strict):
    """Words that found nothing, wanted by several people."""

    words: str
    language: str
    times: int
    last_at: float


class CorrectionRow(Strict):
    """What somebody says is wrong in an article, and what became of it."""

    id: str
    slug: str
    language: str
    version: int
    words: str
    proposed_by: Names | None
    proposed_at: float
    state: str
    answer: str


class ArticleList(Strict):
    """All articles, and what is missing."""

    articles: list[ArticleRow]
    misses: list[MissRow]
    corrections: list[CorrectionRow]


class VersionRow(Strict):
    """One version."""

    number: int
    state: str
    revision: int
    saved_at: float
    saved_by: Names | None
    """None: the operator's file."""
    published_at: float | None
    published_by: Names | None
    why: str
    mine: bool
    """Whether the viewer wrote it or handed it in, and so may not publish it."""


class ArticleDesk(Strict):
    """An article to be edited: its versions, and what the newest says."""

    slug: str
    language: str
    document: Document
    html: str
    versions: list[VersionRow]
    twin: bool


class SaveBody(Strict):
    """A document to be kept; `seen` is the revision it began from, 0 for none."""

    document: Document
    seen: Count


class Saved(Strict):
    """The draft's revision."""

    revision: int


class SeenBody(Strict):
    """The revision that was seen."""

    seen: Count


class SeenWhy(SeenBody):
    """The same, with a reason."""

    why: Reason


class WhyBody(Strict):
    """A reason; `moved_to` is the slug that readers of a retired article are led to."""

    why: Reason
    moved_to: Annotated[str, StringConstraints(strict=True, max_length=80)] = ""


class VersionText(Strict):
    """What a version says, for comparing."""

    number: int
    document: Document


class PreviewBody(Strict):
    """Markdown to be shown."""

    body: Annotated[str, StringConstraints(strict=True, max_length=BODY_MOST)]


class Preview(Strict):
    """Clean HTML."""

    html: str


class Published(Strict):
    """The number now in force."""

    version: int


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
            body.words, reader=Audience.AGENTS, language=body.language, limit=FOUND_MOST
        )
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
            name.slug, reader=Audience.AGENTS, language=name.language
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
            version=article.version,
            html=self._hub.articles.render(article.text.body),
            text=self._hub.articles.plain(article.text.body) if _for_customers(article) else None,
            link=link if article.text.audience == Audience.PUBLIC else None,
            disturbances=[
                one.zh if name.language == "zh" else one.en
                for one in self._hub.articles.disturbed(name.slug)
            ],
        )

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
        return ArticleList(articles=rows, misses=missed, corrections=waiting)

    async def preview(self, call: Call) -> Preview:
        """Show Markdown as readers will see it."""
        return Preview(html=self._hub.articles.render(call.body.body))

    async def open(self, call: Call) -> ArticleDesk:
        """Open an article: the version being changed, or the newest."""
        name = _name(call)
        versions = await versions_of(self._hub, name.slug, name.language)
        other = (name.slug, "zh" if name.language == "en" else "en")
        known = {(row["slug"], row["language"]) for row in await all_newest(self._hub)}
        return ArticleDesk(
            slug=name.slug,
            language=name.language,
            document=Document(**asdict(versions[0].text)),
            html=self._hub.articles.render(versions[0].text.body),
            versions=[self._version(one, call.user.viewer.user_id) for one in versions],
            twin=other in known,
        )

    async def save(self, call: Call) -> Saved:
        """Keep a draft."""
        text = _text(call.body.document)
        seen = call.body.seen
        revision = await life.save(self._hub, call.user.viewer, _name(call), text, seen=seen)
        return Saved(revision=revision)

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
    """Internal words are never put into a customer's message."""
    return article.text.audience != Audience.AGENTS
