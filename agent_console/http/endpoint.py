"""One way to write an API route: `document` describes it, we judge the request before it runs.

spectree's own validation would take JSON with two meanings and echo what was wrong; here the body
passes `loads_strict` and a model that forbids unknown fields, and a refusal names the field only.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agent_console.commands.run import where
from agent_console.gate import Gate, SignedIn
from agent_console.http.problems import problem, problem_of
from agent_console.settings import ConsoleSettings
from hub.domain.errors import Forbidden, HubError
from hub.security.csrf import csrf_matches, fetch_site_allowed, origin_allowed
from hub.security.roles import Right, require
from hub.security.sign_in import Owes
from hub.text.strict_json import BadJson, loads_strict

log = structlog.get_logger(__name__)

MOST_BODY_BYTES = 64 * 1024
SAFE = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""


class Strict(BaseModel):
    """Base of all bodies, queries and answers."""

    # Built at the first use: two hundred models at every start take 0.1 s.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Problem(Strict):
    """A refusal."""

    type: str
    status: int
    code: str
    title: str
    title_zh: str
    detail: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request that may be carried out."""

    request: Request
    signed_in: SignedIn | None
    body: Any = None
    query: Any = None

    @property
    def user(self) -> SignedIn:
        """Who is signed in; only for routes that ask for it."""
        assert self.signed_in is not None
        return self.signed_in


Handler = Callable[[Call], Awaitable[BaseModel | Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """What a route takes, answers and asks of its caller."""

    method: str
    path: str
    handler: Handler
    body: type[Strict] | None = None
    query: type[Strict] | None = None
    answer: type[BaseModel] | None = None
    public: bool = False
    """Open to who is not signed in; a state-changing one still needs our Origin."""
    right: Right | None = None
    owing: frozenset[Owes] = frozenset()
    """Open also to who still owes one of these at the door."""
    code_again: bool = False
    """Asks for a code of the last ten minutes from who has an authenticator."""
    most_bytes: int = MOST_BODY_BYTES
    tag: str = "console"


class Api:
    """Makes Starlette routes of endpoints."""

    def __init__(self, gate: Gate, settings: ConsoleSettings) -> None:
        self._gate = gate
        self._settings = settings
        self.endpoints: list[Endpoint] = []
        self.routes: list[Route] = []

    def add(self, endpoint: Endpoint) -> None:
        """Add a route."""

        async def run(request: Request) -> Response:
            return await self._run(endpoint, request)

        run.__name__, run.__doc__ = endpoint.handler.__name__.strip("_"), endpoint.handler.__doc__
        self.endpoints.append(endpoint)
        self.routes.append(Route(endpoint.path, run, methods=[endpoint.method]))

    async def _run(self, endpoint: Endpoint, request: Request) -> Response:
        try:
            call = await self._call(endpoint, request)
            answer = await endpoint.handler(call)
        except ValidationError as error:
            return problem(422, "invalid", where(error))
        except HubError as error:
            return problem_of(error)
        except ClientDisconnect:
            raise
        except _Refusal as refused:
            return refused.response
        except Exception:  # the edge: nothing of the fault goes out
            log.exception("request_failed", route=endpoint.path)
            return problem(500, "failed", "it is in our log")
        if isinstance(answer, Response):
            return answer
        return JSONResponse(answer.model_dump(mode="json"), headers={"Cache-Control": "no-store"})

    async def _call(self, endpoint: Endpoint, request: Request) -> Call:
        changes = endpoint.method not in SAFE
        if changes:
            self._require_own_page(request)
        signed_in = await self._gate.by_cookies(request.headers.get("cookie", ""))
        if not endpoint.public:
            self._require_user(endpoint, request, signed_in, changes=changes)
        body = await self._body(endpoint, request)
        query = None
        if endpoint.query:
            query = endpoint.query.model_validate(_query_of(request))
        return Call(request, signed_in, body, query)

    async def _body(self, endpoint: Endpoint, request: Request) -> Strict | None:
        if endpoint.body is None:
            return None
        return await read_json(request, endpoint.body, most_bytes=endpoint.most_bytes)

    def _require_own_page(self, request: Request) -> None:
        headers = request.headers
        if not origin_allowed(headers.get("origin"), self._settings.origins):
            raise Forbidden("foreign_origin", "the request comes from another site")
        if not fetch_site_allowed(headers.get("sec-fetch-site")):
            raise Forbidden("foreign_origin", "the request comes from another site")

    def _require_user(
        self, endpoint: Endpoint, request: Request, signed_in: SignedIn | None, *, changes: bool
    ) -> None:
        if signed_in is None:
            raise _Refusal(problem(401, "signed_out"))
        if changes and not csrf_matches(signed_in.token, request.headers.get("x-csrf")):
            raise Forbidden("bad_csrf", "reload the page and try again")
        if signed_in.owes is not None and signed_in.owes not in endpoint.owing:
            raise Forbidden(f"owes_{signed_in.owes}", "finish signing in first")
        if endpoint.right is not None:
            require(signed_in.viewer.roles, endpoint.right)
        if endpoint.code_again and not signed_in.is_proved_lately:
            raise Forbidden("code_again", "give a code of your authenticator")


class _Refusal(Exception):
    """A refusal that has no class in the hub."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


async def read_json(
    request: Request, model: type[Strict], *, most_bytes: int = MOST_BODY_BYTES
) -> Strict:
    """Return the body as the model; raise `BadJson` or `ValidationError`."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise _Refusal(problem(415, "not_json", "send application/json"))
    data = await read_body(request, most_bytes)
    return model.model_validate(loads_strict(data, max_bytes=most_bytes))


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Return the body; raise `BadJson("too_large")` without taking more than that."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most_bytes:
            raise BadJson("too_large", f"at most {most_bytes} bytes are taken")
        chunks.append(chunk)
    return b"".join(chunks)


def _query_of(request: Request) -> dict[str, str]:
    """A parameter that comes twice has two meanings."""
    pairs = request.query_params.multi_items()
    if len({name for name, _ in pairs}) != len(pairs):
        raise _Refusal(problem(422, "invalid", "a parameter is named twice"))
    return dict(pairs)
