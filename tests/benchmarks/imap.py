"""New mails taken from the middle of a large mailbox on a real server, Debian's Dovecot.

    python -m tests.benchmarks.imap

3,000 unseen mails of 2 KB among 100,000 others, read by `ImapFolder` in this process with the
parser in its own: fetched, parsed, stored with their Contacts, marked as seen. Dovecot itself tells
how many mails were read. Raw: the same mails fetched one after the other and thrown away.
"""

import asyncio
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from channels.email.door.imap import ImapFolder
from channels.email.door.taking import MailIn
from channels.email.settings import Imap, Mailbox, Relay, settings_from
from channels.email.thread import Threads
from channels.email.worker.reader import MailReader
from hub.journey.context import Hub
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.filling import hub_of
from tests.benchmarks.process import free_port, pin_client
from tests.benchmarks.records import Record, at_least, at_most, table
from tests.support.dovecot import PASSWORD, DovecotMailbox, running
from tests.support.waiting import until

ALL, NEW = 100_000, range(48_501, 51_501)
TARGET = 50.0
BANK = "service@bank.example"
TEXT = "Where is my card? 我的卡在哪里？ " * 40


def run() -> list[Record]:
    """Fill, fetch for nothing, take."""
    with running() as server, TemporaryDirectory() as name:
        mailbox = server.mailbox()
        mailbox.fill(ALL, unseen=NEW, mail=_mail)
        raw = _fetched_per_second(mailbox)
        bank = prepare(Path(name) / "data", free_port(), 1)
        took = asyncio.run(_take(bank, mailbox))
        read = mailbox.bodies_read()[-1]
        unseen = ALL - len(mailbox.seen())
    return [
        at_least("imap.mails_per_second", len(NEW) / took, "mails/s", target=TARGET, raw=raw),
        at_most("imap.bodies_read", read, "mails", target=len(NEW)),
        at_most("imap.left_unseen", unseen, "mails", target=0),
    ]


def _mail(uid: int) -> bytes:
    if uid not in NEW:
        return b"Subject: old\n\nold\n"
    mail = EmailMessage()
    mail["From"], mail["To"] = f"customer{uid}@client.example", BANK
    mail["Subject"], mail["Message-ID"] = f"Card {uid}", f"<m{uid}@client.example>"
    mail.set_content(TEXT)
    return bytes(mail)


def _fetched_per_second(mailbox: DovecotMailbox) -> float:
    with mailbox.session() as session:
        session.select(readonly=True)
        began = time.perf_counter()
        for uid in NEW:
            session.uid("FETCH", str(uid), "(BODY.PEEK[])")
        return len(NEW) / (time.perf_counter() - began)


async def _take(bank: Bank, mailbox: DovecotMailbox) -> float:
    async with hub_of(bank) as hub:
        reader = MailReader()
        try:
            await reader.start()
            following = _folder(hub, reader, mailbox)
            began = time.perf_counter()
            task = asyncio.create_task(following.run())
            await until(lambda: following.trouble == "", seconds=600.0)
            took = time.perf_counter() - began
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            return took
        finally:
            await reader.close()


def _folder(hub: Hub, reader: MailReader, mailbox: DovecotMailbox) -> ImapFolder:
    relay = Relay(
        host="127.0.0.1", port=mailbox.port, tls="none", user=mailbox.user, password=PASSWORD
    )
    settings = settings_from({"mailboxes": {BANK: {"queue": "messages"}}})
    threads = Threads(hub, SignedLinks(fresh_key_ring()), 86_400.0)
    taking = MailIn(hub, settings, reader, threads)
    box = Mailbox(address=BANK, queue="messages")
    return ImapFolder(hub, box, Imap(relay=relay), "INBOX", taking, settings.mail_max_bytes)


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
