"""Opening a WebSocket at a third of the usual cost, for the minute when ten thousand come back.

uvicorn parses the request, writes it out as bytes and lets `websockets` parse it again; that was
more than half of the CPU of a page's return. Here the handshake is judged on the headers as they
were parsed. Whatever is not plain goes the usual way, which knows every refusal.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.protocol import CONNECTING, OPEN

from config.receiving import Receiving

HEADERS_MOST: Final = 64
HEADER_BYTES: Final = 8_000
"""Beyond, the usual way decides; its limits are a little wider."""
KEY_BYTES: Final = 16
MAGIC: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""RFC 6455, section 1.3."""
ACCEPTED: Final = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: "
)
_ONCE: Final = (b"sec-websocket-key", b"sec-websocket-version", b"upgrade", b"connection", b"host")
Headers = list[tuple[bytes, bytes]]


class Http(HttpToolsProtocol):
    """HTTP that hands a WebSocket over with the headers it has parsed."""

    _upgrade: tuple[Headers, bool] | None = None
    """Headers of a request, and whether they ask for a WebSocket: asked three times of each."""

    def _should_upgrade(self) -> bool:
        if self._upgrade is None or self._upgrade[0] is not self.headers:
            self._upgrade = (self.headers, super()._should_upgrade())
        return self._upgrade[1]

    def handle_websocket_upgrade(self) -> None:
        """Open the socket; refuse nothing here."""
        accept = self._accept()
        if accept is None:
            super().handle_websocket_upgrade()
            return
        self.connections.discard(self)
        opened = WebSocket(
            config=self.config, server_state=self.server_state, app_state=self.app_state
        )
        self.transport.set_protocol(opened)
        opened.take_over(self, accept)

    def _accept(self) -> bytes | None:
        scope = self.scope
        is_plain = scope["method"] == "GET" and scope["http_version"] == "1.1"
        if not is_plain or self.config.ws_per_message_deflate or not self.url.isascii():
            return None
        return accept_of(self.headers)


class WebSocket(Receiving):
    """A WebSocket that begins behind its handshake, and writes text frames itself."""

    _accept: bytes | None = None
    """Answers the page's key; None where the usual way opened the socket."""

    def take_over(self, http: Http, accept: bytes) -> None:
        """Begin as `connection_made` and the request would have made it begin."""
        self._accept = accept
        self.connections.add(self)
        self.transport, self.server, self.client = http.transport, http.server, http.client
        self.scheme = "wss" if http.scheme == "https" else "ws"
        self._expect_frames()
        raw_path, _, query = http.url.partition(b"?")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": self.scheme,
            "server": self.server,
            "client": self.client,
            "root_path": self.root_path,
            "path": self.root_path + unquote(raw_path.decode("ascii")),
            "raw_path": self.root_path.encode("ascii") + raw_path,
            "query_string": query,
            "headers": http.headers,
            "subprotocols": [],
            "state": self.app_state.copy(),
            "extensions": {"websocket.http.response": {}},
        }
        self.handshake_initiated = True
        self.queue.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task.add_done_callback(self.on_task_complete)
        self.tasks.add(task)

    def _expect_frames(self) -> None:
        """Set the parser behind the request, and leave the rest as before an answer."""
        self.conn.state = OPEN
        self.conn.parser = self.conn.parse()
        next(self.conn.parser)
        self.conn.state = CONNECTING

    async def send(self, message: Any) -> None:
        """Send what the application says; the two commonest words take the short way."""
        kind = message["type"]
        if kind == "websocket.send" and self._keeps_up() and message.get("text") is not None:
            self.transport.write(text_frame(message["text"].encode()))
        elif kind == "websocket.accept" and self._may_accept(message):
            self._open()
        else:
            await super().send(message)

    def _keeps_up(self) -> bool:
        return (
            self.conn.state is OPEN
            and self.handshake_complete
            and not (self.close_sent or self.disconnected)
            and self.initial_response is None
            and self.writable.is_set()
        )

    def _may_accept(self, message: Mapping[str, Any]) -> bool:
        return (
            self._accept is not None
            and not (self.handshake_complete or self.disconnected)
            and self.initial_response is None
            and not (message.get("subprotocol") or message.get("headers"))
        )

    def _open(self) -> None:
        if self.transport.is_closing() or self._accept is None:
            return
        more = b"".join(b"%b: %b\r\n" % header for header in self.default_headers)
        self.transport.write(ACCEPTED + self._accept + b"\r\n" + more + b"\r\n")
        self.conn.state = OPEN
        self.handshake_complete = True
        self.start_keepalive()


def accept_of(headers: Headers) -> bytes | None:
    """Return `Sec-WebSocket-Accept` for a plain handshake; None for any that needs a closer look.

    The caller has seen that `Connection` and `Upgrade` ask for a WebSocket.
    """
    if len(headers) > HEADERS_MOST:
        return None
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if (name in found and name in _ONCE) or len(value) > HEADER_BYTES:
            return None
        found[name] = value
    key = found.get(b"sec-websocket-key", b"")
    if found.get(b"sec-websocket-version") != b"13" or b"sec-websocket-protocol" in found:
        return None
    if found.get(b"upgrade", b"").lower() != b"websocket" or not _is_key(key):
        return None
    return base64.b64encode(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest())


def _is_key(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def text_frame(payload: bytes) -> bytes:
    """Return a server's text frame."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload
