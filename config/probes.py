"""Whether the hub lives, is ready, and how it fares: for load balancers and monitoring."""

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import literal, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from agent_console.http.problems import problem
from config.settings import is_loopback
from config.wiring import Application
from hub.domain.errors import HubError
from hub.security.roles import Right, may
from hub.store.unit import Prepared

CHECK_SECONDS = 2.0
_alive = Prepared(select(literal(1)))
_NO_STORE = {"Cache-Control": "no-store"}


class Probes:
    """`/healthz`, `/readyz`, `/metrics`."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def alive(self, _request: Request) -> Response:
        """Answer at all: the event loop turns."""
        return JSONResponse({"alive": True}, headers=_NO_STORE)

    async def ready(self, _request: Request) -> Response:
        """Say whether customers can be served, and which part cannot."""
        application = self._application
        checks = {"hub": "ok" if application.is_ready else "starting", "store": await self._store()}
        for mounted in application.channels:
            health = await mounted.channel.check()
            checks[f"channel.{mounted.channel.name}"] = health.code
            if not health.ok:
                checks[f"channel.{mounted.channel.name}"] = f"degraded: {health.code}"
        # A channel without its provider must not take the whole node out of the balance.
        is_ready = checks["hub"] == "ok" and checks["store"] == "ok"
        return JSONResponse(
            {"ready": is_ready, "checks": checks}, 200 if is_ready else 503, _NO_STORE
        )

    async def metrics(self, request: Request) -> Response:
        """Give Prometheus its figures: to this machine, or with the right to read them."""
        if not (_is_local(request) or await self._may_read(request)):
            return problem(403, "no_right", "read metrics from this machine, or sign in")
        return Response(generate_latest(), headers=_NO_STORE, media_type=CONTENT_TYPE_LATEST)

    async def _store(self) -> str:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await self._application.hub.reader.rows(_alive())
        except (HubError, TimeoutError):
            return "away"
        return "ok"

    async def _may_read(self, request: Request) -> bool:
        user = await self._application.console.gate.by_cookies(request.headers.get("cookie", ""))
        return user is not None and may(user.viewer.roles, Right.READ_METRICS)


def _is_local(request: Request) -> bool:
    """A proxy on this machine is not this machine: it says for whom it asks."""
    is_forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for"))
    return request.client is not None and is_loopback(request.client.host) and not is_forwarded
