"""In front of every webhook: size, signature and account, before anything is looked at.

The address that must be signed is made of our own public URL and the path: headers such as `Host`
or `X-Forwarded-Proto` play no part, so nobody can change it from outside.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from channels._twilio.signature import SETTINGS, SIGNATURE, Secrets, holds

BODY_BYTES: Final = 64 * 1024
FIELDS_MOST: Final = 200
FORM_TYPE: Final = "application/x-www-form-urlencoded"
log = structlog.get_logger(__name__)

Form = Mapping[str, str]
Handler = Callable[[Request, Form], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Door:
    """Lets in what our account at the provider has signed."""

    def __init__(self, secrets: Secrets, account_sid: str, public_url: str) -> None:
        self._secrets, self._account_sid, self._public_url = secrets, account_sid, public_url

    def guard(self, handler: Handler) -> Endpoint:
        """Return an endpoint that calls the handler with the form of a request that holds."""

        async def endpoint(request: Request) -> Response:
            body = await _body(request)
            if body is None:
                return Response(status_code=413)
            form = self._form(request, body)
            if form is None:
                log.warning("twilio_request_refused", path=_route(request))
                return Response(status_code=403)
            return await handler(request, form)

        return endpoint

    def _form(self, request: Request, body: bytes) -> Form | None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        pairs = _pairs(body) if kind == FORM_TYPE else None
        is_ours = holds(
            self._secrets,
            self._public_url + _path_of(request),
            request.headers.get(SIGNATURE, ""),
            form=pairs,
            body=body,
            settings=request.headers.get(SETTINGS, ""),
        )
        form = dict(pairs or ())
        return form if is_ours and form.get("AccountSid") == self._account_sid else None


def _pairs(body: bytes) -> list[tuple[str, str]] | None:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=FIELDS_MOST,
            errors="replace",
        )
    except ValueError:
        return None


async def _body(request: Request) -> bytes | None:
    """Return the body; None when it is longer than any request of the provider."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:12]) > BODY_BYTES:
        return None
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > BODY_BYTES:
                return None
            chunks.append(chunk)
    except ClientDisconnect:
        return None
    return b"".join(chunks)


def _path_of(request: Request) -> str:
    """Return path and query as they came: put together anew they might be spelt otherwise."""
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope.get("query_string", b"")
    return bytes(raw + (b"?" + query if query else b"")).decode("latin-1")


def _route(request: Request) -> str:
    # Only the kind of request: the rest of a forged address is a stranger's text.
    return request.url.path.split("/")[3][:16] if request.url.path.count("/") >= 3 else ""
