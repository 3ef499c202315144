"""The media process and a hub's end of its socket: calls, restarts of either, bad words."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.phone.embedded.child import MediaChild
from channels.phone.local import shared_secret, socket_path
from hub.adapters.clock import SystemClock
from hub.domain import calls
from hub.domain.calls import EnterRoom, Gather, LegKind
from hub.domain.calls_codec import to_wire
from hub.domain.errors import HubError, Refused
from hub.ports import SendLater
from tests.support.media_process import PROGRAM, HubEnd, media_process
from tests.support.waiting import until
from tests.support.webrtc import ToneCaller

pytestmark = pytest.mark.servers
CALLER, AGENT = 400.0, 700.0


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubEnd]:
    hub = HubEnd(tmp_path)
    yield hub
    await hub.stop()


async def call(hub: HubEnd, leg_id: str, *program: calls.CallStep) -> ToneCaller:
    caller = ToneCaller(CALLER)
    ref = f"{leg_id}-0123456789abcdef"
    answer = await hub.link.ask("prepare", ref=ref, sdp=await caller.offer())
    await hub.link.ask("open", leg_id=leg_id, ref=ref, program=to_wire(program))
    await caller.answered(answer["sdp"])
    return caller


async def headset(hub: HubEnd, user_id: str, hz: float = AGENT) -> ToneCaller:
    phone = ToneCaller(hz)
    answer = await hub.link.ask("phone_up", user_id=user_id, sdp=await phone.offer())
    await phone.answered(answer["sdp"])
    await until(
        lambda: {"user": user_id, "note": {"type": "softphone", "up": True}} in hub.notes,
        seconds=10,
    )
    return phone


async def do(hub: HubEnd, command: calls.CallCommand) -> None:
    await hub.link.ask("carry_out", command=to_wire(command))


async def test_a_call_from_keys_to_talk_and_on_while_the_hub_restarts(
    tmp_path: Path, hub: HubEnd
) -> None:
    async with media_process(tmp_path) as process:
        await hub.start()
        caller = await call(hub, "leg_c", Gather(most_digits=2))
        agent = await headset(hub, "usr_1")
        try:
            await until(lambda: bool(hub.told(calls.LegAnswered, "leg_c")), seconds=10)
            hub.answers[calls.Gathered] = (EnterRoom(room_id="r"),)
            await hub.link.ask("digits", leg_id="leg_c", digits="12")
            await until(lambda: bool(hub.told(calls.RoomEntered, "leg_c")), seconds=10)
            assert [event.digits for event in hub.told(calls.Gathered, "leg_c")] == ["12"]
            enter = (EnterRoom(room_id="r"),)
            await do(hub, calls.Dial(
                command_id="1", leg_id="leg_a", kind=LegKind.AGENT, address="agent:usr_1",
                program=enter,
            ))  # fmt: skip
            await caller.hears({AGENT}, CALLER, AGENT)

            await hub.stop()
            await caller.hears({AGENT}, CALLER, AGENT)
            await caller.close()
            hub.events.clear()
            await hub.start()
            await until(lambda: bool(hub.told(calls.LegEnded, "leg_c")), seconds=40)
            assert hub.agreed[-1] is True
            known = await hub.link.ask("legs")
            assert [leg["leg_id"] for leg in known] == ["leg_a"]
            await do(hub, calls.EndLeg(command_id="2", leg_id="leg_a"))
        finally:
            await caller.close()
            await agent.close()
        await hub.stop()
        await asyncio.wait_for(process.wait(), 10)
        assert process.returncode == 0


async def test_a_process_that_dies_loses_its_calls_and_the_next_takes_new_ones(
    tmp_path: Path, hub: HubEnd
) -> None:
    async with media_process(tmp_path) as first:
        await hub.start()
        caller = await call(hub, "leg_1", Gather())
        first.kill()
        await until(lambda: not hub.link.is_up, seconds=5)
        with pytest.raises(SendLater):
            await hub.link.ask("legs")
        await until(lambda: False in hub.agreed, seconds=5)
        await caller.close()
    async with media_process(tmp_path):
        await until(lambda: hub.link.is_up, seconds=10)
        second = await call(hub, "leg_2", Gather())
        await until(lambda: bool(hub.told(calls.LegAnswered, "leg_2")), seconds=10)
        await second.close()


async def test_bad_words_are_refused_and_nothing_else_happens(tmp_path: Path, hub: HubEnd) -> None:
    async with media_process(tmp_path, most_legs=1):
        await hub.start()
        bad = [
            {"do": "nothing"},
            {"do": "carry_out", "command": {"is": "EndLeg", "leg_id": 1, "command_id": "x"}},
            {"do": "carry_out", "command": {"is": "Nonsense"}},
            {"do": "prepare", "ref": "r" * 20, "sdp": "v=0"},
            {"do": "open", "leg_id": "x", "ref": "never-prepared", "program": []},
            {"do": "digits", "leg_id": "x", "digits": "1" * 33},
            {"do": "resume", "leg_id": "x", "sdp": "v=0"},
        ]
        for words in bad:
            with pytest.raises(HubError):
                await hub.link.ask(**words)  # type: ignore[arg-type]
        caller = await call(hub, "leg_1", Gather())
        with pytest.raises(Refused, match="engine_full"):
            await hub.link.ask("prepare", ref="x" * 20, sdp=await caller.offer())
        await caller.close()


async def test_who_does_not_know_the_secret_is_not_served(tmp_path: Path, hub: HubEnd) -> None:
    async with media_process(tmp_path):
        await hub.start()
        for first in ({"secret": "guess"}, {"do": "legs", "id": 1}, "hello"):
            reader, writer = await asyncio.open_unix_connection(socket_path(tmp_path))
            writer.write(json.dumps(first).encode() + b"\n")
            assert await reader.read() == b""
            writer.close()
        assert hub.link.is_up
    assert (tmp_path / "media.key").stat().st_mode & 0o077 == 0
    assert len(shared_secret(tmp_path)) > 40


async def test_one_that_died_is_started_again_and_outlives_who_started_it(
    tmp_path: Path, hub: HubEnd
) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), "2"]
    keeping = asyncio.create_task(MediaChild(command, SystemClock(), lambda: hub.link.is_up).run())
    await hub.start()
    first = (await hub.link.ask("check"))["pid"]
    os.kill(first, signal.SIGKILL)
    await until(lambda: not hub.link.is_up)
    await until(lambda: hub.link.is_up, seconds=40)
    second = (await hub.link.ask("check"))["pid"]
    assert second != first
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert (await hub.link.ask("check"))["pid"] == second
    await hub.stop()
    await until(lambda: os.waitpid(second, os.WNOHANG)[0] == second)
