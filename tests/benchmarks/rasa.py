"""Real Rasa on the splits that the embedded assistant is measured on.

    make bench-rasa

Needs `.rasa` (`make rasa` builds it) and BANKING77's training file (`BENCH_BANKING77`); it takes
minutes of training a seed, so `make bench` leaves it out. `BENCH_RASA_PIPELINES` names the
pipelines and how many seeds of each: `light:5,diet:1`.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.engine.examples import read_examples
from bot.engine.train import Example
from tests.benchmarks.bot import FIGURES, FOLDER, Split, full, ten_shot
from tests.benchmarks.records import Record, at_least, at_most

PIPELINES = os.environ.get("BENCH_RASA_PIPELINES", "light:5,diet:1").split(",")
KINDS: dict[str, Callable[[Sequence[Example], int], Split]] = {
    "banking77": full,
    "banking77_ten_shot": ten_shot,
}


def run() -> list[Record]:
    """Train and ask each pipeline."""
    examples = read_examples(FOLDER / "train.csv")
    return [
        record
        for pipeline, _, seeds in (one.partition(":") for one in PIPELINES)
        for kind, split in KINDS.items()
        for record in _over_seeds(
            f"rasa.{pipeline}_{kind}",
            [_told(pipeline, split(examples, seed)) for seed in range(int(seeds or 1))],
        )
    ]


def _told(pipeline: str, split: Split) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        train, test = Path(folder, "train.csv"), Path(folder, "test.csv")
        _save(train, split.train)
        _save(test, split.unseen)
        return _evaluate(pipeline, train, test)


def _over_seeds(name: str, told: Sequence[dict[str, Any]]) -> list[Record]:
    def mean(figure: str) -> float:
        return float(statistics.mean(one[figure] for one in told))

    return [
        at_least(f"{name}_accuracy", mean("accuracy"), "ratio"),
        at_most(f"{name}_spread", statistics.pstdev(one["accuracy"] for one in told), "ratio"),
        at_most(f"{name}_seeds", len(told), "seeds"),
        *(at_most(f"{name}_{figure}", mean(figure), unit) for figure, unit in FIGURES.items()),
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
