"""Mails read by the worker process, as a door asks it.

    python -m tests.benchmarks.email

An ordinary mail: a reply of 20 KB in both forms, Chinese and English, with a quoted letter below
and a scanned page. One after the other through `MailReader`, pipes and JSON included; then
the longest time in which the event loop could not do anything else, for such a mail and for one
of the largest results.
"""

import asyncio
import base64
import random
import time
from collections.abc import Iterator
from email.message import EmailMessage

from channels.email.parse.read import read_mail
from channels.email.worker.reader import MailReader
from tests.benchmarks.records import Record, at_least, at_most, percentile, table

MAILS = 300
PARSE_TARGET_MS, LOOP_TARGET_MS = 10.0, 50.0
TEXT = "您好，我的信用卡昨天在机场丢了，请帮我挂失。I lost my card at the airport yesterday. "


def run() -> list[Record]:
    """Measure; returns the figures."""
    return asyncio.run(_measure())


async def _measure() -> list[Record]:
    mails = list(ordinary_mails(random.Random(5), MAILS))
    raw_ms = _alone_ms(mails)
    reader = MailReader()
    try:
        await reader.read(mails[0])
        took = []
        for raw in mails:
            began = time.perf_counter()
            found = await reader.read(raw)
            took.append((time.perf_counter() - began) * 1000)
            assert found.quoted, "the quoted letter was not found"
            assert found.attachments, "the scanned page was not found"
        busy_ms = await _busy_ms(reader, [*mails[:50], _largest()])
    finally:
        await reader.close()
    took.sort()
    return [
        at_most(
            "email.parse_ms_p50", percentile(took, 50), "ms", target=PARSE_TARGET_MS, raw=raw_ms
        ),
        at_most("email.parse_ms_p99", percentile(took, 99), "ms"),
        at_least("email.parse_per_second", 1000 * len(took) / sum(took), "mails/s"),
        at_most("email.loop_busy_ms", busy_ms, "ms", target=LOOP_TARGET_MS),
    ]


def _alone_ms(mails: list[bytes]) -> float:
    """Return the median without the process between, which is the raw limit."""
    took = []
    for raw in mails[:100]:
        began = time.perf_counter()
        read_mail(raw)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)[len(took) // 2]


async def _busy_ms(reader: MailReader, mails: list[bytes]) -> float:
    """Return the longest CPU time of one turn of the loop while mails are read."""
    longest, is_over = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not is_over:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - began)

    watching = asyncio.create_task(watch())
    for raw in mails:
        await reader.read(raw)
    is_over = True
    await watching
    return longest * 1000


def ordinary_mails(chance: random.Random, count: int) -> Iterator[bytes]:
    """Replies of 20 KB in both forms and languages, with a page of 100 KB."""
    for number in range(count):
        mail = EmailMessage()
        mail["From"], mail["To"] = "李雷 <li@client.example>", "service@bank.example"
        mail["Subject"], mail["Message-ID"] = f"回复: card {number}", f"<m{number}@client.example>"
        new = "".join(TEXT + "\n" for _ in range(chance.randrange(3, 20)))
        old = "".join(f"> {TEXT}\n" for _ in range(60))
        head = "On Tue, Mar 5, 2024 at 10:21 AM Bank <service@bank.example> wrote:"
        mail.set_content(f"{new}\n{head}\n\n{old}")
        lines = "".join(f'<p class="MsoNormal"><span>{TEXT}</span></p>\n' for _ in range(60))
        mail.add_alternative(
            f'<div>{new}</div><div class="gmail_quote">{head}'
            f'<blockquote class="gmail_quote">{lines}</blockquote></div>',
            subtype="html",
        )
        page = chance.randbytes(100_000)
        mail.add_attachment(page, maintype="image", subtype="png", filename="扫描.png")
        yield bytes(mail)


def _largest() -> bytes:
    """Return a mail of 20 MB whose result is as large as one gets."""
    letter = (TEXT * 10_000).encode()
    file = base64.encodebytes(bytes(14_000_000))
    head = b"From: a@client.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    text = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + letter
    scan = b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file
    return head + text + b"\r\n" + scan + b"\r\n--b--\r\n"


if __name__ == "__main__":
    print(table(run()))  # noqa: T201  (a table for whoever asked)
