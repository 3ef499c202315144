"""How good real Rasa is on sentences it has not seen: trained and asked in its own process."""

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from bot.engine.evaluate import figures
from bot.engine.model import Guess
from bot.engine.train import OUTSIDE, Example
from bot.rasa.project import COMPONENTS, copy_components

MODEL: Final = "measured"
TRAIN: Final = ("-m", "rasa", "train", "nlu", "--quiet", "--fixed-model-name", MODEL)


class RasaFailed(Exception):
    """Rasa could not be trained or asked; the text is the end of what it said."""


def write_examples(examples: Sequence[Example], pipeline: Path, into: Path) -> None:
    """Write a project that only tells intents, with a pipeline of `config/bot/rasa`."""
    said: dict[str, list[str]] = defaultdict(list)
    for one in examples:
        said[one.intent].append(one.text)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {_bare(text)}\n" for text in texts)}
        for intent, texts in sorted(said.items())
    ]
    (into / "data").mkdir(parents=True)
    _write(into / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(into / "domain.yml", {"version": "3.1", "intents": sorted(said)})
    (into / "config.yml").write_text(pipeline.read_text(encoding="utf-8"), encoding="utf-8")
    copy_components({}, into)


def train(python: Path, project: Path) -> None:
    """Train it; raises `RasaFailed`."""
    _run(python, project, TRAIN)


def measure(python: Path, project: Path, unseen: Sequence[Example]) -> dict[str, Any]:
    """Ask for each sentence; the figures are those of the embedded engine."""
    asked = json.dumps([one.text for one in unseen], ensure_ascii=False)
    script = str(Path(COMPONENTS) / "measuring.py")
    told = json.loads(_run(python, project, (script, f"models/{MODEL}.tar.gz"), asked))
    guesses = [
        Guess(str(name), float(sure), known and name not in OUTSIDE, (), "rasa")
        for name, sure, known, _ in told
    ]
    return figures(unseen, guesses, [took for *_, took in told])


def _bare(text: str) -> str:
    """A sentence on one line, without what Rasa takes for a marked blank."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


def _run(python: Path, project: Path, arguments: Sequence[str], given: str = "") -> str:
    done = subprocess.run(
        [str(python), *arguments], cwd=project, env=_environment(project), input=given,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise RasaFailed((done.stderr or done.stdout)[-2_000:])
    return done.stdout[done.stdout.index("[[") :] if given else ""


def _environment(project: Path) -> Mapping[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(project / COMPONENTS),
        "PYTHONIOENCODING": "utf-8",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _write(file: Path, told: Any) -> None:
    file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
