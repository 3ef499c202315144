"""The page of a telephone that writes: texts to the bank, its answers, and what became of each."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from channels._twilio.carrier.carrier import Carrier
from channels._twilio.carrier.desk import PAGE
from channels._twilio.carrier.texting import BODY_MOST, NUMBER, Text
from hub.text.strict_json import BadJson, loads_strict

BODY_BYTES: Final = 1024 * 1024
SHOWN: Final = 100
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})


class TextDesk:
    """Routes of the page; JSON from the page itself, so a form of another site cannot use it."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def routes(self) -> Sequence[BaseRoute]:
        """Return them."""
        return [
            Route("/carrier/texts", lambda _: FileResponse(PAGE / "texts.html")),
            Route("/carrier/texts/state", self.state),
            Route("/carrier/texts/do", self.do, methods=["POST"]),
        ]

    async def state(self, request: Request) -> Response:
        """Answer with the texts between a telephone and a number of the bank's."""
        mine, bank = (request.query_params.get(name, "") for name in ("mine", "bank"))
        texts = [one for one in self._carrier.texts.of(mine) if bank in (one.from_, one.to)]
        return JSONResponse(
            {
                "numbers": [key for key, line in self._carrier.numbers.items() if line.sms_url],
                "is_off": mine in self._carrier.texts.unreachable,
                "texts": [_shown(one, mine) for one in texts[-SHOWN:]],
            },
            headers={"Cache-Control": "no-store"},
        )

    async def do(self, request: Request) -> Response:
        """Write, or switch the telephone off and on."""
        if request.headers.get("content-type") != "application/json":
            return Response(status_code=415)
        with suppress(BadJson, KeyError, TypeError, ValueError, AttributeError, binascii.Error):
            said = loads_strict(await request.body(), max_bytes=BODY_BYTES)
            self._done({str(key): str(value) for key, value in said.items()})
            return JSONResponse({})
        return Response(status_code=400)

    def _done(self, said: Mapping[str, str]) -> None:
        mine, texts = said["mine"], self._carrier.texts
        if not NUMBER.fullmatch(mine):
            raise ValueError(mine)
        match said["act"]:
            case "write":
                files = [_picture(said)] if said.get("picture") else []
                if not (said["words"] or files) or len(said["words"]) > BODY_MOST:
                    raise ValueError(said["act"])
                if not self._carrier.numbers[said["bank"]].sms_url:
                    raise KeyError(said["bank"])
                texts.text_in(mine, said["bank"], said["words"], files)
            case "off":
                texts.unreachable.add(mine)
            case "on":
                texts.unreachable.discard(mine)
            case _:
                raise KeyError(said["act"])


def _picture(said: Mapping[str, str]) -> tuple[str, bytes]:
    kind = said["picture_type"]
    if kind not in PICTURES:
        raise ValueError(kind)
    return kind, base64.b64decode(said["picture"], validate=True)


def _shown(text: Text, mine: str) -> dict[str, Any]:
    return {
        "id": text.sid,
        "is_mine": text.from_ == mine,
        "text": text.body,
        "files": len(text.media),
        "at": text.created_at,
        "state": text.status,
    }
