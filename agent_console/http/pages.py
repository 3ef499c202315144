"""The pages that Vite built, each with its policy; and their files, kept by browsers for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from agent_console.gate import Gate
from agent_console.http.headers import STAFF_CSP
from agent_console.http.problems import problem
from agent_console.settings import ConsoleSettings

Serve = Callable[[Request], Awaitable[Response]]
_OWN: Final = "connect-src 'self'"


class BuiltFiles(StaticFiles):
    """Files with a hash in their name never change; pages are served by their own routes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file of the build."""
        if path.endswith(".html"):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        hashed = path.startswith("assets/") and response.status_code in (200, 304)
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if hashed else "no-cache"
        )
        return response


class Pages:
    """`/sign-in`, `/console`, `/survey/{token}`, `/secure/{token}`, `/help` ... and their files."""

    def __init__(self, gate: Gate, settings: ConsoleSettings) -> None:
        self._gate = gate
        self._folder = settings.static_folder
        policy = STAFF_CSP.replace(_OWN, " ".join((_OWN, *settings.connect_to)))
        self._headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy}

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/sign-in", self._page("signin.html")),
            Route("/console", self._page("desk.html", signed_in=True)),
            Route("/console/wallboard", self._page("wallboard.html", signed_in=True)),
            Route("/console/reports", self._page("reports.html", signed_in=True)),
            Route("/console/ready", self._page("ready.html", signed_in=True)),
            Route("/console/users", self._page("users.html", signed_in=True)),
            Route("/console/assistant", self._page("assistant.html", signed_in=True)),
            Route("/console/flows", self._page("flows.html", signed_in=True)),
            Route("/console/replies", self._page("replies.html", signed_in=True)),
            Route("/console/accounts", self._page("accounts.html", signed_in=True)),
            Route("/console/widget", self._page("widget.html", signed_in=True)),
            Route("/console/account", self._page("account.html", signed_in=True)),
            Route("/console/audit", self._page("audit.html", signed_in=True)),
            Route("/console/articles", self._page("articles.html", signed_in=True)),
            Route("/help", self._page("help.html")),
            Route("/help/{slug}", self._page("help.html")),
            Route("/survey/{token}", self._page("survey.html")),
            Route("/secure/{token}", self._page("secure.html")),
            Route("/display", self._page("display.html")),
            Mount("/static/console", BuiltFiles(directory=self._folder, check_dir=False)),
        ]

    def _page(self, name: str, *, signed_in: bool = False) -> Serve:
        path = self._folder / name

        async def serve(request: Request) -> Response:
            if signed_in:
                user = await self._gate.by_cookies(request.headers.get("cookie", ""))
                if user is None or user.owes is not None:
                    door = "/sign-in" if user is None else "/sign-in?halfway=1"
                    return RedirectResponse(door, 303, {"Cache-Control": "no-store"})
            if not await asyncio.to_thread(path.is_file):
                return problem(503, "not_built", "build the pages first: make web")
            return FileResponse(path, media_type="text/html; charset=utf-8", headers=self._headers)

        return serve
