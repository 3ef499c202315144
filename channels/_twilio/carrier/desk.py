"""The carrier's own page: a telephone to dial the bank with, and those that the bank dials.

What is heard is written down as text, so no sound is needed. It speaks JSON only, from its own
page: a form of another site cannot use it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from channels._twilio.carrier.call import Call
from channels._twilio.carrier.carrier import Carrier
from channels._twilio.carrier.handset import ANSWER, REJECT, Handset
from hub.text.strict_json import BadJson, loads_strict

PAGE: Final = Path(__file__).with_name("page")
FILES: Final = frozenset(
    {"carrier.js", "carrier.css", "texts.js", "texts.css", "en.json", "zh.json"}
)
BODY_BYTES: Final = 4096
SHOWN: Final = 12
HEARD: Final = 60
CLIENT_SECONDS: Final = 1.0
"""So long a simulated softphone rings before it answers by itself."""


class OnPage:
    """A far end that somebody at the page answers; softphones of agents answer by themselves."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._ringing: dict[str, asyncio.Future[str]] = {}

    async def ring(self, handset: Handset) -> str:
        """Ring until somebody answers or refuses."""
        if handset.address.startswith("client:"):
            await self._carrier.clock.sleep(CLIENT_SECONDS)
            return ANSWER
        ringing: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._ringing[handset.call_sid] = ringing
        try:
            return await ringing
        finally:
            self._ringing.pop(handset.call_sid, None)

    def end_ringing(self, call_sid: str, outcome: str) -> None:
        """Pick up, or refuse."""
        ringing = self._ringing.get(call_sid)
        if ringing is not None and not ringing.done():
            ringing.set_result(outcome)


class CarrierDesk:
    """Routes of the page."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._far_end = OnPage(carrier)
        carrier.any_far_end = self._far_end

    def routes(self) -> Sequence[BaseRoute]:
        """Return them."""
        return [
            Route("/", lambda _: RedirectResponse("/carrier")),
            Route("/carrier", lambda _: FileResponse(PAGE / "carrier.html")),
            Route("/carrier/files/{name}", self.file),
            Route("/carrier/state", self.state),
            Route("/carrier/do", self.do, methods=["POST"]),
        ]

    async def file(self, request: Request) -> Response:
        """Answer with a file of the page."""
        name = request.path_params["name"]
        return FileResponse(PAGE / name) if name in FILES else Response(status_code=404)

    async def state(self, _request: Request) -> Response:
        """Answer with the last calls and what was heard on them."""
        calls = list(reversed(self._carrier.calls.values()))[:SHOWN]
        return JSONResponse(
            {
                "numbers": list(self._carrier.numbers),
                "calls": [_shown(call) for call in calls],
                "complaints": self._carrier.complaints[-SHOWN:],
            }
        )

    async def do(self, request: Request) -> Response:
        """Dial, press, speak, pick up or hang up."""
        if request.headers.get("content-type") != "application/json":
            return Response(status_code=415)
        with suppress(BadJson, KeyError, TypeError, ValueError, AttributeError):
            said = loads_strict(await request.body(), max_bytes=BODY_BYTES)
            return self._done({str(key): str(value) for key, value in said.items()})
        return Response(status_code=400)

    def _done(self, said: Mapping[str, str]) -> Response:
        if said["act"] == "dial":
            handset = self._carrier.call_in(said["from"], said["to"])
            return JSONResponse({"call": handset.call_sid})
        call = self._carrier.calls[said["call"]]
        match said["act"]:
            case "press":
                call.handset.press("".join(one for one in said["keys"] if one in "0123456789*#"))
            case "say":
                call.handset.say(said["words"][:500])
            case "answer":
                self._far_end.end_ringing(call.sid, ANSWER)
            case "refuse":
                self._far_end.end_ringing(call.sid, REJECT)
            case "hang_up":
                call.handset.hang_up()
            case _:
                raise KeyError(said["act"])
        return JSONResponse({})


def _shown(call: Call) -> dict[str, Any]:
    heard = [one for one in call.handset.heard if one.kind != "event"]
    return {
        "call": call.sid,
        "from": call.from_,
        "to": call.to,
        "is_incoming": call.direction == "inbound",
        "status": call.status,
        "is_over": call.is_over,
        "is_held": bool(call.room and call.room.participants[call.sid].is_on_hold),
        "is_waiting": bool(call.queue),
        "in_room": call.room is not None,
        "heard_in_all": len(heard),
        "heard": [{"at": one.at, "kind": one.kind, "text": one.text} for one in heard[-HEARD:]],
    }
