"""The reader's child process: what it may not do, and that losing it loses no mail."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.email.parse.read import read_mail
from channels.email.worker.reader import MailReader

HEAD = b"From: joe@client.example\r\nSubject: card\r\nMessage-ID: <m1@x>\r\n"
MAIL = HEAD + b"\r\nPlease help.\r\n"
PDF = HEAD + b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF"


@pytest.fixture
async def reader() -> AsyncIterator[MailReader]:
    found = MailReader(own_addresses=["Bank@bank.example"], relays=["MX.bank.example"])
    yield found
    await found.close()


async def test_a_mail_is_read_as_it_would_be_here(reader: MailReader) -> None:
    own = HEAD.replace(b"joe@client", b"bank@bank") + b"\r\nx"
    found = await asyncio.gather(reader.read(MAIL), reader.read(PDF), reader.read(own))
    assert found[0] == read_mail(MAIL)
    assert found[1] == read_mail(PDF)
    assert found[2].automatic == "own"
    assert await reader.part(PDF, "0") == b"%PDF"
    assert await reader.part(PDF, "7") is None


async def test_a_mail_that_takes_too_long_costs_the_child_and_not_the_next_mail() -> None:
    slow = MailReader(wall_seconds=0.0)
    try:
        found = await slow.read(MAIL)
        assert found.flags == ("too_costly",)
        assert (found.sender, found.message_id, found.text) == ("joe@client.example", "m1@x", "")
        assert await slow.part(PDF, "0") is None
    finally:
        await slow.close()


async def test_a_child_that_died_is_replaced_and_the_mail_read(reader: MailReader) -> None:
    await reader.read(MAIL)
    os.kill(await _child_of(reader), 9)
    assert (await reader.read(MAIL)).text == "Please help."


async def test_a_question_given_up_leaves_no_answer_for_the_next(reader: MailReader) -> None:
    await reader.start()
    asked = asyncio.create_task(reader.read(HEAD + b"\r\n" + b"other words\r\n" * 20_000))
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert (await reader.read(MAIL)).text == "Please help."


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="tells limits by /proc")
async def test_the_child_has_no_secrets_and_little_of_everything(
    reader: MailReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_MASTER_KEY", "not-for-strangers")
    await reader.read(MAIL)
    folder = Path("/proc") / str(await _child_of(reader))
    assert b"HUB_" not in (folder / "environ").read_bytes()
    limits = {
        line[:26].strip(): line[26:].split()[0]
        for line in (folder / "limits").read_text().splitlines()
    }
    assert limits["Max file size"] == "0"
    assert int(limits["Max open files"]) <= 8
    assert int(limits["Max address space"]) <= 2**30
    assert int(limits["Max cpu time"]) <= 60


async def _child_of(reader: MailReader) -> int:
    await reader.start()
    child = reader._child
    assert child is not None
    return child.pid
