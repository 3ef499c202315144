"""A crash point does nothing unless it is the one that is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hub.store.outbox_runner
import hub.store.sqlite_writer  # noqa: F401  declares its points
from hub.adapters.crashpoints import CRASH_POINTS, EXIT_CODE

PROGRAM = """
from hub.adapters.crashpoints import crashpoint
for n in range(3):
    crashpoint("place")
    print(n, flush=True)
"""


@pytest.mark.parametrize(
    ("crash", "printed", "code"),
    [
        ("place:2", "0", EXIT_CODE),
        ("place", "", EXIT_CODE),
        ("other:1", "012", 0),
        ("", "012", 0),
        ("place:9", "012", 0),
    ],
)
def test_the_named_passing_ends_the_process(crash: str, printed: str, code: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "HUB_CRASH": crash, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert "".join(ended.stdout.split()) == printed
    assert ended.returncode == code


def test_all_names_are_listed() -> None:
    assert {"journal.before_commit", "journal.after_commit", "outbox.after_act"} <= CRASH_POINTS
