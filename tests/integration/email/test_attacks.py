"""Attacks that need a mailbox, a relay or a wire; the readers' own are in tests/unit."""

import asyncio
import socket
import struct
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from zlib import crc32

import pytest

from channels.email.out.relays import Relays
from channels.email.parse.read import read_mail
from channels.email.settings import Relay
from hub.adapters.clock import SystemClock
from hub.ports import SendLater
from hub.store.rows import find
from hub.store.tables import Contact
from tests.integration.email.test_doors import answered, raw_of
from tests.support.mail_room import CUSTOMER, MailRoom, letter
from tests.support.office import zipped

MOST_READ_BYTES = 1_000_000
PATIENCE_SECONDS = 0.5


async def test_a05_a_mail_in_an_agents_name_is_a_strangers_words(mail_room: MailRoom) -> None:
    """A05: agents act only signed in."""
    mail, conversation_id = await answered(mail_room)
    before = await mail_room.hub.reader.rows(find(Contact, "id", "state", "owner_agent_id"))
    order = letter(
        "/close\n/assign ben\nApproved.", sender="amara@bank.example", name="<o@bank.example>",
        In_Reply_To=str(mail["Message-ID"]),
    )  # fmt: skip
    taken = await mail_room.take(raw_of(order))
    assert taken.conversation_id != conversation_id
    after = await mail_room.hub.reader.rows(find(Contact, "id", "state", "owner_agent_id"))
    assert set(before) <= set(after)
    spoken = [one.speaker for one in await mail_room.said(taken.conversation_id)]
    assert "agent" not in spoken


async def test_a07_who_is_copied_by_the_sender_never_gets_an_answer(mail_room: MailRoom) -> None:
    """A07: new addresses get nothing of a thread without an agent."""
    await mail_room.take(
        raw_of(letter("My card?", Cc="spy@evil.example", Reply_To="spy@evil.example"))
    )
    contact_id = await mail_room.accepted()
    await mail_room.answer(contact_id, "It is on its way.")
    assert mail_room.relay.mails
    for mail in mail_room.relay.mails:
        assert str(mail["To"]) == CUSTOMER
        assert "spy@evil.example" not in mail.as_string()


async def test_a08_a_greeting_repeats_nothing_that_a_stranger_wrote(mail_room: MailRoom) -> None:
    """A08: no free text to who did not write, one greeting a day."""
    lure = "Win at https://evil.example/prize"
    await mail_room.take(raw_of(letter(lure, subject=lure, sender="victim@mail.example")))
    await mail_room.deliver()
    assert [one for one in mail_room.relay.mails if "evil.example" in one.as_string()] == []


async def test_a18_markup_of_an_agent_leaves_as_text(mail_room: MailRoom) -> None:
    """A18: what staff keep and send cannot run at the customer."""
    await mail_room.writes("Where is my card?")
    contact_id = await mail_room.accepted()
    await mail_room.answer(contact_id, "<script>alert(1)</script><img src=x onerror=alert(1)>")
    mail = mail_room.relay.mails[-1]
    assert [part.get_content_type() for part in mail.walk()] == ["text/plain"]
    assert "<script>" in mail.get_content()


ELSEWHERE = (
    "http://169.254.169.254/latest/meta-data", "http://127.0.0.1/", "http://[::ffff:127.0.0.1]/",
    "http://2130706433/", "http://a@127.0.0.1/", "file:///etc/passwd", "cat.jpg",
)  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a33_nothing_that_a_mail_names_is_fetched(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A33: pictures, styles, lists and bodies that lie elsewhere are words, no errands."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = CUSTOMER, "A picture"
    mail["List-Unsubscribe"] = f"<{address}>"
    mail.set_content("Look")
    mail.add_alternative(
        f'<p>Look</p><img src="{address}"><link rel="stylesheet" href="{address}">', subtype="html"
    )
    raw = mail.as_bytes().replace(
        b"--\n", b'\nContent-Type: message/external-body; access-type=URL; URL="x"\n\n--\n', 1
    )
    read = read_mail(raw)
    assert read.visible_reply.strip() == "Look"
    assert address not in read.html


def _nested(levels: int) -> bytes:
    data = b"x" * 1_000
    for _ in range(levels):
        data = zipped(a__b=data)
    return data


def _wide_picture() -> bytes:
    """A PNG that says it has 64,000 by 64,000 pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 64_000, 64_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", crc32(head))


async def test_a14_what_unfolds_is_refused_before_it_is_unfolded(
    mail_room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A14: limits come before unpacking, and nothing is unpacked for a look."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("it was unpacked")

    files = {
        "bomb.zip": zipped(a="0" * 10_000_000), "nested.zip": _nested(50), "wide.png":
        _wide_picture(), "slip.zip": zipped(**{".." + "__" * 2 + "etc__passwd": "x"}),
    }  # fmt: skip
    for name in ("open", "read", "extract", "extractall"):
        monkeypatch.setattr(zipfile.ZipFile, name, forbidden)
    mail = letter("See the files")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    taken = await mail_room.take(raw_of(mail))
    said = await mail_room.said(taken.conversation_id)
    assert [one.body["file"]["name"] for one in said if one.kind == "file"] == []
    refused = [one.body["data"] for one in said if one.body.get("event") == "mail_file_refused"]
    assert {one["name"] for one in refused} == set(files)


@asynccontextmanager
async def _relay(*, endless: bool) -> AsyncIterator[tuple[Relay, list[int]]]:
    """A server that never greets, or never stops greeting; tells what it could write."""
    written = [0]
    gone = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = b"220-" + b"a" * 400 + b"\r\n"
        try:
            while endless:
                writer.write(line)
                written[0] += len(line)
                await writer.drain()
                await asyncio.sleep(0)
            await gone.wait()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield (
        Relay(host="127.0.0.1", port=port, tls="none", timeout_seconds=PATIENCE_SECONDS),
        written,
    )
    gone.set()
    server.close()


@pytest.mark.parametrize("endless", [False, True])
async def test_a34_a_server_that_never_answers_or_never_ends_is_left(*, endless: bool) -> None:
    """A34: its time is short and what is read of it has a limit."""
    relays = Relays(SystemClock())
    async with _relay(endless=endless) as (relay, written):
        with pytest.raises(SendLater):
            await relays.check(relay)
        assert written[0] < MOST_READ_BYTES
    await relays.close()
