"""Redis may vanish: nothing is raised, and listening goes on when it is back."""

import pytest
from structlog.testing import capture_logs

from hub.adapters.clock import SystemClock
from hub.signals.redis import RedisSignal
from tests.support import child
from tests.support.clock import ManualClock
from tests.support.valkey import find_program, running
from tests.support.waiting import until

pytestmark = pytest.mark.redis


async def test_it_is_lost_once_and_found_again() -> None:
    program = find_program()
    if program is None:
        pytest.skip("no Valkey or Redis")
    port = child.free_port()
    clock = ManualClock()
    signal = RedisSignal(f"redis://127.0.0.1:{port}", clock)
    heard: list[str] = []
    signal.subscribe("loss", heard.append)
    with capture_logs() as logs:
        with running(program, port=port):
            await signal.start()
            await signal.listening()
        await until(lambda: clock.sleeper_count == 1)
        for _ in range(3):
            await signal.publish("loss", "here only")
        await until(lambda: heard == ["here only"] * 3)
        with running(program, port=port):
            await clock.advance(1.0)
            await signal.listening()
            await signal.publish("loss", "back")
            await until(lambda: heard[-1] == "back")
            await signal.stop()
    assert [entry["event"] for entry in logs] == ["redis_lost", "redis_found"]


async def test_a_node_starts_without_redis() -> None:
    signal = RedisSignal(f"redis://127.0.0.1:{child.free_port()}", SystemClock())
    heard: list[str] = []
    signal.subscribe("loss", heard.append)
    await signal.start()
    await signal.publish("loss", "here")
    await until(lambda: heard == ["here"])
    await signal.stop()
