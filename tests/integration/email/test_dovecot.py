"""Mailboxes on a real IMAP server: told at once or asked in turn, cut off, numbered anew, large."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest_asyncio

from channels.email.door.imap import ImapFolder
from channels.email.settings import Imap, Relay, Token
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.cut_wire import CutWire
from tests.support.dovecot import PASSWORD, Dovecot, DovecotMailbox, token
from tests.support.mail_room import BANK, CARDS, MailRoom, letter
from tests.support.waiting import in_background, until

LONG = "word " * 40_000


class Reading:
    """Readers of a real server's folders, behind them what takes mail in the product."""

    def __init__(self, mail_room: MailRoom, wire: CutWire, port: int) -> None:
        self.mail_room, self.wire, self._port = mail_room, wire, port

    def reader(
        self, mailbox: DovecotMailbox, *, folder: str = "INBOX", to: str = BANK,
        oauth: Token | None = None,
    ) -> ImapFolder:  # fmt: skip
        """A reader of one folder for one mailbox of the bank."""
        relay = Relay(
            host="127.0.0.1", port=self._port, tls="none", user=mailbox.user, token=oauth,
            password="" if oauth else PASSWORD,
        )  # fmt: skip
        room = self.mail_room
        box = room.settings.mailboxes[to]
        return ImapFolder(room.hub, box, Imap(relay=relay), folder, room.taking, 1_000_000)

    @asynccontextmanager
    async def running(self, *readers: ImapFolder) -> AsyncIterator[None]:
        """Readers at work, in the end hung up."""
        async with AsyncExitStack() as stack:
            for reader in readers:
                await stack.enter_async_context(in_background(reader.run()))
            yield

    async def contacts(self) -> int:
        """How much work there is."""
        return len(await self.mail_room.hub.reader.rows(find(Contact, "id")))

    async def passes(self, seconds: float) -> None:
        """Let time pass for who waits to try again."""
        clock = self.mail_room.world.clock
        await until(lambda: clock.sleeper_count > 0)
        await clock.advance(seconds)


@pytest_asyncio.fixture
async def reading(mail_room: MailRoom, dovecot: DovecotMailbox) -> AsyncIterator[Reading]:
    """A wire to the server, and readers that use it."""
    wire = CutWire(dovecot.port)
    port = await wire.open()
    yield Reading(mail_room, wire, port)
    await wire.close()


def raw(number: int, text: str = "Where is my card?") -> bytes:
    """A mail of a customer of that number, with Unix lines as they lie in a mailbox."""
    sender = f"customer{number}@mail.example"
    return bytes(letter(text, sender=sender, name=f"<m{number}@mail.example>"))


async def test_what_waits_is_taken_and_what_comes_is_told_at_once(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    dovecot.append(raw(1))
    async with reading.running(reading.reader(dovecot)):
        await until(lambda: dovecot.seen() == {1})
        dovecot.append(raw(2))
        await until(lambda: dovecot.seen() == {1, 2})
    assert await reading.contacts() == 2
    assert reading.mail_room.world.clock.sleeper_count == 0, "nothing was polled"


async def test_a_server_that_tells_nothing_is_asked_in_turn(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    reading.wire.hidden = b" IDLE"
    async with reading.running(reading.reader(dovecot)):
        await until(lambda: reading.mail_room.world.clock.sleeper_count > 0)
        dovecot.append(raw(1))
        await reading.passes(60)
        await until(lambda: dovecot.seen() == {1})
    assert await reading.contacts() == 1


async def test_a_line_cut_in_the_middle_of_a_mail_loses_and_doubles_nothing(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    for number in range(1, 6):
        dovecot.append(raw(number, f"{number} {LONG}"))
    reader = reading.reader(dovecot)
    reading.wire.cut_after_bytes = 2 * len(LONG) + len(LONG) // 2
    async with reading.running(reader):
        await until(lambda: reading.wire.cuts == 1)
        await reading.passes(300)
        await until(lambda: dovecot.seen() == {1, 2, 3, 4, 5})
        await until(lambda: reader.trouble == "")
    assert await reading.contacts() == 5


async def test_mails_numbered_anew_are_known_again(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    dovecot.append(raw(1))
    async with reading.running(reading.reader(dovecot)):
        await until(lambda: dovecot.seen() == {1})
    dovecot.forget_uids()
    with dovecot.session() as session:
        session.select()
        session.uid("STORE", "1", "-FLAGS", r"(\Seen)")
    dovecot.append(raw(2))
    async with reading.running(reading.reader(dovecot)):
        await until(lambda: dovecot.seen() == {1, 2})
    assert await reading.contacts() == 2


async def test_mailboxes_and_their_folders_are_followed_side_by_side(
    reading: Reading, dovecot: DovecotMailbox, dovecot_server: Dovecot
) -> None:
    other = dovecot_server.mailbox()
    dovecot.append(raw(1), folder="Abroad")
    readers = [
        reading.reader(dovecot),
        reading.reader(dovecot, folder="Abroad"),
        reading.reader(other, to=CARDS),
    ]
    async with reading.running(*readers):
        await until(lambda: dovecot.seen("Abroad") == {1})
        dovecot.append(raw(2))
        other.append(raw(3))
        await until(lambda: dovecot.seen() == {1})
        await until(lambda: other.seen() == {1})
    accounts = await reading.mail_room.hub.reader.rows(find(Contact, "account"))
    assert sorted(row[0] for row in accounts) == [CARDS, BANK, BANK]


async def test_a_fresh_token_signs_in_and_one_that_is_over_does_not(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    offered = [token(dovecot.user, seconds=-60), token(dovecot.user)]
    asked = []

    async def fresh() -> str:
        asked.append(offered[0])
        return offered.pop(0)

    dovecot.append(raw(1))
    reader = reading.reader(dovecot, oauth=fresh)
    async with reading.running(reader):
        await until(lambda: reader.trouble == "sign_in_refused")
        await reading.passes(300)
        await until(lambda: dovecot.seen() == {1})
    assert len(asked) == 2


async def test_of_a_large_folder_only_what_is_new_is_read(
    reading: Reading, dovecot: DovecotMailbox
) -> None:
    new = range(5_001, 5_101)
    dovecot.fill(10_000, unseen=new, mail=lambda uid: raw(uid) if uid in new else b"Old: 1\n\n")
    reader = reading.reader(dovecot)
    async with reading.running(reader):
        await until(lambda: reader.trouble == "", seconds=60)
    assert await reading.contacts() == 100
    assert len(dovecot.seen()) == 10_000
    await until(lambda: max(dovecot.bodies_read()) == 100)
