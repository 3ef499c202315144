"""What helps an agent in a talk: replies that fit the open words, and the talk in short."""

from functools import partial
from typing import Annotated

import structlog
from pydantic import StringConstraints

from agent_console.assist.replies import Matter, fitting
from agent_console.assist.summary import as_plain, outcome_of, summary_of
from agent_console.commands.access import contact_of
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.reading.contacts import ContactFacts
from agent_console.replies.shelf import ReplyShelf
from agent_console.setup import DeskSetUp
from hub.domain.articles import Audience, Hit
from hub.domain.errors import NotFound, Unavailable
from hub.journey.context import Hub
from hub.journey.teaching.redact import redacted_words
from hub.ports import WordingAway
from hub.security.roles import Right

REPLIES_MOST = 3
ARTICLES_MOST = 2
SOURCES_MOST = 3
SOURCE_CHARACTERS = 1_500
log = structlog.get_logger(__name__)
Words = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]
Id = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]


class OpenWords(Strict):
    """The customer's open words in a Contact that the agent is in."""

    contact_id: Id
    words: Words


class OnContact(Strict):
    """A Contact that the agent is in."""

    contact_id: Id


class Passage(Strict):
    """The stretch of an article that answers."""

    slug: str
    language: str
    title: str
    text: str
    link: str | None
    """Path of its public page, where it has one."""


class Suggestions(Strict):
    """What may be put into the reply; nothing is sent by itself."""

    intent: str
    """What the assistant takes the words for; empty: it cannot tell."""
    replies: list[str]
    """Codes of saved replies, the best first."""
    passages: list[Passage]
    may_be_worded: bool
    """Whether a language model may be asked to word them."""


class Worded(Strict):
    """A reply out of the passages, and from which articles; empty: they hold none."""

    text: str
    titles: list[str]


class DeedView(Strict):
    """Something that was done or set going."""

    kind: str
    what: str
    reference: str
    state: str
    due_at: float | None


class InShort(Strict):
    """A talk in short, and the outcome that the rules see in it."""

    wants: str
    matters: list[str]
    deeds: list[DeedView]
    promised: dict[str, str]
    failed: dict[str, str]
    outcome: str | None


class AssistRoutes:
    """`/api/assist/...`."""

    def __init__(self, hub: Hub, desk: DeskSetUp, shelf: ReplyShelf) -> None:
        self._hub, self._desk, self._shelf = hub, desk, shelf

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        ask = partial(Endpoint, method="POST", right=Right.HANDLE_CONTACTS, tag="assist")
        for endpoint in (
            ask(path="/api/assist/replies", handler=self.replies, body=OpenWords,
                answer=Suggestions),
            ask(path="/api/assist/wording", handler=self.wording, body=OpenWords, answer=Worded),
            ask(path="/api/assist/summary", handler=self.summary, body=OnContact, answer=InShort),
        ):  # fmt: skip
            api.add(endpoint)

    async def replies(self, call: Call) -> Suggestions:
        """Return saved replies and passages of articles for the open words."""
        facts = await contact_of(self._hub, call.user.viewer, call.body.contact_id)
        matter, said = await self._matter(call.body.words), call.body.words
        replies = fitting(
            self._shelf.replies, said=said, language=facts.language, queue_id=facts.queue_id,
            matter=matter,
        )  # fmt: skip
        found = self._hub.articles.search(
            said, reader=Audience.CUSTOMERS, language=facts.language, limit=ARTICLES_MOST
        )
        return Suggestions(
            intent=matter.intent,
            replies=[one.code for one in replies[:REPLIES_MOST]],
            passages=[_passage(hit) for hit in found.hits],
            may_be_worded=self._hub.wording is not None,
        )

    async def wording(self, call: Call) -> Worded:
        """Let the language model word what the articles say; it is shown, never sent."""
        facts = await contact_of(self._hub, call.user.viewer, call.body.contact_id)
        if self._hub.wording is None:
            raise NotFound("no_wording")
        asked = redacted_words(call.body.words, _names(facts))
        found = self._hub.articles.search(
            asked, reader=Audience.CUSTOMERS, language=facts.language, limit=SOURCES_MOST
        )
        passages = [
            self._hub.articles.plain(hit.article.text.body)[:SOURCE_CHARACTERS]
            for hit in found.hits
        ]
        if not passages:
            return Worded(text="", titles=[])
        try:
            text = await self._hub.wording.word(asked, passages, facts.language)
        except WordingAway as error:
            log.warning("wording_away", why=str(error))
            raise Unavailable("wording_away") from None
        return Worded(text=text, titles=[hit.article.text.title for hit in found.hits])

    async def summary(self, call: Call) -> InShort:
        """Return what was asked, done and promised, and the outcome that fits."""
        facts = await contact_of(self._hub, call.user.viewer, call.body.contact_id)
        found = await summary_of(self._hub, facts)
        queue = self._hub.setup.queues.get(facts.queue_id or "")
        known = queue.dispositions if queue else {}
        return InShort(**as_plain(found), outcome=outcome_of(found, self._desk.outcomes, known))

    async def _matter(self, said: str) -> Matter:
        """Ask the assistant what the words are about, where there is one."""
        tell = getattr(self._hub.self_service, "tell_matter", None)
        if tell is None:
            return Matter()
        return Matter(*await tell(said))


def _names(facts: ContactFacts) -> tuple[str, ...]:
    return (facts.person.name, facts.person.name_zh) if facts.person else ()


def _passage(hit: Hit) -> Passage:
    article = hit.article
    is_public = article.text.audience == Audience.PUBLIC
    return Passage(
        slug=article.slug,
        language=article.language,
        title=article.text.title,
        text="".join(piece.text for piece in hit.passage).strip(),
        link=f"/help/{article.slug}?language={article.language}" if is_public else None,
    )
