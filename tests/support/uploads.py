"""Files for tests, and sending them as a customer's page does."""

import struct
import zlib
from urllib.parse import quote

from tests.support.chat_client import ChatClient, fresh_id
from tests.support.http_client import Reply, acall
from tests.support.hub_server import HubServer


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1) -> bytes:
    """Return a small picture; width and height are only what its header says."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    )  # fmt: skip


PNG = png()


async def post_file(hub: HubServer, page: ChatClient, data: bytes, name: str) -> Reply:
    """Ask for a ticket and post the bytes; returns whatever the hub answers."""
    ticket = await page.ask("ticket", type="upload", id=fresh_id())
    headers = {"X-Chat-Ticket": ticket["ticket"], "X-File-Name": quote(name, safe="")}
    headers["Content-Type"] = "application/octet-stream"
    return await acall(hub, "POST", "/chat/files", raw=data, headers=headers)


async def upload(hub: HubServer, page: ChatClient, data: bytes, name: str) -> str:
    """Send a file that is taken; returns its id."""
    reply = await post_file(hub, page, data, name)
    assert reply.status == 201, reply
    file_id: str = reply.json["file_id"]
    return file_id
