"""`/demo/mailbox`: a customer's mailbox, from which a visitor writes to the bank."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo

import aiosmtplib
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from agent_console.http.problems import problem
from config.demo.mailbox import CARDS, SERVICE, Kept, Mailboxes, Written
from config.demo.pages import language_of, page, texts
from config.demo.portrait import Known
from hub.security.csrf import origin_allowed
from hub.text.strict_json import BadJson, loads_strict

BODY_BYTES: Final = 1024 * 1024
FILE_BYTES: Final = 512 * 1024
TEXT_MOST: Final = 20_000
GUEST: Final = "guest@mail.example"
_FIELDS: Final = {"as", "to", "subject", "text", "answers", "file_name", "file_type", "file"}
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_LINE: Final = re.compile(r"[\x00-\x1f\x7f]")


class MailboxPage:
    """The page, its list for the page that renews itself, and sending."""

    def __init__(
        self,
        mailboxes: Mailboxes,
        known: Mapping[str, Known],
        origins: frozenset[str],
        time_zone: str,
    ) -> None:
        self._mailboxes, self._known, self._origins = mailboxes, known, origins
        self._zone = ZoneInfo(time_zone)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/demo/mailbox", self.whole),
            Route("/demo/mailbox/list", self.list_alone),
            Route("/demo/mailbox/send", self.send, methods=["POST"]),
        ]

    async def whole(self, request: Request) -> Response:
        """Show the mailbox; `?as=` says whose it is."""
        language = language_of(request)
        number = request.query_params.get("as", "")
        number = number if number in self._known else ""
        options = [self._option("", number, language)]
        options += [self._option(one, number, language) for one in self._known]
        parts = {
            "who": "".join(options),
            "service": SERVICE,
            "cards": CARDS,
            "mails": await self._list(number, language),
        }
        return page("mailbox.html", language, parts)

    async def list_alone(self, request: Request) -> Response:
        """Show the list as it is now."""
        words = await self._list(request.query_params.get("as", ""), language_of(request))
        return HTMLResponse(words, headers={"Cache-Control": "no-store"})

    async def send(self, request: Request) -> Response:
        """Send a mail to the bank, by SMTP."""
        if not origin_allowed(request.headers.get("origin"), self._origins):
            return problem(403, "foreign_origin")
        try:
            body = loads_strict(await request.body(), max_bytes=BODY_BYTES, max_depth=2)
        except BadJson as error:
            return problem(400, error.code)
        written = self._written(body)
        if written is None:
            return problem(422, "invalid", "as, to, subject, text; answers and a file if you like")
        try:
            await self._mailboxes.send(written)
        except (aiosmtplib.SMTPException, OSError):
            return problem(503, "door_closed", "the bank's mail server does not answer")
        return JSONResponse({"sent": True}, status_code=201)

    def _written(self, body: Any) -> Written | None:
        """Return what is to be sent; None when something is missing or too long."""
        if not isinstance(body, dict) or body.keys() != _FIELDS:
            return None
        said = {name: value for name, value in body.items() if isinstance(value, str)}
        is_whole = len(said) == len(_FIELDS) and said["to"] in (SERVICE, CARDS)
        if not is_whole or not said["text"].strip() or len(said["text"]) > TEXT_MOST:
            return None
        subject, name = (_LINE.sub(" ", said[key])[:200] for key in ("subject", "file_name"))
        file = None
        if said["file"]:
            try:
                data = base64.b64decode(said["file"], validate=True)
            except (binascii.Error, ValueError):
                return None
            if len(data) > FILE_BYTES:
                return None
            kind = said["file_type"]
            kind = kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"
            file = (name or "file", kind, data)
        person = self._known.get(said["as"])
        return Written(
            sender=self._address(said["as"]),
            name=person.person.name if person else "",
            to=said["to"], subject=subject, text=said["text"], answers=said["answers"], file=file,
        )  # fmt: skip

    def _address(self, number: str) -> str:
        known = self._known.get(number)
        return known.person.email if known else GUEST

    def _option(self, number: str, chosen: str, language: str) -> str:
        known = self._known.get(number)
        name = texts(language)["guest"]
        if known is not None:
            person = known.person
            name = person.name_zh if language == "zh" and person.name_zh else person.name
        selected = " selected" if number == chosen else ""
        label = escape(f"{name} <{self._address(number)}>")
        return f'<option value="{escape(number)}"{selected}>{label}</option>'

    async def _list(self, number: str, language: str) -> str:
        found = await self._mailboxes.of(self._address(number))
        if not found:
            return f'<li class="empty">{escape(texts(language)["mailbox_empty"])}</li>'
        return "".join(self._item(one, language) for one in found)

    def _item(self, one: Kept, language: str) -> str:
        words = texts(language)
        at = datetime.fromtimestamp(one.at, self._zone)
        way = "mailbox_from_bank" if one.is_from_bank else "mailbox_from_you"
        files = "".join(f'<span class="tag">{escape(name)}</span>' for name in one.files)
        answer = (
            f'<button class="btn" type="button" data-answers="{escape(one.message_id)}" '
            f'data-subject="{escape(one.subject)}">{escape(words["mailbox_answer"])}</button>'
            if one.is_from_bank
            else ""
        )
        return (
            '<li class="letter"><p class="about">'
            f'<span class="tag">{escape(words[way])}</span>{files}'
            f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S}</time></p>'
            f"<b>{escape(one.subject)}</b>"
            f'<p class="words">{escape(one.text)}</p>{answer}</li>'
        )
