"""A server under measurement: its own process, pinned to one core; the load runs on the other."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

SERVER_CORE, CLIENT_CORE = 0, 1
HUB = "import sys; from config.cli import main; sys.exit(main())"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A loopback port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pin_client() -> None:
    """Keep this process off the server's core, where there are two."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {CLIENT_CORE})


class Server:
    """A started server. Times are CPU-seconds, user and system, of all its threads."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        # As operators start it: with bytecode kept, whatever this shell wants for its scripts.
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, *arguments], env=inherited | dict(environment), stdout=out,
                stderr=out, start_new_session=True,
            )  # fmt: skip
        if (os.cpu_count() or 1) > 1:
            os.sched_setaffinity(self._process.pid, {SERVER_CORE})
        self._log = log

    @property
    def pid(self) -> int:
        """The process to look at."""
        return self._process.pid

    def cpu_seconds(self) -> float:
        """CPU used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_kib(self) -> int:
        """Memory in use now."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def wait_for(self, port: int, seconds: float = 60.0) -> float:
        """Wait until the port accepts; returns the seconds it took."""
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.last_words()}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                return time.perf_counter() - started
            time.sleep(0.01)
        raise TimeoutError(f"no answer on port {port}: {self.last_words()}")

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-800:]

    def kill(self) -> None:
        """`kill -9`, as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@contextlib.contextmanager
def running(
    arguments: Sequence[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server that is ended with the block."""
    server = Server(arguments, environment or {}, log)
    try:
        server.wait_for(port)
        yield server
    finally:
        server.stop()
