"""Real Rasa on the split that the embedded assistant is measured on.

    make bench-rasa

Needs `.rasa` (`make rasa` builds it) and BANKING77's training file (`HUB_BANKING77`); it takes
minutes of training, so `make bench` leaves it out. `BENCH_RASA_PIPELINES` names the pipelines.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.engine.train import Example
from tests.benchmarks.bot import FOLDER, split
from tests.benchmarks.records import Record, at_least, at_most

PIPELINES = os.environ.get("BENCH_RASA_PIPELINES", "light,diet").split(",")


def run() -> list[Record]:
    """Train and ask each pipeline."""
    return [record for pipeline in PIPELINES for record in _pipeline(pipeline)]


def _pipeline(pipeline: str) -> list[Record]:
    rest, unseen = split(FOLDER / "train.csv")
    with tempfile.TemporaryDirectory() as folder:
        train, test = Path(folder, "train.csv"), Path(folder, "test.csv")
        _save(train, rest)
        _save(test, unseen)
        told = _evaluate(pipeline, train, test)
    name = f"rasa.{pipeline}"
    return [
        at_least(f"{name}_accuracy", told["accuracy"], "ratio"),
        at_most(f"{name}_calibration_error", told["calibration_error"], "ratio"),
        at_most(f"{name}_p50_ms", told["latency_p50_ms"], "ms"),
        at_most(f"{name}_p99_ms", told["latency_p99_ms"], "ms"),
        at_most(f"{name}_train_seconds", told["train_seconds"], "s"),
    ]


def _save(file: Path, examples: Sequence[Example]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("text", "category"))
        rows.writerows(examples)


def _evaluate(pipeline: str, train: Path, test: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "config", "bot", "evaluate", "--engine", "rasa"]
    done = subprocess.run(
        [*command, "--train", str(train), "--test", str(test)], check=True, capture_output=True,
        env={**os.environ, "HUB_BOT__RASA__PIPELINE": pipeline}, encoding="utf-8",
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
