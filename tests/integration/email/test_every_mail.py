"""Every mail of the third-party data through both doors, twice: nothing lost, nothing doubled.

The doors are the product's, the reader its limited process, the mailbox a real Dovecot's; mail is
brought by two clients of others.
"""

import asyncio
import gc
import os
import re
import smtplib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosmtplib
import pytest

from channels.email.door.imap import ImapFolder
from channels.email.door.smtp import SmtpDoor
from channels.email.door.taking import MailIn, Taken
from channels.email.settings import Imap, Relay
from channels.email.worker.reader import MailReader
from hub.journey.files import open_file
from hub.store.rows import find
from hub.store.tables import Contact, Conversation, Message
from tests.support.dovecot import PASSWORD, DovecotMailbox
from tests.support.loop_steps import measured_steps
from tests.support.mail_room import BANK, CUSTOMER, RELAY_NAME, MailRoom, letter
from tests.support.waiting import in_background, until

pytestmark = pytest.mark.servers
MAILS = Path(__file__).parents[4] / "shared/fixtures/email"
BODIES = ("reply-parser", "talon")
NO_WORK = {"auto_reply", "bounce", "own", "read_receipt", "held", "empty", "list"}
SECONDS_MOST = 1.0
STEP_SECONDS_MOST = 0.05
_END = re.compile(rb"\r\n|\r|\n")


def every_mail() -> list[tuple[str, bytes]]:
    """Each file by its name, as a server of mail brings it: lines end in CRLF."""
    found: list[tuple[str, bytes]] = []
    for path in sorted(MAILS.rglob("*")):
        if not path.is_file() or path.suffix == ".json":
            continue
        name, raw = str(path.relative_to(MAILS)), path.read_bytes()
        if path.parent.name in BODIES and path.suffix != ".eml":
            text = raw.decode("utf-8", "replace")
            raw = bytes(letter(text, subject=name, name=f"<{len(found)}@mail.example>"))
        lines = _END.sub(b"\r\n", raw).removesuffix(b"\r\n") + b"\r\n"
        found.append((name, lines))
    return found


class Recorder:
    """Stands between a door and what is behind it."""

    def __init__(self, behind: MailIn) -> None:
        self._behind = behind
        self.taken: list[tuple[bytes, Taken]] = []

    async def take(self, raw: bytes, account: str, *, via: str) -> Taken:
        """Take it, and note what became of it."""
        taken = await self._behind.take(raw, account, via=via)
        self.taken.append((raw, taken))
        return taken


@asynccontextmanager
async def recorded(room: MailRoom) -> AsyncIterator[tuple[Recorder, MailReader]]:
    """What is behind the doors, with the reader of the product."""
    own = frozenset(room.settings.mailboxes)
    reader = MailReader(relays=[RELAY_NAME], own_addresses=own)
    await reader.start()
    yield Recorder(MailIn(room.hub, room.settings, reader, room.threads)), reader
    await reader.close()


def cpu_seconds(reader: MailReader) -> float:
    """Processor time of this process and of the reader's."""
    child = reader._child
    assert child is not None
    fields = Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return time.process_time() + (int(fields[11]) + int(fields[12])) / ticks


async def stored_once(room: MailRoom, recorder: Recorder, name: str, raw: bytes) -> None:
    """Two deliveries, one mail: byte for byte, work or a reason for none."""
    (first_raw, first), (again_raw, again) = recorder.taken[-2:]
    assert first_raw == again_raw == raw, name
    if first.outcome == "duplicate":
        earlier = [one for one, taken in recorder.taken[:-2] if taken.outcome != "duplicate"]
        assert raw in earlier, f"{name} is taken for another mail"
    assert again == (*("duplicate", first.reason), first.conversation_id, first.contact_id), name
    if first.outcome == "no_work":
        assert first.reason in NO_WORK, (name, first.reason)
        return
    assert first.contact_id, name
    said = await room.said(first.conversation_id)
    files = [m.body["channel_data"]["raw_file"] for m in said if "channel_data" in m.body]
    kept = [await open_file(room.hub, file) for file in files]
    whole = [one.data for one in kept if one.media_type == "message/rfc822"]
    redacted = [one for one in kept if one.media_type == "application/json"]
    assert whole.count(raw) == 1 or redacted, name


async def counted(room: MailRoom) -> tuple[int, ...]:
    """How much there is in the store."""
    reader = room.hub.reader
    tables = ((Contact, "id"), (Conversation, "id"), (Message, "seq"))
    return tuple([len(await reader.rows(find(table, column))) for table, column in tables])


async def test_by_smtp_from_two_clients_of_others(mail_room: MailRoom) -> None:
    async with recorded(mail_room) as (recorder, reader):
        door = SmtpDoor(mail_room.settings, recorder)
        await door.open()

        def bring(raw: bytes) -> None:
            with smtplib.SMTP("127.0.0.1", door.port, timeout=20) as other:
                assert other.sendmail(CUSTOMER, [BANK], raw, ["BODY=8BITMIME"]) == {}

        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=door.port, start_tls=False)
        await client.connect()
        mails = every_mail()
        assert len(mails) > 60
        gc.collect()
        with measured_steps() as steps:
            for name, raw in mails:
                began = cpu_seconds(reader)
                await client.sendmail(CUSTOMER, [BANK], raw)
                assert cpu_seconds(reader) - began < SECONDS_MOST, name
                before = await counted(mail_room)
                await asyncio.to_thread(bring, raw)
                assert await counted(mail_room) == before, name
                await stored_once(mail_room, recorder, name, raw)
        assert steps.count > len(mails)
        assert steps.longest_seconds < STEP_SECONDS_MOST, steps.worst
        client.close()
        await door.close()


async def test_by_imap_from_dovecot(mail_room: MailRoom, dovecot: DovecotMailbox) -> None:
    mails = every_mail()
    async with recorded(mail_room) as (recorder, _):
        relay = Relay(
            host="127.0.0.1", port=dovecot.port, tls="none", user=dovecot.user, password=PASSWORD
        )
        box = mail_room.settings.mailboxes[BANK]
        folder = ImapFolder(mail_room.hub, box, Imap(relay=relay), "INBOX", recorder, 25_000_000)
        for _, raw in mails:
            dovecot.append(raw)
            dovecot.append(raw)
        gc.collect()
        with measured_steps() as steps:
            async with in_background(folder.run()):
                await until(lambda: len(recorder.taken) == 2 * len(mails), seconds=90)
        assert steps.longest_seconds < STEP_SECONDS_MOST, steps.worst
        taken = recorder.taken
        for number, (name, raw) in enumerate(mails):
            recorder.taken = taken[: 2 * number + 2]
            await stored_once(mail_room, recorder, name, raw)
    assert folder.trouble in ("", "not_connected")
