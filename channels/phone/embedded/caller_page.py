"""The page that calls the bank from a browser: `/call`, built by Vite from `page/`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from channels.phone.embedded.settings import EmbeddedSettings
from hub.journey.context import Hub
from hub.journey.phones.staffed import staffed_queues

STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
TOPICS: Final = ("cards", "payments", "loans")
"""Queues of the matters that the page offers, where the bank has them."""
WAITS_SECONDS: Final = 5.0
_HEADERS: Final = {"Content-Security-Policy": _CSP, "Cache-Control": "no-cache"}


class CallerPage:
    """The page, its files, and what it shows before the call."""

    def __init__(self, hub: Hub, settings: EmbeddedSettings) -> None:
        self._hub, self._settings = hub, settings
        self._known_waits: list[dict[str, object]] = []
        self._waits_until = 0.0

    def routes(self) -> Sequence[BaseRoute]:
        """What browsers fetch."""
        return [
            Route("/call", self._page),
            Route("/call/facts", self._facts),
            Route("/call/{name:str}", self._file),
        ]

    async def _page(self, _request: Request) -> Response:
        path = STATIC / "index.html"
        if not path.exists():
            return PlainTextResponse("The page is not built: run `make web`.", status_code=503)
        return FileResponse(path, media_type="text/html", headers=_HEADERS)

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        path, media_type = STATIC / name, _TYPES.get(Path(name).suffix)
        if media_type is None or path.parent != STATIC or not path.is_file():
            return PlainTextResponse("Not found", status_code=404)
        return FileResponse(path, media_type=media_type, headers=_HEADERS)

    async def _facts(self, _request: Request) -> Response:
        """Which number is called, what its keys are, and how long each matter waits now."""
        numbers = self._hub.phone.numbers
        number = next((one for one in numbers.values() if one.engine == "embedded"), None)
        facts = {
            "number": number.number if number else next(iter(numbers), ""),
            "may_name_number": self._settings.may_name_number,
            "callback_key": self._hub.phone.waiting.callback_key,
            "waits": await self._waits(),
        }
        return JSONResponse(facts, headers={"Cache-Control": "no-store"})

    async def _waits(self) -> list[dict[str, object]]:
        """Read now and then only: everybody may ask, as often as they like."""
        now = self._hub.clock.now()
        if now >= self._waits_until:
            staffed = await staffed_queues(self._hub)
            known = (one for one in TOPICS if one in self._hub.setup.queues)
            self._known_waits = [self._wait(one, staffed) for one in known]
            self._waits_until = now + WAITS_SECONDS
        return self._known_waits

    def _wait(self, queue_id: str, staffed: frozenset[str]) -> dict[str, object]:
        """What a caller may know of a queue before the call: open or not, and how long."""
        hub, now = self._hub, self._hub.clock.now()
        is_open = hub.setup.is_open(queue_id, now)
        return {
            "queue": queue_id,
            "name": dict(hub.setup.queues[queue_id].names),
            "is_open": is_open,
            "is_staffed": queue_id in staffed,
            "opens_at": None if is_open else hub.setup.next_opening(queue_id, now),
            "wait_seconds": hub.line.newcomer_wait_seconds(queue_id) if is_open else None,
        }
