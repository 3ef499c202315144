"""The OpenAPI document of the API, made when somebody first asks for it.

The schemas of all its models take a third of a second: a hub that starts has others to serve.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agent_console.http.endpoint import SAFE, Endpoint, Problem


class Document:
    """Describes the routes that are there when it is asked."""

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        self._endpoints = endpoints
        self._made: dict[str, Any] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, _request: Request) -> Response:
        """Answer with the document."""
        async with self._one_at_a_time:
            if self._made is None:
                self._made = await asyncio.to_thread(describe, self._endpoints)
        return JSONResponse(self._made)


def describe(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """Return the OpenAPI document of the endpoints."""
    from spectree import Response as Answers  # noqa: PLC0415  with the document, not the start
    from spectree import SpecTree  # noqa: PLC0415

    tree = SpecTree(
        "starlette", title="Contact hub: console", version="1", path="_spectree",
        page_templates={}, mode="strict", naming_strategy=lambda model: model.__name__,
    )  # fmt: skip
    routes = []
    for endpoint in endpoints:
        answers: dict[str, Any] = {"HTTP_200": endpoint.answer}
        answers |= {f"HTTP_{status}": Problem for status in _statuses(endpoint)}
        described = tree.validate(
            json=endpoint.body, query=endpoint.query, resp=Answers(**answers),
            tags=[endpoint.tag], skip_validation=True,
        )(_told_of(endpoint))  # fmt: skip
        routes.append(Route(endpoint.path, described, methods=[endpoint.method]))
    tree.app = _Routes(routes)
    document: dict[str, Any] = tree.spec
    return document


class _Routes:
    """What spectree looks for in an application."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = routes


def _told_of(endpoint: Endpoint) -> Any:
    """Return a function with the handler's name and words, which are all that is read of it."""

    async def told(_request: Request) -> Response:
        raise NotImplementedError

    told.__name__, told.__doc__ = endpoint.handler.__name__.strip("_"), endpoint.handler.__doc__
    return told


def _statuses(endpoint: Endpoint) -> list[int]:
    found = {403, 404, 409, 422, 503} if endpoint.method not in SAFE else {404, 422, 503}
    if endpoint.body:
        found |= {400, 413, 415}
    if not endpoint.public:
        found |= {401, 403}
    return sorted(found | {429} if endpoint.tag == "sign-in" else found)
