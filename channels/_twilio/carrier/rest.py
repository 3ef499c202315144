"""The REST API of the one account: what the official client asks, the carrier does.

Every request is held against Twilio's description first (`contract`); what that would refuse is
refused, and so is what the description allows and the carrier cannot do.
"""

import base64
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from channels._twilio.carrier import sounds
from channels._twilio.carrier.carrier import Carrier
from channels._twilio.carrier.contract import Contract, Forbidden, Operation, Pairs
from channels._twilio.carrier.document import BadDocument
from channels._twilio.carrier.resources import Missing, Resources, Wrong
from channels._twilio.carrier.text_resources import MEDIA_PATH, TextResources
from channels._twilio.carrier.texting import Refused
from channels._twilio.carrier.views import Json

BODY_BYTES: Final = 128 * 1024
Answer = Callable[[Mapping[str, str], dict[str, list[str]]], Awaitable[Json | None]]


class Rest:
    """The API as routes."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier, self._contract = carrier, Contract()
        self._resources = Resources(carrier)
        self._texts = TextResources(carrier.texts, carrier.account.sid)

    def routes(self) -> Sequence[BaseRoute]:
        """Return them."""
        return [
            Route("/2010-04-01/Accounts/{account}/Recordings/{sid}.wav", self.media),
            Route(MEDIA_PATH, self.text_media),
            Route("/2010-04-01/{rest:path}", self.serve, methods=["GET", "POST", "DELETE"]),
        ]

    async def serve(self, request: Request) -> Response:
        """Answer one request."""
        if not self._may_enter(request):
            return _refusal(401, 20003, "Authenticate")
        if self._carrier.texts.is_away and "/Messages" in request.url.path:
            return _refusal(503, 20503, "Service Unavailable")
        try:
            operation, told = await self._checked(request)
            shown = await self._resources.answer(operation, told)
        except (Forbidden, BadDocument, Missing, Wrong, Refused) as error:
            return _refused(error)
        if shown is None:
            return Response(status_code=204)
        return JSONResponse(shown, status_code=201 if request.method == "POST" else 200)

    async def media(self, request: Request) -> Response:
        """Answer with the sound of a recording: a tone as long as it is."""
        recording = self._carrier.recordings().get(request.path_params["sid"])
        if not self._may_enter(request):
            return _refusal(401, 20003, "Authenticate")
        if recording is None or request.path_params["account"] != self._carrier.account.sid:
            return _refusal(404, 20404, "no such recording")
        wanted = request.query_params.get("RequestedChannels", "1")
        channels = 2 if wanted == "2" and recording.channels == 2 else 1
        return Response(sounds.tone(recording.seconds, channels), media_type="audio/x-wav")

    async def text_media(self, request: Request) -> Response:
        """Answer with a file of a text."""
        if not self._may_enter(request):
            return _refusal(401, 20003, "Authenticate")
        return self._texts.media(request)

    async def _checked(self, request: Request) -> tuple[Operation, dict[str, list[str]]]:
        body = await request.body()
        if len(body) > BODY_BYTES:
            raise Forbidden("the body is too long")
        query = _pairs(request.url.query.encode())
        form = _pairs(body)
        operation = self._contract.check(request.method, request.url.path, query, form)
        account = operation.path.get("AccountSid", operation.path.get("Sid"))
        if account != self._carrier.account.sid:
            raise Missing("another account")
        told: dict[str, list[str]] = {}
        for name, value in (*query, *form):
            told.setdefault(name, []).append(value)
        return operation, told

    def _may_enter(self, request: Request) -> bool:
        account = self._carrier.account
        pairs = [f"{account.sid}:{account.auth_token}"]
        if account.key_sid:
            pairs.append(f"{account.key_sid}:{account.key_secret}")
        given = request.headers.get("authorization", "").encode()
        wanted = (b"Basic " + base64.b64encode(pair.encode()) for pair in pairs)
        return any(hmac.compare_digest(one, given) for one in wanted)


def _pairs(text: bytes) -> Pairs:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise Forbidden("not a form") from None


def _refused(error: Exception) -> Response:
    if isinstance(error, Missing) or isinstance(error.__cause__, LookupError):
        return _refusal(404, 20404, str(error))
    return _refusal(400, getattr(error, "code", 20001), str(error))


def _refusal(status: int, code: int, text: str) -> Response:
    said = {"code": code, "message": text, "more_info": "", "status": status}
    return Response(json.dumps(said), status_code=status, media_type="application/json")
