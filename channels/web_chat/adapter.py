"""The channel as the hub knows it: routes, the socket, and what runs beside them."""

import asyncio
import json
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.routing import BaseRoute, Route

from channels.web_chat import visitors
from channels.web_chat.articles import ArticleRoutes
from channels.web_chat.chat import Chat
from channels.web_chat.connection import AsgiReceive
from channels.web_chat.files import FileRoutes
from channels.web_chat.links import TRANSCRIPT_PATH, Links
from channels.web_chat.outbound import AsgiSend
from channels.web_chat.script import LATER, Script
from channels.web_chat.settings import CHANNEL, WebChatSettings, settings_from
from hub.journey import customer_page
from hub.journey.context import Hub
from hub.ports import PAGE
from hub.security.signed_link import SignedLinks

SOCKET_PATH = "/chat/socket"
PRUNE_SECONDS = 3600.0

Scope = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChatHealth:
    """What `check` answers."""

    ok: bool
    code: str


class WebChat:
    """`ChannelAdapter` of the web chat."""

    name = CHANNEL
    capabilities = frozenset(
        {"text", "menu", "file", "typing", "seen", "survey", "signed_in", PAGE}
    )

    def __init__(self, hub: Hub, settings: WebChatSettings, signed: SignedLinks) -> None:
        self._chat = Chat(hub, settings, signed)
        self._files = FileRoutes(self._chat)
        self._articles = ArticleRoutes(self._chat)
        self.script = Script(settings)
        self.later = Script(settings, LATER)

    def routes(self) -> Sequence[BaseRoute]:
        """The script and the files; the socket is dispatched before these, by path."""
        return [
            Route("/chat/widget.js", self.script.newest),
            Route("/chat/widget.{version}.js", self.script.versioned),
            Route("/chat/later.js", self.later.newest),
            *self._articles.routes(),
            Route("/chat/files", self._files.allow, methods=["OPTIONS"]),
            Route("/chat/files", self._files.take, methods=["POST"]),
            Route("/chat/files/{file_id}", self._files.give, methods=["GET"]),
            Route(TRANSCRIPT_PATH, self._files.transcript, methods=["GET"]),
        ]

    async def socket(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Serve one WebSocket, as a plain ASGI application."""
        chat = self._chat
        await receive()  # websocket.connect
        origin = _header(scope, b"origin").lower()
        client = scope.get("client")
        address = str(client[0]) if client else ""
        is_crowded = chat.per_address[address] >= chat.settings.sockets_per_address
        if origin not in chat.settings.origins or is_crowded:
            await send({"type": "websocket.close", "code": 1008})
            return
        connection = chat.open(send, origin=origin, address=address)
        try:
            await send({"type": "websocket.accept"})
            await connection.serve(receive)
        except asyncio.CancelledError:
            if not connection.out.closing:
                raise
            # It was told to close and did not: returning makes the server end it.
        finally:
            room = connection.room
            if chat.end(connection) and room is not None:
                chat.spawn(customer_page.customer_left(chat.hub, room.conversation_id))

    async def run(self) -> None:
        """Follow the log, keep deadlines and places in line, forget old visitors."""
        chat = self._chat
        stop_following = chat.hub.journal.follow(chat.feed.heard)
        stop_typing = chat.hub.signal.subscribe("typing", chat.feed.heard_typing)
        stop_pages = chat.hub.signal.subscribe(customer_page.TOPIC, self._heard_page)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(chat.feed.run())
                group.create_task(chat.feed.keep_places())
                group.create_task(chat.keep_deadlines())
                group.create_task(self._prune())
        finally:
            stop_following()
            stop_typing()
            stop_pages()

    async def check(self) -> ChatHealth:
        """Say whether the channel works."""
        if not self._chat.settings.widgets:
            return ChatHealth(ok=True, code="no_widgets")
        if not (self.script.is_built and self.later.is_built):
            return ChatHealth(ok=False, code="widget_not_built")
        return ChatHealth(ok=True, code="ok")

    @property
    def links(self) -> Links:
        """Tickets and links of this channel, as its pages get them."""
        return self._chat.links

    @property
    def socket_count(self) -> int:
        """Open sockets of this node."""
        return self._chat.per_address.total()

    def _heard_page(self, payload: str) -> None:
        """Say that the customer is here when another node has seen an older page of theirs go."""
        word = json.loads(payload)
        chat = self._chat
        if not word["present"] and chat.rooms.get(word["conversation_id"]) is not None:
            chat.spawn(customer_page.customer_came(chat.hub, word["conversation_id"]))

    async def _prune(self) -> None:
        hub = self._chat.hub
        while True:
            await hub.clock.sleep(PRUNE_SECONDS)
            more = visitors.PRUNE_ROWS
            while more == visitors.PRUNE_ROWS:
                more = await hub.journal.run(visitors.prune_visitors(hub.clock.now()))


def make_channel(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> WebChat:
    """Make the channel from the operator's choices; raise `Invalid` for one it does not know."""
    return WebChat(hub, settings_from(options), links)


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""
