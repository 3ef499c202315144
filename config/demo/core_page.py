"""`/demo/core`: the bank's own system, to be slowed down, broken, stopped and looked into."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx2 as httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from agent_console.http.problems import problem
from config.demo.core.child import CoreChild
from config.demo.core.strange import PAYMENT_KINDS
from config.demo.pages import language_of, page, texts
from hub.ports import NewId
from hub.security.csrf import origin_allowed
from hub.text.strict_json import BadJson, loads_strict

BODY_BYTES: Final = 1024
ANSWER_SECONDS: Final = 2.0
_FAULTS: Final = {"delay_seconds", "fail_every", "drop_after_applying"}
_KINDS: Final = ("block_card", "replace_card", "change_limit", "change_address")
_CARD_STATES: Final = ("active", "blocked", "replaced", "expired")


class CorePage:
    """The page and what it asks for; only this machine reaches it."""

    def __init__(
        self,
        child: CoreChild,
        link: tuple[str, str],
        origins: frozenset[str],
        time_zone: str,
        *,
        new_id: NewId,
        number: str,
    ) -> None:
        url, token = link
        self._child, self._url, self._origins = child, url, origins
        self._new_id, self._number = new_id, number
        self._headers = {"Authorization": f"Bearer {token}"}
        self._zone = ZoneInfo(time_zone)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/demo/core", self.whole),
            Route("/demo/core/state", self.state),
            Route("/demo/core/faults", self.faults, methods=["POST"]),
            Route("/demo/core/run", self.run, methods=["POST"]),
            Route("/demo/core/pay", self.pay, methods=["POST"]),
        ]

    async def whole(self, request: Request) -> Response:
        """The page; its script fills it."""
        return page("core.html", language_of(request), {})

    async def state(self, request: Request) -> Response:
        """Return what the page shows now, its lists as HTML in the reader's language."""
        found = await self._ask("GET", "/demo/state")
        language = language_of(request)
        shown = {
            "running": found is not None,
            "faults": {name: found[name] for name in _FAULTS} if found else None,
            "orders": self._orders(found["orders"], language) if found else None,
            "cards": _cards(found["cards"], language) if found else None,
            "verdicts": self._verdicts(found["verdicts"], language) if found else None,
        }
        return JSONResponse(shown, headers={"Cache-Control": "no-store"})

    async def faults(self, request: Request) -> Response:
        """Choose what is wrong with it."""
        body = await self._body(request)
        if isinstance(body, Response):
            return body
        if body.keys() != _FAULTS or not all(_is_number(value) for value in body.values()):
            return problem(422, "invalid", f"numbers: {', '.join(sorted(_FAULTS))}")
        if await self._ask("POST", "/demo/faults", body) is None:
            return problem(503, "core_away", "start it first")
        return await self.state(request)

    async def run(self, request: Request) -> Response:
        """Stop it as a power cut would, or start it."""
        body = await self._body(request)
        if isinstance(body, Response):
            return body
        if body.keys() != {"on"} or not isinstance(body["on"], bool):
            return problem(422, "invalid", "on: true or false")
        self._child.switch(on=body["on"])
        return JSONResponse({"on": body["on"]}, headers={"Cache-Control": "no-store"})

    async def pay(self, request: Request) -> Response:
        """Let somebody pay with the card of the demo's known customer."""
        body = await self._body(request)
        if isinstance(body, Response):
            return body
        if body.keys() != {"kind"} or body["kind"] not in PAYMENT_KINDS:
            return problem(422, "invalid", f"kind: one of {', '.join(PAYMENT_KINDS)}")
        asked = {"id": self._new_id("pay"), "number": self._number, "kind": body["kind"]}
        if await self._ask("POST", "/demo/payments", asked) is None:
            return problem(503, "core_away", "start it first")
        return await self.state(request)

    async def _body(self, request: Request) -> dict[str, Any] | Response:
        if not origin_allowed(request.headers.get("origin"), self._origins):
            return problem(403, "foreign_origin")
        try:
            body = loads_strict(await request.body(), max_bytes=BODY_BYTES, max_depth=2)
        except BadJson as error:
            return problem(400, error.code)
        return body if isinstance(body, dict) else problem(422, "invalid", "send an object")

    async def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any] | None:
        async with httpx.AsyncClient(
            base_url=self._url, headers=self._headers, timeout=ANSWER_SECONDS, trust_env=False
        ) as http:
            try:
                answer = await http.request(method, path, json=body)
            except httpx.HTTPError:
                return None
            return dict(answer.json()) if answer.is_success else None

    def _orders(self, orders: list[dict[str, Any]], language: str) -> str:
        words = texts(language)
        if not orders:
            return f'<tr><td colspan="5">{escape(words["core_no_orders"])}</td></tr>'
        return "".join(self._order(one, words) for one in orders)

    def _verdicts(self, verdicts: list[dict[str, Any]], language: str) -> str:
        words = texts(language)
        if not verdicts:
            return f'<tr><td colspan="4">{escape(words["core_no_verdicts"])}</td></tr>'
        return "".join(self._verdict(one, words) for one in verdicts)

    def _verdict(self, one: dict[str, Any], words: Mapping[str, str]) -> str:
        at, paid = datetime.fromtimestamp(one["at"], self._zone), one["payment"]
        what = f"{paid['merchant']} {paid['amount']} {paid['currency']}" if paid else one["key"]
        is_fraud = one["verdict"] == "fraud"
        said = words["core_fraud" if is_fraud else "core_genuine"]
        times = words["core_times"].replace("{n}", str(one["received"]))
        cells = (f"{at:%H:%M:%S}", what, said, times)
        return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"

    def _order(self, one: dict[str, Any], words: Mapping[str, str]) -> str:
        at = datetime.fromtimestamp(one["at"], self._zone)
        kind = one["kind"]
        what = words[f"core_kind_{kind}"] if kind in _KINDS else kind
        told = one["arguments"]
        about = f"•••• {told['last_four']}" if "last_four" in told else ""
        if one["applied"]:
            outcome = words["core_times"].replace("{n}", str(one["applied"]))
        else:
            refused = words["core_refused"]
            outcome = f"{refused}: {one['reason']}"
        times = words["core_times"].replace("{n}", str(one["received"]))
        cells = (f"{at:%H:%M:%S}", f"{what} {about}", one["key"][-6:].upper(), times, outcome)
        return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def _cards(cards: list[dict[str, Any]], language: str) -> str:
    words = texts(language)
    if not cards:
        return f'<li class="empty">{escape(words["core_no_cards"])}</li>'
    lines = []
    for one in cards:
        state = one["state"]
        said = words[f"core_card_{state}"] if state in _CARD_STATES else state
        lines.append(
            f"<li><b>•••• {escape(one['last_four'])}</b> "
            f'<span class="tag {"bad" if state != "active" else ""}">{escape(said)}</span></li>'
        )
    return "".join(lines)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
