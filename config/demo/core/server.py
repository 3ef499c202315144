"""The demo core as a web server: the bank's API under `/v1`, its levers under `/demo`."""

import asyncio
import hmac
import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import httpx2 as httpx
import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from config.demo.core.book import AnotherOrder, Book
from config.demo.core.faults import Faults, chosen
from config.demo.core.strange import strange_payment
from hub.adapters.core_banking.changes import PATH, SIGNATURE, TIMESTAMP, sign
from hub.adapters.crashpoints import crashpoint, declare
from hub.ports import Clock
from hub.text.strict_json import BadJson, loads_strict

AFTER_APPLYING: Final = declare("demo_core.after_applying")
BODY_BYTES: Final = 64 * 1024
SHOWN: Final = 30
TELL_AGAIN_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class CoreBank:
    """The bank's system: a book, today's faults, and words for the hub."""

    def __init__(self, book: Book, clock: Clock, *, token: str, key: bytes, hub_url: str) -> None:
        self._book, self._clock = book, clock
        self._token, self._key, self._hub_url = token, key, hub_url
        self._news = asyncio.Event()
        self.faults = Faults()

    def app(self) -> ASGIApp:
        """Return the ASGI application."""
        routes = [
            Route("/v1/health", self.health),
            Route("/v1/records/read", self.read, methods=["POST"]),
            Route("/v1/orders", self.place, methods=["POST"]),
            Route("/v1/orders/{key}", self.state),
            Route("/v1/verdicts", self.judge, methods=["POST"]),
            Route("/demo/state", self.shown),
            Route("/demo/payments", self.pay, methods=["POST"]),
            Route("/demo/faults", self.choose, methods=["POST"]),
        ]
        return _Door(Starlette(routes=routes), self)

    async def health(self, _request: Request) -> Response:
        """Say that we are there."""
        return JSONResponse({"ok": True})

    async def read(self, request: Request) -> Response:
        """Return a customer's record."""
        asked = await _body(request)
        found = self._book.record(str(asked["number"]), float(asked["payments_since"]))
        return JSONResponse(found) if found else JSONResponse({}, status_code=404)

    async def place(self, request: Request) -> Response:
        """Carry out an order; the same key again gets the same answer."""
        key, asked = request.headers.get("idempotency-key", ""), await _body(request)
        if not key:
            return JSONResponse({"error": "no_key"}, status_code=400)
        told = {str(name): str(value) for name, value in asked["arguments"].items()}
        try:
            answer, is_new = self._book.place(
                key, str(asked["kind"]), str(asked["number"]), told, self._clock.now()
            )
        except AnotherOrder:
            return JSONResponse({"error": "key_used"}, status_code=409)
        self._news.set()
        if is_new:
            crashpoint(AFTER_APPLYING)
            if self.faults.drop_after_applying:
                left = self.faults.drop_after_applying - 1
                self.faults = replace(self.faults, drop_after_applying=left)
                return _BrokenOff()
        return JSONResponse(answer)

    async def state(self, request: Request) -> Response:
        """Say what became of an order."""
        answer = self._book.state(request.path_params["key"])
        return JSONResponse(answer) if answer else JSONResponse({}, status_code=404)

    async def judge(self, request: Request) -> Response:
        """Keep a person's word about a payment; the same key again is the same word."""
        key, asked = request.headers.get("idempotency-key", ""), await _body(request)
        if not key:
            return JSONResponse({"error": "no_key"}, status_code=400)
        told = (str(asked["number"]), str(asked["payment_id"]), str(asked["verdict"]))
        try:
            self._book.judged(key, *told, self._clock.now())
        except AnotherOrder:
            return JSONResponse({"error": "key_used"}, status_code=409)
        if self.faults.drop_after_applying:
            left = self.faults.drop_after_applying - 1
            self.faults = replace(self.faults, drop_after_applying=left)
            return _BrokenOff()
        return JSONResponse({})

    async def pay(self, request: Request) -> Response:
        """Somebody pays with a customer's card; the hub is told that the record changed."""
        asked = await _body(request)
        payment = strange_payment(str(asked["id"]), str(asked["kind"]), self._clock.now())
        if not self._book.pay(str(asked["number"]), payment):
            return JSONResponse({"error": "unknown_customer"}, status_code=404)
        self._news.set()
        return await self.shown(request)

    async def shown(self, _request: Request) -> Response:
        """Everything the demo's page shows."""
        faults = self.faults
        return JSONResponse(
            {
                "delay_seconds": faults.delay_seconds,
                "fail_every": faults.fail_every,
                "drop_after_applying": faults.drop_after_applying,
                "seen": faults.seen,
                "orders": self._book.orders(SHOWN),
                "cards": self._book.cards_touched(SHOWN),
                "verdicts": self._book.verdicts(SHOWN),
                "words": len(self._book.words()),
            }
        )

    async def choose(self, request: Request) -> Response:
        """Choose today's faults."""
        asked = await _body(request)
        self.faults = chosen(
            float(asked["delay_seconds"]),
            int(asked["fail_every"]),
            int(asked["drop_after_applying"]),
        )
        return await self.shown(request)

    # -- behaviour -----------------------------------------------------------------------------

    def may_enter(self, authorization: str) -> bool:
        """Tell whether the caller is our hub."""
        return hmac.compare_digest(authorization.encode(), f"Bearer {self._token}".encode())

    async def suffer(self) -> bool:
        """Wait as long as the fault says; False when this request shall fail."""
        faults = self.faults = replace(self.faults, seen=self.faults.seen + 1)
        if faults.delay_seconds:
            await self._clock.sleep(faults.delay_seconds)
        return not (faults.fail_every and faults.seen % faults.fail_every == 0)

    async def tell_hub(self) -> None:
        """Tell the hub of every change, in order, until it has it; for ever."""
        async with httpx.AsyncClient(base_url=self._hub_url, trust_env=False) as http:
            while True:
                for word in self._book.words():
                    while not await self._tell(http, word):
                        await self._clock.sleep(TELL_AGAIN_SECONDS)
                    self._book.told(word["row"])
                self._news.clear()
                await self._news.wait()

    async def _tell(self, http: httpx.AsyncClient, word: dict[str, Any]) -> bool:
        body = json.dumps({name: word[name] for name in ("id", "number", "version")}).encode()
        timestamp = f"{self._clock.now():.0f}"
        headers = {
            TIMESTAMP: timestamp,
            SIGNATURE: sign(self._key, timestamp, body),
            "Content-Type": "application/json",
        }
        try:
            answer = await http.post(PATH, content=body, headers=headers)
        except httpx.HTTPError:
            return False
        return answer.is_success


class _Door:
    """In front of every route: the token, then today's faults; levers are spared the faults."""

    def __init__(self, app: ASGIApp, bank: CoreBank) -> None:
        self._app, self._bank = app, bank

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer: Response | None = None
        if not self._bank.may_enter(request.headers.get("authorization", "")):
            answer = JSONResponse({"error": "unknown_caller"}, status_code=401)
        elif request.url.path.startswith("/v1/") and not await self._bank.suffer():
            answer = JSONResponse({"error": "broken_today"}, status_code=500)
        await (answer or self._app)(scope, receive, send)


class _BrokenOff(Response):
    """An answer whose connection ends before it does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-length", b"1000")],
            }
        )
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def _body(request: Request) -> dict[str, Any]:
    try:
        found = loads_strict(await request.body(), max_bytes=BODY_BYTES)
    except BadJson:
        found = {}
    return found if isinstance(found, dict) else {}


async def serve(bank: CoreBank, port: int, *, parent: int | None = None) -> None:
    """Serve on loopback until told to stop, or until the parent's pipe (a file number) ends."""
    config = uvicorn.Config(
        bank.app(), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    if parent is not None:
        _end_with(parent, lambda: setattr(server, "should_exit", True))
    telling = asyncio.create_task(bank.tell_hub())
    try:
        await server.serve()
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def _end_with(parent: int, stop: Callable[[], None]) -> None:
    """Stop when the parent's pipe closes, whatever ended the parent."""

    def watch() -> None:
        while os.read(parent, 1024):
            pass
        stop()

    threading.Thread(target=watch, daemon=True).start()
