"""Build the virtual environment from a lock file; standard library only, one line per step.

`--alone` is for a program beside the hub: exactly what its lock names, and no `hub` in it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from config.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""


class StepFailed(Exception):
    """A step of the installation did not work; the text says which and what helps."""


def main() -> int:
    """Install what the named lock lists; nothing is done when it is already there."""
    arguments = _arguments()
    lock: Path = arguments.lock.resolve()
    venv: Path = arguments.venv.absolute()
    is_alone: bool = arguments.alone
    stamp = venv / f".installed-{lock.stem}"
    wanted = _fingerprint(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    try:
        if not (venv / "bin" / "python").exists():
            _step(f"creating {venv.name} with Python {_version()}", lambda: _create(venv))
        if not (venv / "bin" / "uv").exists():
            _step("fetching the installer", lambda: _pip(venv, ROOT / "requirements/tools.lock"))
        count = lock.read_text().count("==")
        flags = ("--no-deps",) if is_alone else ()
        _step(f"installing {lock.name} ({count} in all)", lambda: _packages(venv, lock, *flags))
        if not is_alone:
            _launcher(venv)
    except StepFailed as failure:
        print(f"install: {failure}", file=sys.stderr)
        return 1
    stamp.write_text(wanted)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path, help="lock file with hashes")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    parser.add_argument("--alone", action="store_true", help="nothing but what the lock names")
    return parser.parse_args()


def _version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _fingerprint(lock: Path) -> str:
    """Change when the lock, this script or the place of the checkout changes."""
    parts = (lock.read_bytes(), Path(__file__).read_bytes(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _step(what: str, act: Callable[[], None]) -> None:
    print(f"install: {what} ...", flush=True)
    began = time.monotonic()
    act()
    print(f"install: done in {time.monotonic() - began:.0f} s", flush=True)


def _run(*command: str | Path, remedy: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = "\n".join(done.stdout.splitlines()[-15:])
        raise StepFailed(f"this failed:\n{lines}\n{remedy}")


def _create(venv: Path) -> None:
    _run(
        sys.executable,
        "-m",
        "venv",
        venv,
        remedy="Python's venv module is needed; on Debian: apt-get install python3-venv",
    )


def _pip(venv: Path, lock: Path, *flags: str) -> None:
    _run(
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "-q",
        *flags,
        "--require-hashes",
        "-r",
        lock,
        remedy="A package registry must be reachable once; pip's own settings are used.",
    )


def _packages(venv: Path, lock: Path, *flags: str) -> None:
    """Prefer uv for its speed; pip knows the operator's mirrors and proxies and stands in."""
    uv = (venv / "bin" / "uv", "pip", "install", "-q", "--python", venv / "bin" / "python")
    # Banks put their own certificate authority into the system's store.
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    try:
        _run(*uv, *flags, "--require-hashes", "-r", lock, remedy="")
    except StepFailed:
        print("install: uv did not reach its registry, going on with pip", flush=True)
        _pip(venv, lock, *flags)


def _launcher(venv: Path) -> None:
    """Leave `bin/hub` and the import path, as an editable install would, without building."""
    python = venv / "bin" / "python"
    found = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(found.stdout.strip(), "contact_hub.pth").write_text(f"{ROOT}\n")
    hub = venv / "bin" / "hub"
    hub.write_text(LAUNCHER.format(python=python))
    hub.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
