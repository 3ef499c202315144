"""Serving the widget's script and what it fetches later, to the sites that may embed it."""

import hashlib
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from channels.web_chat.files import problem
from channels.web_chat.settings import WebChatSettings

SCRIPT: Final = Path(__file__).parent / "static" / "widget.js"
LATER: Final = SCRIPT.with_name("later.js")
VERSION_CHARACTERS: Final = 12
_SOON: Final = "public, max-age=300"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


class Script:
    """`/chat/widget.js` for five minutes, `/chat/widget.<version>.js` for ever."""

    def __init__(self, settings: WebChatSettings, path: Path = SCRIPT) -> None:
        self._settings = settings
        self._data = path.read_bytes() if path.exists() else b""
        self.version = hashlib.sha256(self._data).hexdigest()[:VERSION_CHARACTERS]

    @property
    def is_built(self) -> bool:
        """Whether there is a script to serve."""
        return bool(self._data)

    async def newest(self, request: Request) -> Response:
        """The script of this release."""
        return self._answer(request, _SOON)

    async def versioned(self, request: Request) -> Response:
        """The script of exactly this version, which a page may pin with `integrity`."""
        if request.path_params["version"] != self.version:
            return problem(404, "no_such_version")
        return self._answer(request, _FOR_EVER)

    def _answer(self, request: Request, caching: str) -> Response:
        if not self._data:
            return problem(404, "widget_not_built")
        site = _site_of(request)
        if site is not None and site not in self._settings.origins:
            return problem(403, "origin_not_allowed")
        etag = f'"{self.version}"'
        headers = {
            "Cache-Control": caching,
            "ETag": etag,
            "Vary": "Origin, Referer",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if request.headers.get("origin"):
            headers["Access-Control-Allow-Origin"] = site or ""
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(self._data, media_type="text/javascript", headers=headers)


def _site_of(request: Request) -> str | None:
    """The site that embeds the script, as its browser tells; None when it tells nothing."""
    if origin := request.headers.get("origin"):
        return origin.lower()
    parts = urlsplit(request.headers.get("referer", ""))
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else None
