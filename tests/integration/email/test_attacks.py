"""Attacks that need a mailbox, a relay or a wire; the readers' own are in tests/unit."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

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

MOST_READ_BYTES = 1_000_000
PATIENCE_SECONDS = 0.5


async def test_a05_a_mail_in_an_agents_name_is_a_strangers_words(mail_room: MailRoom) -> None:
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
    lure = "Win at https://evil.example/prize"
    await mail_room.take(raw_of(letter(lure, subject=lure, sender="victim@mail.example")))
    await mail_room.deliver()
    assert [one for one in mail_room.relay.mails if "evil.example" in one.as_string()] == []


async def test_a18_markup_of_an_agent_leaves_as_text(mail_room: MailRoom) -> None:
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
def test_a28_a33_nothing_that_a_mail_names_is_fetched(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture, a style, a list's address and a body that lies elsewhere are words, no errands."""

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
    relays = Relays(SystemClock())
    async with _relay(endless=endless) as (relay, written):
        with pytest.raises(SendLater):
            await relays.check(relay)
        assert written[0] < MOST_READ_BYTES
    await relays.close()
