"""Mail out by a real server of Debian: what arrives, byte for byte, and a server that is killed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
import pytest_asyncio

from channels.email.out.dkim import Dkim
from channels.email.settings import Relay
from hub.domain.outbound import Outbound
from hub.journey.delivery.retry import retry_delivery
from hub.journey.files import store_file
from hub.ports import NeedsAttention
from hub.store.rows import find
from hub.store.tables import MessageDelivery
from tests.integration.email.test_out import talking
from tests.support.exim import PASSWORD, USER, Exim
from tests.support.mail_room import BANK, CUSTOMER, MailRoom
from tests.support.waiting import in_background, until
from tests.unit.email.test_dkim import ED25519, check

SIGNER = Dkim(domain="bank.example", selector="hub1", key=ED25519)
WORDS = "Your card — 您的卡\n.\n..two\n. one\nMAIL FROM:<a@evil.example>\n尊敬的客户 🙂"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;\r\n.\r\n"


class Outward:
    """An agent in a talk by mail, whose words leave by the real server."""

    def __init__(self, room: MailRoom, exim: Exim) -> None:
        self.room, self.exim = room, exim
        self.contact_id = self.conversation_id = ""
        self.given: list[bytes] = []
        """Every mail that was given to the server, or was tried to be."""

    async def says(self, text: str, *, key: str, file_id: str | None = None) -> None:
        """The agent answers."""
        await self.room.answer(self.contact_id, text, key=key, file_id=file_id)

    async def tries_again(self) -> None:
        """Let the pause go by after which the outbox tries once more."""
        await self.room.world.pass_time(120)
        await self.room.deliver()

    def relay(self, password: str = PASSWORD) -> Relay:
        """How the server is reached."""
        return Relay(host="127.0.0.1", port=self.exim.port, user=USER, password=password)

    def use(self) -> None:
        """Send by the server, signed."""
        boxes = self.room.settings.mailboxes
        boxes[BANK] = replace(boxes[BANK], relay=self.relay(), dkim=SIGNER)

    async def states(self) -> list[str]:
        """States of the agent's words, in order; the greeting came first."""
        return [state for state, _ in await self.room.states(self.conversation_id)][1:]

    def texts(self) -> list[str]:
        """First lines of what has arrived."""
        return sorted(_read(raw).splitlines()[0] for raw in self.exim.mails())


@pytest_asyncio.fixture
async def outward(
    mail_room: MailRoom, exim: Exim, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Outward]:
    """A talk, a server, and trust in the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(exim.certificate))
    found = Outward(mail_room, exim)
    found.contact_id, found.conversation_id = await talking(mail_room)
    send = mail_room.relays.send

    async def noted(
        relay: Relay, sender: str, goals: Sequence[str], data: bytes, *, utf8: bool
    ) -> None:
        found.given.append(data)
        await send(relay, sender, goals, data, utf8=utf8)

    monkeypatch.setattr(mail_room.relays, "send", noted)
    found.use()
    yield found
    await _hung_up(mail_room)


async def _hung_up(room: MailRoom) -> None:
    """Close what is open; by TLS that takes a word of either side."""
    clients = [client for pool in room.relays._pools.values() for _, client in pool._idle]
    transports = [client.transport for client in clients if client.transport is not None]
    sockets = [transport.get_extra_info("socket") for transport in transports]
    await room.relays.close()
    await until(lambda: all(one.fileno() == -1 for one in sockets))


def _read(raw: bytes) -> str:
    mail = message_from_bytes(raw, policy=policy.default)
    part = mail.get_body()
    assert part is not None
    words: str = part.get_content()
    return words


async def test_what_arrives_is_what_left_to_the_byte(outward: Outward) -> None:
    file_id = await store_file(
        outward.room.hub, conversation_id=outward.conversation_id, uploaded_by="amara",
        name="卡片.gif", data=GIF,
    )  # fmt: skip
    await outward.says(WORDS, key="a1")
    await outward.says("", key="a2", file_id=file_id)
    await until(lambda: len(outward.exim.mails()) == 2)
    assert await outward.states() == ["sent", "sent"]
    arrived, left = sorted(outward.exim.mails(), key=len), sorted(outward.given, key=len)
    for whole, given in zip(arrived, left, strict=True):
        assert whole.endswith(given)
        received = whole.removesuffix(given)
        assert received.startswith(b"Received: ")
        assert b"esmtpsa" in received, "signed in, by TLS"
        check(given, SIGNER)
    mails = [message_from_bytes(raw, policy=policy.default) for raw in arrived]
    refs = find(MessageDelivery, "ref", conversation_id=outward.conversation_id)
    told = {f"<{ref}>" for (ref,) in await outward.room.hub.reader.rows(refs)}
    assert {mail["Message-ID"] for mail in mails} < told
    assert {mail["To"] for mail in mails} == {CUSTOMER}
    assert any(_read(raw).replace("\r\n", "\n").startswith(f"{WORDS}\n") for raw in arrived)
    ((part,),) = [found for mail in mails if (found := list(mail.iter_attachments()))]
    assert (part.get_filename(), part.get_content()) == ("卡片.gif", GIF)


async def test_an_address_in_chinese_arrives_in_eight_bits(outward: Outward) -> None:
    outbound = Outbound(
        account=BANK, address="林薇@mail.example", key="k", language="zh", text=WORDS,
        conversation_id=outward.conversation_id, contact_id=outward.contact_id, speaker="agent",
    )  # fmt: skip
    writer = outward.room.hub.writers.get("email")
    assert writer is not None
    await writer.send(outbound)
    await until(lambda: len(outward.exim.mails()) == 1)
    ((arrived,), (left,)) = outward.exim.mails(), outward.given
    assert arrived.endswith(left)
    assert "To: 林薇@mail.example".encode() in arrived
    check(left, SIGNER)


async def test_a_server_we_do_not_trust_or_that_does_not_know_us_gets_nothing(
    outward: Outward, monkeypatch: pytest.MonkeyPatch
) -> None:
    relays = outward.room.relays
    with pytest.raises(NeedsAttention, match="sign_in_refused"):
        await relays.check(outward.relay("wrong"))
    await relays.check(outward.relay())
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NeedsAttention, match="certificate_refused"):
        await relays.check(outward.relay(), anew=True)
    assert outward.exim.mails() == []


async def test_what_a_killed_server_had_taken_arrives_once(outward: Outward) -> None:
    """A server dies with one mail in its queue, is away for another, and comes back."""
    outward.exim.let("held", be=True)
    await outward.says("One.", key="a1")
    assert (outward.exim.queue, outward.exim.mails()) == (1, [])
    outward.exim.kill()
    outward.exim.let("held", be=False)
    await outward.says("Two.", key="a2")
    await outward.says("Three.", key="a3")
    assert await outward.states() == ["sent", "queued", "queued"]
    outward.exim.start()
    outward.use()
    await outward.tries_again()
    await until(lambda: len(outward.exim.mails()) == 3)
    assert await outward.states() == ["sent", "sent", "sent"]
    assert outward.texts() == ["One.", "Three.", "Two."]


async def test_a_server_killed_before_its_answer_is_asked_again_by_a_person_only(
    outward: Outward,
) -> None:
    """It has all of the mail, and dies before it says so: nobody knows, so nobody repeats it."""
    outward.exim.let("slow", be=True)
    async with in_background(outward.says("One.", key="a1")) as saying:
        await until(lambda: outward.exim.is_silent)
        outward.exim.kill()
        await saying
    outward.exim.let("slow", be=False)
    outward.exim.start()
    outward.use()
    await outward.tries_again()
    assert (await outward.states(), outward.exim.mails()) == (["unknown"], [])
    ((seq,),) = await outward.room.hub.reader.rows(
        find(MessageDelivery, "seq", conversation_id=outward.conversation_id, state="unknown")
    )
    await retry_delivery(outward.room.hub, "amara", contact_id=outward.contact_id, seq=seq)
    await outward.room.deliver()
    await until(lambda: len(outward.exim.mails()) == 1)
    names = {message_from_bytes(raw)["Message-ID"] for raw in outward.given}
    assert (len(outward.given), len(names)) == (2, 1), "the same mail to whoever has it already"
    assert await outward.states() == ["sent"]
