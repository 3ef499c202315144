"""`/demo/outbox`: what customers' phones and mailboxes received, the newest first."""

import re
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from config.demo.carrier import Delivered, DemoCarrier
from config.demo.pages import LANGUAGES, language_of, page, texts

_LINK: Final = re.compile(r"https?://[^\s<>\"']+")
_PURPOSES: Final = frozenset({"one_time_code", "survey", "service", "appointment"})


class OutboxPage:
    """The page, and its list alone for the page that renews itself."""

    def __init__(self, carrier: DemoCarrier, time_zone: str) -> None:
        self._carrier = carrier
        self._zone = ZoneInfo(time_zone)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/demo/outbox", self.whole),
            Route("/demo/outbox/list", self.list_alone),
        ]

    async def whole(self, request: Request) -> Response:
        """Show everything."""
        language = language_of(request)
        return page("outbox.html", language, {"notices": await self._list(language)})

    async def list_alone(self, request: Request) -> Response:
        """Show the list as it is now."""
        words = await self._list(language_of(request))
        return HTMLResponse(words, headers={"Cache-Control": "no-store"})

    async def _list(self, language: str) -> str:
        found = await self._carrier.delivered()
        if not found:
            return f'<li class="empty">{escape(texts(language)["outbox_empty"])}</li>'
        return "".join(self._item(one, language) for one in found)

    def _item(self, one: Delivered, language: str) -> str:
        notice, words = one.notice, texts(language)
        purpose = notice.purpose if notice.purpose in _PURPOSES else "other"
        at = datetime.fromtimestamp(one.at, self._zone)
        subject = f"<b>{escape(notice.subject)}</b>" if notice.subject else ""
        written_in = LANGUAGES.get(notice.language, "en")
        return (
            '<li class="letter"><p class="about">'
            f'<span class="tag">{escape(words["kind_" + notice.to_kind])}</span>'
            f'<span class="tag">{escape(words["purpose_" + purpose])}</span>'
            f"<span>{escape(notice.to)}</span>"
            f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M:%S}</time></p>'
            f'<p lang="{written_in}">{subject}{_linked(notice.text)}</p></li>'
        )


def _linked(text: str) -> str:
    """Escape the words; addresses become links."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        href = escape(found[0])
        parts += [
            escape(text[end : found.start()]),
            f'<a href="{href}" target="_blank" rel="noopener">{href}</a>',
        ]
        end = found.end()
    return "".join([*parts, escape(text[end:])]).replace("\n", "<br />")
