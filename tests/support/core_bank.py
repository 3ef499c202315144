"""The demo core as a process of its own, to be slowed down, broken and killed by a test."""

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from config.demo.core.run import KEY_FILE, TOKEN_FILE, secret_file
from hub.adapters.breaker import BreakerRules
from hub.adapters.core_banking.client import CoreOptions, RestCore
from hub.adapters.randomness import Randomness
from hub.ports import Clock
from tests.support import child

READY_SECONDS = 20.0
ROOT = Path(__file__).parents[2]
LIN_WEI = "20418807"
MAIN = "import sys; from config.cli import main; sys.exit(main())"


class CoreProcess:
    """`hub demo-core` on a free port; its book outlives the process."""

    def __init__(self, folder: Path, hub_url: str = "http://127.0.0.1:9") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.hub_url = folder, hub_url
        self.port = child.free_port()
        self.token = secret_file(folder, TOKEN_FILE).read_text().strip()
        self.key = base64.b64decode(secret_file(folder, KEY_FILE).read_text())
        self._process: subprocess.Popen[bytes] | None = None
        self._http = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, trust_env=False
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, crash: str = "") -> None:
        """Start it and wait until it answers; `crash` names a point where it ends itself."""
        named = [f"PYTHONPATH={ROOT}", *([f"HUB_CRASH={crash}"] if crash else [])]
        self._process = child.start(
            [
                "/usr/bin/env", *named, sys.executable, "-c", MAIN, "demo-core",
                "--port", str(self.port), "--folder", self.folder, "--hub-url", self.hub_url,
                "--seeded-at", "1800000000",
            ],
            log=self.folder / "core.log",
        )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                if self._http.get("/v1/health").is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.02)
        raise AssertionError((self.folder / "core.log").read_text()[-2000:])

    def kill(self) -> None:
        """`kill -9`."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait_for_end(self) -> int:
        """Wait until it has ended by itself."""
        assert self._process is not None
        return self._process.wait(timeout=10)

    def close(self) -> None:
        """End it if it runs."""
        self._http.close()
        if self._process is not None:
            child.stop(self._process)

    def suffer(self, *, delay: float = 0, fail_every: int = 0, drop: int = 0) -> None:
        """Choose its faults."""
        faults = {"delay_seconds": delay, "fail_every": fail_every, "drop_after_applying": drop}
        self._http.post("/demo/faults", json=faults).raise_for_status()

    def orders(self) -> list[dict[str, Any]]:
        """Return what it got and how often it applied it."""
        found: list[dict[str, Any]] = self._http.get("/demo/state").json()["orders"]
        return found

    def pay(self, payment_id: str, kind: str = "amount") -> None:
        """Have somebody pay with Lin Wei's card."""
        asked = {"id": payment_id, "number": LIN_WEI, "kind": kind}
        self._http.post("/demo/payments", json=asked).raise_for_status()

    def verdicts(self) -> list[dict[str, Any]]:
        """Return the verdicts it got and how often."""
        found: list[dict[str, Any]] = self._http.get("/demo/state").json()["verdicts"]
        return found

    def seen(self) -> int:
        """Return how many requests reached it since its faults were chosen."""
        return int(self._http.get("/demo/state").json()["seen"])

    def client(self, clock: Clock, random: Randomness, **options: Any) -> RestCore:
        """Return the hub's adapter for it."""
        options = {"breaker": BreakerRules(failures=5, open_seconds=5.0), **options}
        return RestCore(self.url, self.token, clock, random, CoreOptions(**options))


@pytest.fixture
def core_bank(tmp_path: Path) -> Iterator[CoreProcess]:
    """A running core of the demo bank."""
    core = CoreProcess(tmp_path / "core")
    core.start()
    yield core
    core.close()
