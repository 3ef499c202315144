"""Start a program that ends with the test run, whatever ends the run.

Run as a script it drops rights, asks the kernel for a signal when its parent dies, and becomes
the program named by its arguments. Done in a process of its own because forking from a test
process that has threads is not safe.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str | Path], *, log: Path, as_nobody: bool = False
) -> subprocess.Popen[bytes]:
    """Start a server bound to this process; what it prints goes to `log`."""
    user = str(NOBODY if as_nobody else -1)
    bootstrap = [sys.executable, "-I", "-S", __file__, user]
    environment = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath)}
    with log.open("ab") as output:
        return subprocess.Popen(
            [*bootstrap, *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            # Ctrl+C in the terminal is for pytest, which then stops its servers in order.
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes], *, with_signal: int = signal.SIGTERM) -> None:
    """Ask the server to end; after ten seconds end it."""
    if process.poll() is None:
        process.send_signal(with_signal)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a loopback TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _become(user: int, program: Sequence[str]) -> None:
    if user >= 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    os.execv(program[0], list(program))


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
