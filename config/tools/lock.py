"""Write the lock files: hashes, no registry address, no path of this machine."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).parent / "uv"
COMMON = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
    "--python-version=3.11",
    "--custom-compile-command=make lock",
)
# dev comes first and binds runtime, so that tests run on what is shipped.
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dev.lock", ("pyproject.toml", "--extra=all", "--group=dev")),
    ("runtime.lock", ("pyproject.toml", "--extra=all", "--constraints=requirements/dev.lock")),
    ("tools.lock", ("requirements/tools.in",)),
    ("node.lock", ("requirements/node.in",)),
    # Real Rasa contradicts itself on what it needs; its list is whole, and nothing is added.
    ("rasa.lock", ("requirements/rasa.in", "--no-deps", "--python-version=3.10")),
)


def main() -> int:
    """Compile each lock in turn; exit status 1 when one cannot be resolved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take newer versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ}
    for name, sources in LOCKS:
        print(f"lock: {name}", flush=True)
        command = [str(UV), "pip", "compile", *COMMON, *upgrade, *sources]
        command += ["--output-file", f"requirements/{name}"]
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
