"""What the pages of this node share, and how a socket begins."""

from collections import Counter
from collections.abc import MutableMapping
from typing import Any, Final

from channels.phone.embedded.caller import Caller, signed_in
from channels.phone.embedded.desk_phone import DeskPhone
from channels.phone.embedded.link import MediaLink
from channels.phone.embedded.pages import Pages
from channels.phone.embedded.protocol import Frame
from channels.phone.embedded.settings import EmbeddedSettings
from channels.phone.embedded.socket import AsgiReceive, AsgiSend, PageSocket, Who
from channels.phone.embedded.states import CallerStates
from hub.domain.errors import Refused
from hub.journey.context import Hub
from hub.journey.widget_keys import WidgetKeys
from hub.security.signed_link import ANYBODY, BadLink, SignedLinks

PURPOSE: Final = "softphone"
Scope = MutableMapping[str, Any]


class Exchange:
    """Handed to every page."""

    def __init__(
        self,
        hub: Hub,
        settings: EmbeddedSettings,
        links: SignedLinks,
        link: MediaLink,
        pages: Pages,
    ) -> None:
        self.hub, self.settings, self.link, self.pages = hub, settings, link, pages
        self.keys = WidgetKeys(hub)
        self.states = CallerStates(hub, pages, settings)
        self.calling: set[str] = set()
        """Calls that are being opened: known to the hub before the media process has them."""
        self._links = links
        self._per_address: Counter[str] = Counter()

    async def socket(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Serve one WebSocket, as a plain ASGI application."""
        await receive()  # websocket.connect
        origin = _header(scope, b"origin").lower()
        client = scope.get("client")
        address = str(client[0]) if client else ""
        is_crowded = self._per_address[address] >= self.settings.sockets_per_address
        if origin not in self.settings.all_origins or is_crowded:
            await send({"type": "websocket.close", "code": 1008})
            return
        self._per_address[address] += 1
        try:
            await send({"type": "websocket.accept"})
            await PageSocket(self, send, origin=origin).serve(receive)
        finally:
            self._per_address[address] -= 1
            if not self._per_address[address]:
                del self._per_address[address]

    async def welcome(self, page: PageSocket, frame: Frame) -> Who:
        """Find out who is there; raise `Refused`."""
        if frame["as"] == "caller":
            return Caller(page, frame, await signed_in(page, frame))
        if page.origin not in self.settings.origins:
            raise Refused("bad_token", "desks are on the hub's own pages")
        return DeskPhone(page, self._user_of(frame.get("token", "")))

    def takes(self, number: str) -> bool:
        """Whether this is a number of ours."""
        ours = self.hub.phone.numbers
        return not ours or number in ours or number.lstrip("+") in ours

    def grant(self, user_id: str, expires_at: float) -> str:
        """Return what opens the socket as this member of staff."""
        return self._links.sign(PURPOSE, user_id, viewer=ANYBODY, expires_at=expires_at)

    def _user_of(self, token: str) -> str:
        try:
            return self._links.read(PURPOSE, token, viewer=ANYBODY, now=self.hub.clock.now())
        except BadLink:
            raise Refused("bad_token") from None


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""
