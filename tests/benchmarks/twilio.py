"""Calls over Twilio's protocol: webhook to TwiML at a steady rate, and 300 callers in line.

    python -m tests.benchmarks.twilio

The callers are those of the carrier simulator, in this process; the hub is `hub serve` on its core.
"""

import asyncio
import json
import re
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx2 as httpx

from channels._twilio.carrier.carrier import Carrier, CarrierAccount, Line
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.handset import Handset
from channels._twilio.signature import SIGNATURE, signature_of
from config.settings import SET_UP_FOLDER
from hub.adapters.clock import SystemClock
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.disk import fsync_ms
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_least, at_most, percentile, table
from tests.support.waiting import until

PER_SECOND, SECONDS = 50, 12
TARGET_MS = 25.0
CALLERS, WATCHED_SECONDS = 300, 30.0
CALLS_PER_SECOND = 15
ACCOUNT = CarrierAccount(sid="AC" + "b" * 32, auth_token="bench")
NUMBER = "+85295100018"
IN_LINE_SECONDS = 120.0


def run() -> list[Record]:
    """Measure both on one hub after the other."""
    floor = fsync_ms(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paced = _on_a_hub(folder / "paced", _paced)
        waiting = _on_a_hub(folder / "waiting", _waiting)
    latencies: list[float] = paced["latencies_ms"]
    return [
        at_most("raw.fsync_p99_ms", floor.p99, "ms"),
        at_most("twilio.webhook_p50_ms", percentile(latencies, 50), "ms", raw=floor.p50),
        at_most(
            "twilio.webhook_p99_ms", percentile(latencies, 99), "ms",
            raw=floor.p99, target=TARGET_MS,
        ),
        at_most("twilio.webhook_cpu_ms", paced["cpu"] / len(latencies) * 1000, "CPU-ms"),
        at_least("twilio.callers_in_line", waiting["in_line"], "callers", target=CALLERS),
        at_least("twilio.announcements_per_caller", waiting["told"], "texts"),
        at_most("twilio.waiting_core_ratio", waiting["cpu"] / WATCHED_SECONDS, "of a core"),
        at_most("twilio.complaints", waiting["complaints"], "complaints", target=0),
    ]  # fmt: skip


def _on_a_hub(folder: Path, measure: Any) -> dict[str, Any]:
    port = free_port()
    bank = prepare(folder / "data", port, 1)
    set_up = folder / "config"
    shutil.copytree(SET_UP_FOLDER, set_up, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    queues = (set_up / "queues.toml").read_text()
    wide = re.sub(r"limit_waiting = \d+", "limit_waiting = 1000", queues)
    (set_up / "queues.toml").write_text(wide)
    twilio = {
        "account_sid": ACCOUNT.sid, "auth_token": ACCOUNT.auth_token,
        "public_url": bank.origin, "api_url": f"http://127.0.0.1:{free_port()}",
    }  # fmt: skip
    environment = bank.environment | {
        "HUB_CHANNELS": json.dumps({"phone": {"twilio": twilio}}),
        "HUB_SET_UP_DIR": str(set_up),
    }
    with running(["-c", HUB, "serve"], port, folder / "log", environment) as server:
        found: dict[str, Any] = asyncio.run(measure(server, bank))
        return found


# -- webhook to TwiML ----------------------------------------------------------------------------


async def _paced(server: Server, bank: Bank) -> dict[str, Any]:
    """New calls and pressed keys in turn, at their moments whether or not the last was answered."""
    latencies: list[float] = []
    async with httpx.AsyncClient(base_url=bank.origin, trust_env=False) as http:
        await _call(http, bank, 1_000_000, [])
        began, before = time.perf_counter(), server.cpu_seconds()
        tasks = []
        for number in range(PER_SECOND * SECONDS // 2):
            pause = began + number * 2 / PER_SECOND - time.perf_counter()
            await asyncio.sleep(max(0.0, pause))
            tasks.append(asyncio.create_task(_call(http, bank, number, latencies)))
        await asyncio.gather(*tasks)
        return {"latencies_ms": latencies, "cpu": server.cpu_seconds() - before}


async def _call(http: httpx.AsyncClient, bank: Bank, number: int, took: list[float]) -> None:
    """A call comes in, and a little later its caller chooses a language."""
    form = {
        "AccountSid": ACCOUNT.sid, "CallSid": f"CA{number:032x}", "CallStatus": "ringing",
        "From": f"+86139{number:08d}", "To": NUMBER,
    }  # fmt: skip
    document = await _post(http, bank, "/phone/twilio/voice", form, took)
    await asyncio.sleep(1 / PER_SECOND)
    found = re.search(r'action="http://[^/]+([^"]+)"', document)
    assert found, document
    await _post(http, bank, found[1], {**form, "Digits": "2"}, took)


async def _post(
    http: httpx.AsyncClient, bank: Bank, path: str, form: dict[str, str], took: list[float]
) -> str:
    url = bank.origin + path
    headers = {SIGNATURE: signature_of(ACCOUNT.auth_token, url, list(form.items()))}
    began = time.perf_counter()
    answer = await http.post(path, data=form, headers=headers)
    took.append((time.perf_counter() - began) * 1000)
    assert answer.status_code == 200, answer.status_code
    return answer.text


# -- callers in line -----------------------------------------------------------------------------


async def _waiting(server: Server, bank: Bank) -> dict[str, Any]:
    """So many callers reach the line and are told how it stands."""
    faults = Faults(random=Random(1))
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(timeout=15.0, trust_env=False, limits=limits) as http:
        carrier = Carrier(ACCOUNT, http, SystemClock(), faults)
        base = f"{bank.origin}/phone/twilio"
        carrier.numbers[NUMBER] = Line(voice_url=f"{base}/voice", status_url=f"{base}/status")
        callers = []
        for number in range(CALLERS):
            callers.append(asyncio.create_task(_to_the_line(carrier, number)))
            await asyncio.sleep(1 / CALLS_PER_SECOND)
        handsets = await asyncio.gather(*callers)
        before, said = server.cpu_seconds(), sum(len(one.texts()) for one in handsets)
        await asyncio.sleep(WATCHED_SECONDS)
        found = {
            "in_line": sum(bool(call.queue) for call in carrier.calls.values()),
            "told": (sum(len(one.texts()) for one in handsets) - said) / CALLERS,
            "cpu": server.cpu_seconds() - before,
            "complaints": len(carrier.complaints),
        }
        await carrier.close()
        return found


async def _to_the_line(carrier: Carrier, number: int) -> Handset:
    handset = carrier.call_in(f"+86137{number:08d}", NUMBER)
    for menu, key in (("2。", "2"), ("0。", "0")):
        await until(partial(_asks, handset, menu), seconds=IN_LINE_SECONDS)
        handset.press(key)
    call = carrier.calls[handset.call_sid]
    await until(lambda: bool(call.queue), seconds=IN_LINE_SECONDS)
    return handset


def _asks(handset: Handset, menu: str) -> bool:
    return handset.is_listened and (handset.texts() or [""])[-1].endswith(menu)


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201
