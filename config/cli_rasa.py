"""`hub rasa`: real Rasa beside the hub, from the assistant's own files.

Rasa lives in an environment and a process of its own (`make rasa` builds `.rasa`); nothing of it is
imported here. Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlsplit

import typer

from config.problems import CannotStart, ExitCode
from hub.adapters.clock import SystemClock

if TYPE_CHECKING:
    from bot.engine.train import Example
    from config.settings import Settings

app = typer.Typer(help="Real Rasa: train and serve it beside the hub.", no_args_is_help=True)
PYTHON: Final = Path(__file__).parents[1] / ".rasa" / "bin" / "python"
MODEL: Final = "assistant"
RUN: Final = """
import os, sys
from rasa.__main__ import main
# The token comes by the environment: a command line is everybody's to read.
sys.argv = [*sys.argv[1:], "--auth-token", os.environ["HUB_RASA__ACTION_SECRET"]]
main()
"""
PythonOption = Annotated[Path, typer.Option(help="The interpreter that has Rasa.")]


@app.command("train")
def train(python: PythonOption = PYTHON) -> None:
    """Write Rasa's project into the data folder and train it; takes a minute or two.

    What was trained from the same files is not trained again.
    """
    _trained(_settings(), python)


@app.command("serve")
def serve(python: PythonOption = PYTHON) -> None:
    """Train where needed, then serve on loopback until Ctrl+C; the hub needs HUB_BOT__ENGINE=rasa.

    Conversations are kept in memory only, and what customers write is not logged.
    """
    settings = _settings()
    project = _trained(settings, python)
    address = urlsplit(settings.bot.rasa.url)
    typer.echo(f"rasa: serving on {settings.bot.rasa.url}; start the hub with HUB_BOT__ENGINE=rasa")
    arguments = [
        "rasa", "run", "--quiet", "--enable-api", "--model", f"models/{MODEL}.tar.gz",
        "--interface", address.hostname or "127.0.0.1", "--port", str(address.port or 5005),
    ]  # fmt: skip
    os.chdir(project)
    os.execve(python, [str(python), "-c", RUN, *arguments], _environment(settings, project))


def evaluated(examples: "list[Example]", unseen: "list[Example]") -> dict[str, Any]:
    """Train real Rasa on examples and measure it on others: `hub bot evaluate --engine rasa`."""
    from bot.rasa import measure  # noqa: PLC0415

    settings, clock = _settings(), SystemClock()
    _need(PYTHON)
    pipeline = settings.set_up_dir / "bot" / "rasa" / f"{settings.bot.rasa.pipeline}.yml"
    with TemporaryDirectory(prefix="rasa-") as folder:
        project = Path(folder) / "project"
        measure.write_examples(examples, pipeline, project)
        began = clock.monotonic()
        try:
            measure.train(PYTHON, project)
            took = clock.monotonic() - began
            told = measure.measure(PYTHON, project, unseen)
        except measure.RasaFailed as error:
            raise CannotStart(ExitCode.FAILED, f"rasa failed:\n{error}") from None
    head = {"engine": "rasa", "pipeline": settings.bot.rasa.pipeline}
    return {**head, "train_examples": len(examples), "train_seconds": round(took, 3), **told}


def _need(python: Path) -> None:
    if not python.exists():
        raise CannotStart(ExitCode.SET_UP, f"{python}: no Rasa there; `make rasa` installs it")


def _trained(settings: "Settings", python: Path) -> Path:
    """Return the project of these files with its model."""
    from bot.rasa.project import project_version, write_project  # noqa: PLC0415
    from config.assistant import BOT_FOLDER, definition_in  # noqa: PLC0415
    from config.set_up import load_set_up  # noqa: PLC0415

    _need(python)
    folder = settings.set_up_dir
    definition = definition_in(folder, load_set_up(folder).queues)
    if definition is None:
        raise CannotStart(ExitCode.SET_UP, f"{folder / BOT_FOLDER}: no domain.yml")
    version = project_version(folder / BOT_FOLDER, settings.bot.rasa.pipeline)
    project = settings.data_dir.absolute() / "rasa" / version
    if not (project / "models" / f"{MODEL}.tar.gz").exists():
        write_project(definition, folder / BOT_FOLDER, project, pipeline=settings.bot.rasa.pipeline)
        typer.echo("rasa: training, a minute or two ...")
        command = [str(python), "-m", "rasa", "train", "--quiet", "--fixed-model-name", MODEL]
        told = subprocess.run(
            command, cwd=project, env=_environment(settings, project), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        if told.returncode:
            raise CannotStart(ExitCode.FAILED, f"rasa could not be trained:\n{told.stdout[-2000:]}")
    return project


def _environment(settings: "Settings", project: Path) -> dict[str, str]:
    """What Rasa's process is told: our components, where errands are asked for, no outward call."""
    from bot.rasa.project import COMPONENTS  # noqa: PLC0415
    from config.rasa import actions_url, shared_secret  # noqa: PLC0415

    return {
        **os.environ,
        "PYTHONPATH": str(project / COMPONENTS),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TZ": settings.time_zone,
        "HUB_RASA__ACTION_URL": actions_url(settings),
        "HUB_RASA__ACTION_SECRET": shared_secret(settings),
    }


def _settings() -> "Settings":
    from config.settings_file import load_settings  # noqa: PLC0415

    return load_settings()
