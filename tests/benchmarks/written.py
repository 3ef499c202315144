"""Mail and texts that come in: until they are safe, and until their Contact stands in its Queue.

    python -m tests.benchmarks.written

MAILS a second over SMTP and TEXTS a second as signed webhooks, each at its moment whether or not
the last was answered, to `hub serve` on its core. *Safe* is the answer (250, or 200) after COMMIT.
*Routed* is the moment at which the Contact joined its Queue, as the store has it, by the wall clock
that both share. Raw is one `fdatasync` of the same minute.
"""

import asyncio
import itertools
import json
import re
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiosmtplib
import httpx2 as httpx
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels._twilio.signature import SIGNATURE, signature_of
from config.settings import SET_UP_FOLDER
from hub.store.rows import find
from hub.store.tables import Address, Contact, Conversation
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.disk import Floor, fsync_ms
from tests.benchmarks.email import ordinary_mails
from tests.benchmarks.filling import hub_of
from tests.benchmarks.process import HUB, free_port, pin_client, running
from tests.benchmarks.records import Record, at_least, at_most, percentile, table

MAILBOX, NUMBER = "service@bank.example", "+85295100018"
MAILS_A_SECOND, MAIL_SECONDS, MAIL_TARGET_MS = 20, 30, 500.0
TEXTS_A_SECOND, TEXT_SECONDS, TEXT_TARGET_MS = 100, 20, 100.0
WARM = 40
CONNECTIONS = 8
SID, SECRET = "AC" + "c" * 32, "bench"
LENGTH, MADE = re.compile(rb"(?i)content-length: *(\d+)"), itertools.count(10**9)
PERSON = re.compile(r"^(\d+) .*(?:person|人工)", re.MULTILINE)


@dataclass
class Sent:
    """What was sent: when by the wall clock, and how long until the answer, by address."""

    at: dict[str, float] = field(default_factory=dict)
    safe_ms: list[float] = field(default_factory=list)


def run() -> list[Record]:
    """Measure both, on a hub each."""
    floor = fsync_ms(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory() as name:
        mails = _on_a_hub(Path(name) / "mails", _mails)
        texts = _on_a_hub(Path(name) / "texts", _texts)
    return [
        at_most("raw.fsync_p99_ms", floor.p99, "ms"),
        *_records("email.in", mails, floor, MAIL_TARGET_MS),
        *_records("sms.in", texts, floor, TEXT_TARGET_MS),
    ]


def _records(name: str, found: dict[str, Any], floor: Floor, target: float) -> list[Record]:
    safe, routed = found["safe"], found["routed"]
    return [
        at_least(f"{name}_per_second", found["rate"], "a second"),
        at_most(f"{name}_safe_p50_ms", percentile(safe, 50), "ms", raw=floor.p50),
        at_most(f"{name}_safe_p99_ms", percentile(safe, 99), "ms", raw=floor.p99, target=target),
        at_most(f"{name}_routed_p50_ms", percentile(routed, 50), "ms"),
        at_most(f"{name}_routed_p99_ms", percentile(routed, 99), "ms", target=target),
        at_most(f"{name}_lost", found["lost"], "contacts", target=0),
        at_most(f"{name}_cpu_ms", found["cpu"] / len(safe) * 1000, "CPU-ms"),
    ]


def _on_a_hub(folder: Path, measure: Callable[[Bank, int], Awaitable[Sent]]) -> dict[str, Any]:
    port, door, carrier_port = free_port(), free_port(), free_port()
    bank = prepare(folder / "data", port, 1)
    relay_port = free_port()
    environment = bank.environment | {
        "HUB_CHANNELS": json.dumps(_channels(bank, door, relay_port, carrier_port)),
        "HUB_SET_UP_DIR": str(_wide_set_up(folder / "config")),
    }

    async def measured() -> tuple[Sent, float]:
        relay = await asyncio.get_running_loop().create_server(
            lambda: SMTP(_Sink(), hostname="relay"), "127.0.0.1", relay_port
        )
        carrier = await asyncio.get_running_loop().create_server(
            _Carrier, "127.0.0.1", carrier_port
        )
        try:
            began = time.perf_counter()
            return await measure(bank, door), time.perf_counter() - began
        finally:
            relay.close()
            carrier.close()

    with running(["-c", HUB, "serve"], port, folder / "log", environment) as server:
        before = server.cpu_seconds()
        sent, took = asyncio.run(measured())
        cpu = server.cpu_seconds() - before
    queued = asyncio.run(_queued(bank))
    routed = [(queued[who] - at) * 1000 for who, at in sent.at.items() if who in queued]
    return {
        "safe": sent.safe_ms, "routed": routed, "lost": len(sent.at) - len(routed), "cpu": cpu,
        "rate": len(sent.safe_ms) / took,
    }  # fmt: skip


def _channels(bank: Bank, door: int, relay_port: int, carrier_port: int) -> dict[str, Any]:
    relay = {"host": "127.0.0.1", "port": relay_port, "tls": "none"}
    twilio = {
        "account_sid": SID, "auth_token": SECRET, "public_url": bank.origin,
        "api_url": f"http://127.0.0.1:{carrier_port}",
    }  # fmt: skip
    return {
        "email": {
            "door": {"port": door},
            "mailboxes": {MAILBOX: {"queue": "messages", "relay": relay, "answer_hours": 4.0}},
        },
        "sms": {"numbers": {NUMBER: {"provider": "twilio"}}, "twilio": twilio},
    }


def _wide_set_up(folder: Path) -> Path:
    shutil.copytree(SET_UP_FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    queues = (folder / "queues.toml").read_text()
    (folder / "queues.toml").write_text(
        re.sub(r"limit_waiting = \d+", "limit_waiting = 100000", queues)
    )
    return folder


class _Sink:
    """The relay that takes our greetings."""

    async def handle_DATA(  # noqa: N802  the library's name
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        """Take it."""
        return "250 Ok"


class _Carrier(asyncio.Protocol):
    """The provider that takes our answers: each is a Message with an identifier of its own."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._heard = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer each request as soon as all of it is there."""
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self._heard, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._heard) < whole:
                return
            self._heard = self._heard[whole:]
            made = b'{"sid": "SM%032x"}' % next(MADE)
            head = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            self._transport.write(head + b"Content-Length: %d\r\n\r\n%b" % (len(made), made))


async def _queued(bank: Bank) -> dict[str, float]:
    """When the Contact of each address joined its Queue."""
    found = {}
    async with hub_of(bank) as hub:
        ends = await hub.reader.heavy(find(Address, "id", "value_sealed"))
        threads = await hub.reader.heavy(find(Conversation, "id", "address_id"))
        contacts = await hub.reader.heavy(find(Contact, "conversation_id", "queued_at"))
        names = {row[0]: hub.vault.open(row[1], "address", "value", row[0]) for row in ends}
        ids = {row[0]: names[row[1]] for row in threads}
        for conversation_id, queued_at in contacts:
            if queued_at is not None:
                found[ids[conversation_id]] = queued_at
    return found


async def _paced(rate: int, count: int, one: Callable[[int], Awaitable[None]]) -> None:
    """Begin one at each of its moments."""
    began = time.perf_counter()
    tasks = []
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.ensure_future(one(number)))
    await asyncio.gather(*tasks)


# -- mail ----------------------------------------------------------------------------------------


async def _mails(_bank: Bank, door: int) -> Sent:
    """Ordinary mails with a page of 100 KB, over connections that stay open."""
    sent = Sent()
    mails = list(ordinary_mails(Random(5), 100))
    free: asyncio.Queue[aiosmtplib.SMTP] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=door, start_tls=False)
        await client.connect()
        free.put_nowait(client)

    async def send(number: int) -> None:
        who = f"customer{number}@client.example"
        raw = mails[number % len(mails)].replace(b"li@client.example", who.encode(), 1)
        raw = b"X-Number: %d\r\n" % number + raw.replace(b"<m", b"<n%d.m" % number, 1)
        began, at = time.perf_counter(), time.time()
        client = await free.get()
        await client.sendmail(who, [MAILBOX], raw)
        free.put_nowait(client)
        if number >= WARM:
            sent.at[who] = at
            sent.safe_ms.append((time.perf_counter() - began) * 1000)

    await _paced(MAILS_A_SECOND, MAILS_A_SECOND * MAIL_SECONDS + WARM, send)
    while not free.empty():
        await free.get_nowait().quit()
    await asyncio.sleep(2.0)  # what is on its way from the store to the Queue
    return sent


# -- texts ---------------------------------------------------------------------------------------


async def _texts(bank: Bank, _door: int) -> Sent:
    """Each customer writes, is shown the menu, and chooses a person."""
    sent = Sent()
    limits = httpx.Limits(max_connections=50, keepalive_expiry=2.0)
    async with httpx.AsyncClient(
        base_url=bank.origin, trust_env=False, limits=limits, timeout=60.0
    ) as http:

        async def write(number: int) -> None:
            who = f"+86139{number // 2:08d}"
            text = "你好，我想问一下" if number % 2 == 0 else "转人工"
            at = time.time()
            took = await _webhook(http, bank, who, f"SM{number:032x}", text)
            if number >= WARM:
                sent.safe_ms.append(took)
                if number % 2:
                    sent.at[who] = at

        await _paced(TEXTS_A_SECOND, TEXTS_A_SECOND * TEXT_SECONDS + WARM, write)
    await asyncio.sleep(2.0)
    return sent


async def _webhook(http: httpx.AsyncClient, bank: Bank, who: str, key: str, text: str) -> float:
    form = {"AccountSid": SID, "MessageSid": key, "From": who, "To": NUMBER, "Body": text}
    url = f"{bank.origin}/sms/twilio/text"
    headers = {SIGNATURE: signature_of(SECRET, url, list(form.items()))}
    began = time.perf_counter()
    answer = await http.post("/sms/twilio/text", data=form, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
