"""What the articles' routes take and answer; the pages' twins are in their `model.ts`."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Strict
from agent_console.http.help import HitView, Spoken, Words
from agent_console.http.sign_in import Names
from hub.domain.articles import Audience
from hub.journey.articles.read import BODY_MOST

Reason = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Short = Annotated[str, StringConstraints(strict=True, max_length=160)]
Few = Annotated[list[Short], Field(max_length=20, default_factory=list)]
Count = Annotated[int, Field(strict=True, ge=0)]
Moment = Annotated[float, Field(ge=0, le=4_102_444_800)] | None


class StaffSearch(Strict):
    """What is looked for: an agent's words, or those of the open message."""

    words: Words
    language: Spoken | None = None
    audience: Audience | None = None
    """None: whatever the agent may read."""


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
    team: str
    """Whose alone it is; empty: of all staff."""
    tags: list[str]
    products: list[str]
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
    audience: Literal["public", "customers", "agents", "team"] = "public"
    team: Short = ""
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
    team: str
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
    teams: list[str]
    """Those that an article may be for."""


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
    is_stale: bool


class SaveBody(Strict):
    """A document to be kept; `seen` is the revision it began from, 0 for none."""

    document: Document
    seen: Count


class HoldBody(Strict):
    """A beat of the editor; `take` takes the article over from somebody else."""

    take: bool = False


class Held(Strict):
    """Who edits the article now; `taken_from` had it and did not let go."""

    mine: bool
    by: Names | None
    since_at: float
    taken_from: Names | None


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
    """Markdown to be shown, with the fees and rates that it names."""

    language: Spoken = "en"
    body: Annotated[str, StringConstraints(strict=True, max_length=BODY_MOST)]


class Preview(Strict):
    """Clean HTML."""

    html: str


class Published(Strict):
    """The number now in force."""

    version: int
