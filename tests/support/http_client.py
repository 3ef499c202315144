"""A browser's HTTP for tests: requests as a page of the hub sends them, or never would."""

import asyncio
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.demo.robots.agent import Pass
from tests.support.hub_server import HubServer

CALL_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem document, which it must be."""
        assert self.headers["content-type"] == "application/problem+json", self.headers
        code: str = self.json["code"]
        return code


def call(
    hub: HubServer,
    method: str,
    path: str,
    *,
    data: Any = None,
    raw: bytes | None = None,
    held: Pass | None = None,
    headers: Mapping[str, str | None] | None = None,
) -> Reply:
    """Send a request of our own page; a header given as None is left out."""
    sent: dict[str, str | None] = {"Origin": hub.origin}
    if held is not None:
        sent |= {"Cookie": held.cookie, "X-CSRF": held.csrf}
    if data is not None:
        raw = json.dumps(data).encode()
    if raw is not None:
        sent["Content-Type"] = "application/json"
    sent |= headers or {}
    line = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=CALL_SECONDS)
    try:
        line.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                line.putheader(name, value)
        if raw is not None and "Content-Length" not in sent:
            line.putheader("Content-Length", str(len(raw)))
        line.endheaders(raw)
        answer = line.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, found, answer.read())
    finally:
        line.close()


async def acall(hub: HubServer, method: str, path: str, **more: Any) -> Reply:
    """`call` from a test with an event loop."""
    return await asyncio.to_thread(call, hub, method, path, **more)
