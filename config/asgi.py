"""The ASGI application: which part answers what, and what surrounds all of them.

Order: plain WebSockets of channels, Socket.IO of the console, then Starlette's routes.
"""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent_console.http.headers import Guard
from agent_console.http.problems import problem, problem_of
from agent_console.socket.server import PATH as CONSOLE_PATH
from config.probes import Probes
from config.wiring import Application
from hub.domain.errors import HubError
from hub.ports import NewId

log = structlog.get_logger(__name__)

ROOM_BYTES = 64 * 1024
"""What a request may hold beside a file of the largest size."""
_CODES: Mapping[int, str] = {404: "not_found", 405: "wrong_method", 413: "too_large"}


def asgi_app(application: Application) -> ASGIApp:
    """Return the whole application behind its guards."""
    settings = application.settings
    starlette = Starlette(
        routes=[*Probes(application).routes(), *application.routes, Route("/", _to_console)],
        exception_handlers={HTTPException: _refused, HubError: _hub_refused},
    )
    bounded = BodyLimit(starlette, settings.files.max_bytes + ROOM_BYTES)
    sockets = {
        mounted.socket_path: mounted.socket
        for mounted in application.channels
        if mounted.socket_path is not None and mounted.socket is not None
    }
    dispatch = Dispatch(sockets, application.console.socket_app(), bounded)
    guarded = Guard(dispatch, application.console.settings)
    return LastResort(guarded, application.hub.new_id)


class Dispatch:
    """Sends each scope to the part that owns its path."""

    def __init__(self, sockets: Mapping[str, ASGIApp], console: ASGIApp, rest: ASGIApp) -> None:
        self._sockets = sockets
        self._console = console
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        path = scope.get("path", "")
        if scope["type"] == "websocket":
            app = self._sockets.get(path)
            if app is None:
                app = self._console if path.startswith(f"/{CONSOLE_PATH}") else close_unknown
        else:
            app = self._console if path.startswith(f"/{CONSOLE_PATH}") else self._rest
        await app(scope, receive, send)


async def close_unknown(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a WebSocket to nowhere: the handshake is answered with 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


class BodyLimit:
    """The net below handlers that read bodies; most have a smaller limit of their own.

    Starlette's `max_body_size` answers in plain text, whatever the handler said.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; reading too much of it raises `HTTPException(413)` in the handler."""
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._most_bytes:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


class LastResort:
    """Gives every request an id, in its logs and its answer; what breaks is told as a problem.

    Nothing of the error reaches the caller: the id is what an operator looks for in the log.
    """

    def __init__(self, app: ASGIApp, new_id: NewId) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._new_id("req")
        has_begun = False

        async def numbered(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, numbered)
            except Exception:  # the outermost edge: an answer without personal data
                log.exception("request_failed", method=scope["method"])
                if has_begun:
                    raise
                answer = problem(500, "failed", f"reference {request_id}")
                await answer(scope, receive, numbered)


async def _to_console(_request: Request) -> Response:
    """Staff who know only the host find the desk; the demo has a page of its own here."""
    return RedirectResponse("/console")


async def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = _CODES.get(status) or HTTPStatus(status).name.lower()
    headers = getattr(error, "headers", None)
    return problem(status, code, headers=dict(headers) if headers else None)


async def _hub_refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HubError):
        raise error
    return problem_of(error)
