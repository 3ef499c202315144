"""One open page of a signed-in user."""

from dataclasses import dataclass, field

from agent_console.feed.stream import Stream
from agent_console.feed.wire import AsgiSend
from agent_console.gate import SignedIn
from hub.security.rate_limit import RateLimit


@dataclass(slots=True, eq=False)
class Page:
    """A socket between its handshake and its end."""

    eio_sid: str
    signed_in: SignedIn
    send: AsgiSend
    commands: RateLimit
    packets: RateLimit
    sid: str | None = None
    """The Socket.IO id, once the page has connected to the namespace."""
    stream: Stream | None = None
    closing: bool = False
    has_phone: bool = False
    """It told that its phone is connected: the phone ends with it."""
    used_at: float = field(default=0.0)
    """When the person last did something here."""

    @property
    def user_id(self) -> str:
        """Whose page it is."""
        return self.signed_in.viewer.user_id
