"""Calls by browser: the media process with 100 legs, and how soon it is back after `kill -9`.

    python -m tests.benchmarks.calls

Callers and headsets are WebRTC connections of this process; pacing is how late the media process
begins the 20 ms of a group of legs. The raw limit is a bare loop that sends as many datagrams.
"""

import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

from channels.phone.embedded.child import MediaChild
from channels.phone.media.peer import use_addresses
from channels.phone.media.switchboard import PHASES
from channels.phone.media.ulaw import FRAME_SECONDS
from hub.adapters.clock import SystemClock
from hub.domain.calls import Dial, EnterRoom, Gather, LegAnswered, LegKind, RoomEntered
from hub.domain.calls_codec import to_wire
from tests.benchmarks.process import SERVER_CORE, Server, pin_client
from tests.benchmarks.records import Record, at_most, percentile, table
from tests.support.media_process import PROGRAM, HubEnd
from tests.support.waiting import until
from tests.support.webrtc import ToneCaller

CALLS = 50
SETTLE_SECONDS, SECONDS = 3.0, 10.0
TARGET_PACING_MS, TARGET_CPU_PERCENT, TARGET_BACK_SECONDS = 10.0, 1.5, 3.0
RTP_BYTES = 182


def run() -> list[Record]:
    """Measure all of it."""
    use_addresses(["127.0.0.1"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _media(folder) as server:
            legs, late, cpu = uvloop.run(_talks(folder, server))
        raw = uvloop.run(_bare())
        other = folder / "other"
        other.mkdir()
        back = uvloop.run(_comes_back(other))
    return [
        at_most("calls.legs", legs, "legs"),
        at_most("calls.pacing_p99_ms", late * 1000, "ms", target=TARGET_PACING_MS, raw=raw * 1000),
        at_most(
            "calls.cpu_per_call_percent", cpu / SECONDS / CALLS * 100, "% of a core",
            target=TARGET_CPU_PERCENT,
        ),
        at_most("calls.back_seconds", back, "s", target=TARGET_BACK_SECONDS),
    ]  # fmt: skip


@contextmanager
def _media(folder: Path) -> Iterator[Server]:
    server = Server(["-c", PROGRAM, str(folder), "200"], {}, folder / "media.log")
    try:
        yield server
    finally:
        server.stop()


async def _talks(folder: Path, server: Server) -> tuple[int, float, float]:
    """Let people talk two by two; returns legs, pacing and CPU-seconds of a while."""
    hub = HubEnd(folder)
    await hub.start()
    ends = [end for number in range(CALLS) for end in await _call(hub, number)]
    await until(lambda: _entered(hub) == 2 * CALLS, seconds=60)
    for end in ends:
        end.be_deaf()
    await asyncio.sleep(SETTLE_SECONDS)
    await hub.link.ask("check")
    before = server.cpu_seconds()
    await asyncio.sleep(SECONDS)
    found, cpu = await hub.link.ask("check"), server.cpu_seconds() - before
    await hub.stop()
    await asyncio.gather(*(end.close() for end in ends))
    return int(found["legs"]), float(found["late_p99_seconds"]), cpu


async def _call(hub: HubEnd, number: int) -> tuple[ToneCaller, ToneCaller]:
    """A customer and an agent in a room."""
    caller, agent = ToneCaller(440), ToneCaller(700)
    enter = (EnterRoom(room_id=f"room-{number}"),)
    await _open(hub, caller, f"leg-c-{number}", enter)
    user = f"usr-{number}"
    answer = await hub.link.ask("phone_up", user_id=user, sdp=await agent.offer())
    await agent.answered(answer["sdp"])
    dial = Dial(
        command_id=user, leg_id=f"leg-a-{number}", kind=LegKind.AGENT, address=f"agent:{user}",
        program=enter,
    )  # fmt: skip
    await hub.link.ask("carry_out", command=to_wire(dial))
    return caller, agent


async def _open(hub: HubEnd, caller: ToneCaller, leg_id: str, program: object) -> None:
    ref = f"ref-{leg_id}-0123456789"
    answer = await hub.link.ask("prepare", ref=ref, sdp=await caller.offer())
    await hub.link.ask("open", leg_id=leg_id, ref=ref, program=to_wire(program))
    await caller.answered(answer["sdp"])


def _entered(hub: HubEnd) -> int:
    return sum(isinstance(event, RoomEntered) for event in hub.events)


async def _bare() -> float:
    """Send as many datagrams from a loop that does nothing else, on the server's core."""
    own = os.sched_getaffinity(0)
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {SERVER_CORE})
    packet, late = b"\0" * RTP_BYTES, []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
        sink.bind(("127.0.0.1", 0))
        out = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2 * CALLS)]
        due, end = time.perf_counter(), time.perf_counter() + SECONDS
        while due < end:
            for phase in range(PHASES):
                due += FRAME_SECONDS / PHASES
                await asyncio.sleep(max(due - time.perf_counter(), 0))
                late.append(time.perf_counter() - due)
                for one in out[phase::PHASES]:
                    one.sendto(packet, sink.getsockname())
        for one in out:
            one.close()
    os.sched_setaffinity(0, own)
    return percentile(late, 99)


async def _comes_back(folder: Path) -> float:
    """From `kill -9` until a new caller is answered, with a hub that starts the process again."""
    hub = HubEnd(folder)
    command = [sys.executable, "-c", PROGRAM, str(folder), "200"]
    child = MediaChild(command, SystemClock(), lambda: hub.link.is_up)
    keeping = asyncio.create_task(child.run())
    await hub.start()
    await asyncio.sleep(6)  # one that ends at once would be given a pause
    found = await hub.link.ask("check")
    began = time.perf_counter()
    os.kill(int(found["pid"]), 9)
    await until(lambda: not hub.link.is_up)
    await until(lambda: hub.link.is_up, seconds=30)
    caller = ToneCaller(440)
    await _open(hub, caller, "leg-new", (Gather(),))
    await until(lambda: bool(hub.told(LegAnswered, "leg-new")), seconds=20)
    took = time.perf_counter() - began
    await caller.close()
    keeping.cancel()
    await hub.stop()
    return took


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201
