"""A mailbox elsewhere: taken once, seen after COMMIT, a place that is kept, a large folder."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from channels.email.door.imap import ImapFolder
from channels.email.settings import Imap, Relay
from hub.domain.errors import Unavailable
from hub.store.rows import find
from hub.store.tables import Contact
from tests.integration.email.test_doors import raw_of
from tests.support.imap_server import PASSWORD, TOKEN, USER, ImapServer
from tests.support.mail_room import BANK, MailRoom, letter
from tests.support.waiting import in_background, until


class Taking:
    """What stands behind the door; remembers what came, and fails when it is told to."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.is_away = False

    async def take(self, raw: bytes, _account: str, *, via: str) -> object:
        """Take a mail."""
        assert via == "imap/INBOX"
        if self.is_away:
            raise Unavailable("disk_full")
        self.raw.append(raw)
        return None


class Box:
    """A server with a reader."""

    def __init__(self, mail_room: MailRoom, server: ImapServer, port: int) -> None:
        self.mail_room, self.server, self.taking = mail_room, server, Taking()
        self.relay = Relay(
            host="127.0.0.1", port=port, tls="none", user=USER, password=PASSWORD,
        )  # fmt: skip

    def folder(self, behind: Any = None, **changed: Any) -> ImapFolder:
        """A reader that begins where the last one stopped."""
        imap = Imap(relay=replace(self.relay, **changed), poll_seconds=60.0)
        room = self.mail_room
        box = room.settings.mailboxes[BANK]
        return ImapFolder(room.hub, box, imap, "INBOX", behind or self.taking, 100_000)


@pytest_asyncio.fixture
async def box(mail_room: MailRoom) -> AsyncIterator[Box]:
    """A mailbox elsewhere."""
    server = ImapServer()
    port = await server.open()
    yield Box(mail_room, server, port)
    await server.close()


async def test_what_is_unseen_is_taken_then_what_comes_and_nothing_twice(box: Box) -> None:
    server = box.server
    server.deliver(b"Subject: old\r\n\r\nseen before", seen=True)
    server.deliver(b"Subject: waiting\r\n\r\nhello")
    async with in_background(box.folder().run()):
        await until(lambda: server.idles == 1)
        assert (server.fetched, server.seen) == ([2], {1, 2})
        server.deliver(b"Subject: new\r\n\r\nhello")
        await until(lambda: server.idles == 2)
    assert server.fetched == [2, 3]
    async with in_background(box.folder().run()):
        await until(lambda: server.idles == 3)
    assert server.fetched == [2, 3]
    assert len(box.taking.raw) == 2
    server.uid_validity += 1
    server.seen.discard(3)
    async with in_background(box.folder().run()):
        await until(lambda: server.idles == 4)
    assert server.fetched == [2, 3, 3]


async def test_a_mail_is_seen_after_commit_only(box: Box) -> None:
    server = box.server
    server.deliver(b"Subject: new\r\n\r\nhello")
    box.taking.is_away = True
    folder = box.folder()
    async with in_background(folder.run()):
        await until(lambda: folder.trouble == "disk_full")
        assert server.seen == set()
        box.taking.is_away = False
        await until(lambda: box.mail_room.world.clock.sleeper_count > 0)
        await box.mail_room.world.clock.advance(300)
        await until(lambda: server.seen == {1})
        await until(lambda: folder.trouble == "")
    assert len(box.taking.raw) == 1


async def test_a_broken_connection_is_made_again(box: Box) -> None:
    server = box.server
    folder = box.folder()
    async with in_background(folder.run()):
        await until(lambda: server.idles == 1)
        server.cut()
        await until(lambda: folder.trouble != "")
        await until(lambda: box.mail_room.world.clock.sleeper_count > 0)
        server.deliver(b"Subject: new\r\n\r\nhello")
        await box.mail_room.world.clock.advance(300)
        await until(lambda: box.server.seen == {1})
    assert server.sessions == 2


async def test_news_that_come_with_the_answer_to_idle_are_heard(box: Box) -> None:
    box.server.news_with_idle = True
    async with in_background(box.folder().run()):
        await until(lambda: box.server.idles == 2)


async def test_a_refused_sign_in_is_named(box: Box) -> None:
    box.server.refuses_sign_in = True
    folder = box.folder()
    async with in_background(folder.run()):
        await until(lambda: folder.trouble == "sign_in_refused")


async def test_a_token_signs_in(box: Box) -> None:
    asked: list[str] = []

    async def fresh() -> str:
        asked.append(TOKEN)
        return TOKEN

    async with in_background(box.folder(token=fresh, password="").run()):
        await until(lambda: box.server.idles == 1)
    assert asked == [TOKEN]


async def test_new_mails_of_a_large_folder_are_read_without_the_rest(box: Box) -> None:
    server = box.server
    server.body_of = lambda uid: b"Subject: %d\r\n\r\nhello" % uid
    server.uid_next = 100_001
    server.seen = set(range(1, 50_001)) | set(range(50_301, 100_001))
    async with in_background(box.folder().run()):
        await until(lambda: server.idles == 1, seconds=30)
    assert server.fetched == list(range(50_001, 50_301))


async def test_a_mail_too_large_is_left_where_it_is(box: Box) -> None:
    box.server.deliver(b"Subject: large\r\n\r\n" + b"x" * 100_001)
    box.server.deliver(b"Subject: small\r\n\r\nx")
    async with in_background(box.folder().run()):
        await until(lambda: box.server.idles == 1)
    assert (box.server.fetched, box.server.seen) == ([2], {2})


@pytest.mark.parametrize("first", ["smtp", "imap"])
async def test_a_mail_that_comes_by_both_doors_is_one(box: Box, first: str) -> None:
    raw = raw_of(letter("Where is my card?"))
    if first == "smtp":
        await box.mail_room.brings(raw)
    box.server.deliver(b"Received: from mx.bank.example\r\n" + raw)
    async with in_background(box.folder(box.mail_room.taking).run()):
        await until(lambda: box.server.seen == {1})
    if first == "imap":
        await box.mail_room.brings(raw)
    assert len(await box.mail_room.hub.reader.rows(find(Contact, "id"))) == 1
