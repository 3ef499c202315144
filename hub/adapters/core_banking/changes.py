"""`POST /core/changes`: the core's signed word that a customer's record has changed.

Signed is `TIMESTAMP.BODY` with HMAC-SHA256 under a shared key. A word older or younger than the
window is refused, so an old one cannot be played again; within the window its id makes a second
one harmless.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.adapters.core_banking import mapping
from hub.domain.banking import CoreChange
from hub.domain.errors import Unavailable
from hub.ports import Clock
from hub.text.strict_json import BadJson, loads_strict

PATH: Final = "/core/changes"
TIMESTAMP: Final = "X-Core-Timestamp"
SIGNATURE: Final = "X-Core-Signature"
WINDOW_SECONDS: Final = 300.0
BODY_BYTES: Final = 4096
SCHEME: Final = "v1="

log = structlog.get_logger(__name__)


def sign(key: bytes, timestamp: str, body: bytes) -> str:
    """Return the signature of a body at a time (UTC epoch seconds, as text)."""
    return SCHEME + hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def holds(key: bytes, timestamp: str, body: bytes, signature: str, now: float) -> bool:
    """Tell whether the word is the core's, and said now."""
    try:
        is_fresh = abs(now - float(timestamp)) <= WINDOW_SECONDS
    except ValueError:
        return False
    wanted = sign(key, timestamp, body)
    return hmac.compare_digest(wanted.encode(), signature.encode()) and is_fresh


class ChangeDoor:
    """Takes the core's words and gives each to `take`."""

    def __init__(
        self, key: bytes, clock: Clock, take: Callable[[CoreChange], Awaitable[None]]
    ) -> None:
        self._key, self._clock, self._take = key, clock, take

    def routes(self) -> Sequence[BaseRoute]:
        """Return the route."""
        return [Route(PATH, self.changed, methods=["POST"])]

    async def changed(self, request: Request) -> Response:
        """204 when it is stored (or was before); the core repeats anything else."""
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        headers = request.headers
        timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not holds(self._key, timestamp, body, signature, self._clock.now()):
            log.warning("core_change_refused")
            return Response(status_code=401)
        try:
            change = mapping.change(loads_strict(body, max_bytes=BODY_BYTES))
        except (BadJson, mapping.Malformed):
            return Response(status_code=400)
        try:
            await self._take(change)
        except Unavailable:
            return Response(status_code=503)
        return Response(status_code=204)


async def _body(request: Request) -> bytes | None:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
