"""Files over HTTP: sending one with a ticket, fetching one, or a transcript, with a link."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from channels.web_chat.chat import Chat
from channels.web_chat.settings import WebChatSettings
from hub.domain.errors import HubError, Invalid, NotFound, Unavailable
from hub.journey.files import open_file, store_file
from hub.journey.finding.transcript import customer_transcript
from hub.security.rate_limit import RateLimits
from hub.security.signed_link import BadLink

UPLOADS_PER_SECOND: Final = 0.2
UPLOADS_BURST: Final = 10
NAME_MAX_CHARACTERS: Final = 1_000
ALLOWED_HEADERS: Final = "content-type, x-chat-ticket, x-file-name"
_STATUS: Final = {"file_too_large": 413, "file_type": 415, "no_file": 404, "too_many": 429}


class FileRoutes:
    """The two handlers and their answers."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._uploads = RateLimits(chat.hub.clock, UPLOADS_PER_SECOND, UPLOADS_BURST)

    async def allow(self, request: Request) -> Response:
        """Answer the browser's question whether the page may send a file."""
        cors = self._cors(request)
        if not cors:
            return problem(403, "origin_not_allowed")
        more = {
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Max-Age": "600",
        }
        return Response(status_code=204, headers={**cors, **more})

    async def take(self, request: Request) -> Response:
        """Store the bytes of the body; the name comes percent-encoded in a header."""
        cors = self._cors(request)
        if not cors:
            return problem(403, "origin_not_allowed")
        try:
            conversation_id = self._chat.links.read_upload_ticket(
                request.headers.get("x-chat-ticket", "")
            )
            if not self._uploads.allow(conversation_id):
                raise Invalid("too_many")
            name = unquote(request.headers.get("x-file-name", "")[:NAME_MAX_CHARACTERS])
            data = await self._body(request)
            file_id = await store_file(
                self._chat.hub,
                conversation_id=conversation_id,
                uploaded_by="customer",
                name=name,
                data=data,
            )
        except BadLink:
            return problem(403, "bad_ticket", cors)
        except ClientDisconnect:
            return problem(400, "upload_broken_off", cors)
        except HubError as error:
            status = 503 if isinstance(error, Unavailable) else _STATUS.get(error.code, 400)
            return problem(status, error.code, cors)
        return JSONResponse({"file_id": file_id}, status_code=201, headers=cors)

    async def give(self, request: Request) -> Response:
        """Hand out a file: never shown in our origin, never guessed at."""
        file_id = request.path_params["file_id"]
        try:
            if self._chat.links.read_file_ticket(request.query_params.get("t", "")) != file_id:
                raise NotFound("no_file")
            found = await open_file(self._chat.hub, file_id)
        except HubError:
            return problem(404, "no_file")
        return _attachment(found.data, found.media_type, found.name)

    async def transcript(self, request: Request) -> Response:
        """Hand out what was said in a Contact, numbers and mail addresses hidden."""
        chat = self._chat
        try:
            contact_id = chat.links.read_transcript_ticket(request.query_params.get("t", ""))
            zone = ZoneInfo(chat.settings.time_zone)
            name, text = await customer_transcript(chat.hub, contact_id, zone=zone)
        except HubError:
            return problem(404, "no_transcript")
        return _attachment(text.encode(), "text/plain; charset=utf-8", name)

    async def _body(self, request: Request) -> bytes:
        most = self._chat.settings.file_max_bytes
        if int(request.headers.get("content-length", "0") or "0") > most:
            raise Invalid("file_too_large")
        data = bytearray()
        async for part in request.stream():
            data += part
            if len(data) > most:
                raise Invalid("file_too_large")
        return bytes(data)

    def _cors(self, request: Request) -> dict[str, str]:
        return cors_of(request, self._chat.settings)


def cors_of(request: Request, settings: WebChatSettings) -> dict[str, str]:
    """Headers for a page of a configured site; empty for any other."""
    origin = request.headers.get("origin", "").lower()
    if origin not in settings.origins:
        return {}
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


def _attachment(data: bytes, media_type: str, name: str) -> Response:
    return Response(
        data,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-site",
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        },
    )


def problem(status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as `application/problem+json`; nothing of the request is repeated."""
    return JSONResponse(
        {"type": "about:blank", "status": status, "code": code},
        status_code=status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )
