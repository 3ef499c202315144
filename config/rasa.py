"""Real Rasa beside the hub: what both share, and the place where Rasa asks for errands."""

import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rasa.actions import act, language_of
from bot.rasa.client import DEEPEST, RasaClient, RasaOptions
from config.problems import CannotStart, ExitCode
from config.settings import Settings, is_loopback
from hub.domain.errors import NotFound
from hub.journey.context import Hub
from hub.journey.errands.run import run_errand
from hub.journey.self_serve import front_of
from hub.ports import Clock, SelfServiceContact
from hub.text.strict_json import BadJson, loads_strict

ACTIONS_PATH: Final = "/rasa/actions"
LARGEST: Final = 1024 * 1024
"""Bytes of a request: Rasa sends the whole tracker along."""
log = structlog.get_logger(__name__)


def shared_secret(settings: Settings) -> str:
    """Return what hub and Rasa know each other by; made where it is missing."""
    file = settings.bot.rasa.secret_file or settings.data_dir / "rasa" / "secret"
    try:
        _make(file)
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(ExitCode.SET_UP, f"{file}: {error}; let us read and write it") from None


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(made, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(32))


def client(settings: Settings, clock: Clock) -> RasaClient:
    """Return what speaks with Rasa; raise `CannotStart` for an address in the open.

    Rasa asks nobody who talks to its REST channel for a password: it must be out of reach.
    """
    link = settings.bot.rasa
    host = urlsplit(link.url).hostname or ""
    if not is_loopback(host):
        raise CannotStart(
            ExitCode.SET_UP, f"bot.rasa.url {link.url}: Rasa answers anyone; keep it on 127.0.0.1"
        )
    options = RasaOptions(answer_seconds=link.answer_seconds, turns_at_once=link.turns_at_once)
    return RasaClient(link.url, shared_secret(settings), clock, options)


def action_routes(settings: Settings, hub: Hub) -> list[Route]:
    """Return where Rasa asks for errands; none where Rasa is not wanted."""
    if settings.bot.engine != "rasa":
        return []
    secret = shared_secret(settings)

    async def run(
        contact: SelfServiceContact, command: str, arguments: Mapping[str, str]
    ) -> Mapping[str, str]:
        return await run_errand(hub, contact, command, arguments)

    async def answer(request: Request) -> Response:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=401)
        try:
            call: Any = loads_strict(await _body(request), max_bytes=LARGEST, max_depth=DEEPEST)
            contact = await front_of(hub, str(call["sender_id"]))
            contact = replace(contact, language=language_of(call) or contact.language)
        except (BadJson, KeyError, TypeError):
            return Response(status_code=400)
        except NotFound:
            # Rasa takes it for a failed action: nobody is told anything in the contact's name.
            return Response(status_code=404)
        return JSONResponse(await act(run, contact, call))

    return [Route(ACTIONS_PATH, answer, methods=["POST"])]


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise BadJson("too_large")
    return body


def actions_url(settings: Settings) -> str:
    """Return where Rasa reaches the hub."""
    told = settings.bot.rasa.actions_url
    return told or f"http://127.0.0.1:{settings.port}{ACTIONS_PATH}"
