"""Articles in the chat, before and during a talk: found and read over HTTP by the bank's pages.

Open to every visitor, so it is given what everybody may read and nothing else. Words travel in a
body; an article travels as plain values, for the bank's pages allow no HTML that a script makes.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from channels.web_chat.chat import Chat
from channels.web_chat.files import cors_of, problem
from hub.domain.articles import Article, Audience, Hit
from hub.domain.errors import HubError, Invalid, NotFound, Unavailable
from hub.journey.articles.learn import note_miss, note_verdict
from hub.security.rate_limit import RateLimits
from hub.text.strict_json import loads_strict

READER: Final = Audience.PUBLIC
FOUND_MOST: Final = 6
WORDS_MOST: Final = 400
BODY_MOST_BYTES: Final = 8 * 1024
ASKED_PER_SECOND: Final = 2.0
ASKED_AT_ONCE: Final = 40
"""Many share the address of one mobile network."""
LESSONS_PER_SECOND: Final = 0.2
LESSONS_AT_ONCE: Final = 20
PATH: Final = "/chat/articles"
_STATUS: Final = {"no_article": 404, "too_many": 429}
Handler = Callable[[Request], Awaitable[dict[str, Any]]]


class ArticleRoutes:
    """Search, read, judge; for pages of configured sites."""

    def __init__(self, chat: Chat) -> None:
        self._chat, clock = chat, chat.hub.clock
        self._asked = RateLimits(clock, ASKED_PER_SECOND, ASKED_AT_ONCE)
        self._lessons = RateLimits(clock, LESSONS_PER_SECOND, LESSONS_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        one = f"{PATH}/{{slug}}/{{language}}"
        return [
            Route(f"{PATH}/search", self._open(self.search), methods=["POST", "OPTIONS"]),
            Route(one, self._open(self.read), methods=["GET", "OPTIONS"]),
            Route(f"{one}/verdict", self._open(self.judge), methods=["POST", "OPTIONS"]),
        ]

    async def search(self, request: Request) -> dict[str, Any]:
        """Search; words that find nothing are counted, without who asked."""
        body = await _body(request, {"words": str, "language": str})
        words, language = body["words"].strip(), body["language"]
        if not 0 < len(words) <= WORDS_MOST or language not in ("en", "zh"):
            raise Invalid("bad_field")
        hub = self._chat.hub
        found = await hub.articles.find(words, reader=READER, language=language, limit=FOUND_MOST)
        if not found.total and self._lessons.allow(_caller(request)):
            await note_miss(hub, words, language)
        return {"total": found.total, "hits": [_hit(hit) for hit in found.hits]}

    async def read(self, request: Request) -> dict[str, Any]:
        """Read an article; one that is not public is as unknown as one that does not exist."""
        article = self._article(request)
        return {
            "slug": article.slug,
            "language": article.language,
            "title": article.text.title,
            "blocks": self._chat.hub.articles.blocks(article.text.body),
        }

    async def judge(self, request: Request) -> dict[str, Any]:
        """Count that the article helped or did not."""
        body = await _body(request, {"helped": bool})
        article = self._article(request)
        if not self._lessons.allow(_caller(request)):
            raise Invalid("too_many")
        await note_verdict(self._chat.hub, article, helped=body["helped"])
        return {}

    def _article(self, request: Request) -> Article:
        slug, language = (str(request.path_params[name]) for name in ("slug", "language"))
        if language not in ("en", "zh"):
            raise NotFound("no_article")
        article = self._chat.hub.articles.article(slug, reader=READER, language=language)
        if article is None:
            raise NotFound("no_article")
        return article

    def _open(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Answer pages of our sites, and the browser's question before that."""

        async def handle(request: Request) -> Response:
            cors = cors_of(request, self._chat.settings)
            # A page of the hub's own origin names none when it reads.
            if not cors and "origin" in request.headers:
                return problem(403, "origin_not_allowed")
            if request.method == "OPTIONS":
                more = {
                    "Access-Control-Allow-Methods": "GET, POST",
                    "Access-Control-Allow-Headers": "content-type",
                    "Access-Control-Max-Age": "600",
                }
                return Response(status_code=204, headers={**cors, **more})
            if not self._asked.allow(_caller(request)):
                return problem(429, "too_many", cors)
            try:
                answer = await handler(request)
            except ClientDisconnect:
                return problem(400, "broken_off", cors)
            except HubError as error:
                status = 503 if isinstance(error, Unavailable) else _STATUS.get(error.code, 400)
                return problem(status, error.code, cors)
            return JSONResponse(answer, headers={**cors, "Cache-Control": "no-store"})

        return handle


async def _body(request: Request, fields: Mapping[str, type]) -> dict[str, Any]:
    """Return the body's fields; raise `Invalid` for one that is missing, strange or too long."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > BODY_MOST_BYTES:
            raise Invalid("too_large")
    body = loads_strict(bytes(data), max_bytes=BODY_MOST_BYTES, max_depth=2)
    if not isinstance(body, dict) or body.keys() != fields.keys():
        raise Invalid("bad_field")
    if not all(isinstance(body[name], kind) for name, kind in fields.items()):
        raise Invalid("bad_field")
    return body


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "slug": hit.article.slug,
        "language": hit.article.language,
        "title": hit.article.text.title,
        "passage": [[one.text, one.is_hit] for one in hit.passage],
    }


def _caller(request: Request) -> str:
    return request.client.host if request.client else ""
