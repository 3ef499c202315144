"""How well and how fast the embedded assistant tells intents, beside its n-grams alone.

    python -m tests.benchmarks bot

BANKING77's training file only (`HUB_BANKING77` names its folder): a fifth is kept back, the rest
trains; and ten examples an intent over seeds. Without the file the bank's own held-out sentences
alone are measured. Vectors are kept in the data folder, so that a second run takes a minute.
"""

import csv
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.definition.load import load_definition
from bot.engine.evaluate import evaluate
from bot.engine.examples import read_examples
from bot.engine.kept_vectors import KeptVectors
from bot.engine.train import Example, train
from hub.adapters.sentences import NanoEmbedder, is_installed
from hub.ports import Embedder
from tests.benchmarks.records import Record, at_least, at_most

CONFIG = Path(__file__).parents[2] / "config" / "bot"
FOLDER = Path(os.environ.get("HUB_BANKING77", "../shared/datasets/banking77"))
KEPT = Path(os.environ.get("HUB_DATA_DIR", tempfile.gettempdir())) / "bench-vectors.npz"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")
SEEDS = 3
TEN = 10
UNSEEN_MOST = 1_000


def run() -> list[Record]:
    """Measure what there is data for."""
    embedder = NanoEmbedder() if is_installed() else None
    records = _own(embedder)
    file = FOLDER / "train.csv"
    if file.exists():
        records += _banking77(file, embedder)
    return records


def split(file: Path) -> tuple[list[Example], list[Example]]:
    """Return four fifths to train on, and the fifth that is kept back."""
    examples = read_examples(file)
    shuffled = random.Random(0).sample(examples, len(examples))
    fifth = len(shuffled) // 5
    return shuffled[fifth:], shuffled[:fifth]


def _own(embedder: Embedder | None) -> list[Record]:
    said = load_definition(CONFIG, queues=QUEUES).examples
    with (CONFIG / "held_out.csv").open(encoding="utf-8") as rows:
        unseen = [Example(row["text"], row["intent"]) for row in csv.DictReader(rows)]
    told = _figures([Example(one.text, one.intent) for one in said], unseen, embedder)
    return [
        at_least("bot.own_accuracy", told["accuracy"], "ratio", target=0.95),
        at_least("bot.own_out_of_scope_recall", told["rejected"], "ratio", target=0.9),
        at_most("bot.own_false_rejections", told["false_rejections"], "ratio", target=0.03),
    ]


def _banking77(file: Path, embedder: Embedder | None) -> list[Record]:
    (rest, unseen), examples = split(file), read_examples(file)
    told, alone = _figures(rest, unseen, embedder), _figures(rest, unseen, None)
    tens = [_ten(examples, seed, embedder) for seed in range(SEEDS)]
    return [
        at_least(
            "bot.banking77_accuracy", told["accuracy"], "ratio", raw=alone["accuracy"], target=0.925
        ),
        at_most("bot.banking77_calibration_error", told["calibration_error"], "ratio", target=0.03),
        at_most("bot.banking77_p50_ms", told["latency_p50_ms"], "ms", target=1.5),
        at_most("bot.banking77_p99_ms", told["latency_p99_ms"], "ms", target=80.0),
        at_most("bot.banking77_train_seconds", told["train_seconds"], "s"),
        at_least("bot.banking77_ten_shot_accuracy", statistics.mean(tens), "ratio", target=0.83),
        at_most("bot.banking77_ten_shot_spread", statistics.pstdev(tens), "ratio"),
    ]


def _ten(examples: Sequence[Example], seed: int, embedder: Embedder | None) -> float:
    chance = random.Random(seed)
    of: dict[str, list[Example]] = {}
    for one in examples:
        of.setdefault(one.intent, []).append(one)
    few = [one for intent in sorted(of) for one in chance.sample(of[intent], TEN)]
    taken = set(few)
    unseen = chance.sample([one for one in examples if one not in taken], UNSEEN_MOST)
    return _figures(few, unseen, embedder)["accuracy"]


def _figures(
    examples: Sequence[Example], unseen: Sequence[Example], embedder: Embedder | None
) -> dict[str, float]:
    began = time.perf_counter()
    model = train(examples, KeptVectors(embedder, KEPT) if embedder else None)
    took = time.perf_counter() - began
    return {"train_seconds": took, **evaluate(model, unseen, embedder, time.perf_counter)}
