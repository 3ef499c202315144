"""The assistant in front of the written channels: its files, its model, and who trains it.

Training runs in a process of its own: it takes seconds of computing, which customers would feel.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.assistant import Assistant
from bot.definition.load import load_definition
from bot.definition.mistakes import BadDefinition
from bot.definition.values import Definition
from bot.engine.train import Example, version_of
from bot.engines import RulesTalk
from bot.intents import Intents
from bot.rasa.intents import RasaIntents
from bot.rasa.talk import RasaTalk
from bot.rule_bot import RuleBot
from config.problems import CannotStart, ExitCode
from config.rasa import client as rasa_client
from config.settings import Settings
from hub.adapters.sentences import NanoEmbedder, is_installed
from hub.ports import Clock, Embedder

BOT_FOLDER: Final = Path("bot")
NICE: Final = 10
log = structlog.get_logger(__name__)


def definition_in(folder: Path, queues: Collection[str]) -> Definition | None:
    """Return the assistant's definition; None where the set-up folder has none."""
    if not (folder / BOT_FOLDER / "domain.yml").exists():
        return None
    try:
        return load_definition(folder / BOT_FOLDER, queues=queues)
    except BadDefinition as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None


def examples_of(definition: Definition) -> list[Example]:
    """Return what a model is trained on."""
    return [Example(one.text, one.intent) for one in definition.examples]


def embedder_of(settings: Settings) -> Embedder | None:
    """Return what makes vectors, where it is wanted and there."""
    is_wanted = settings.bot.engine in ("embedded", "rasa")
    return NanoEmbedder() if is_wanted and is_installed() else None


def model_file(data_dir: Path, definition: Definition, embedder: Embedder | None) -> Path:
    """Return where the model of this definition is kept: other examples, other file."""
    return data_dir / "bot" / f"model-{version_of(examples_of(definition), embedder)}.npz"


def assistant(
    settings: Settings, queues: Collection[str], menu: RuleBot, clock: Clock
) -> Assistant | None:
    """Return the assistant; None where only the menu is wanted, or nothing is defined."""
    if settings.bot.engine == "menu":
        return None
    definition = definition_in(settings.set_up_dir, queues)
    if definition is None:
        return None
    zone = ZoneInfo(settings.time_zone)
    intents, rules = Intents(embedder_of(settings)), RulesTalk(definition)
    if settings.bot.engine != "rasa":
        return Assistant(definition, intents, rules, menu, clock, zone)
    rasa = rasa_client(settings, clock)
    return Assistant(
        definition, RasaIntents(rasa, intents), RasaTalk(definition, rasa, rules), menu, clock, zone
    )


async def make_ready(one: Assistant, settings: Settings) -> None:
    """Take the trained model; where there is none have it trained, n-grams first."""
    embedder, intents = embedder_of(settings), one.intents.embedded
    file = model_file(settings.data_dir, one.definition, embedder)
    if await intents.open(file):
        return
    quick = model_file(settings.data_dir, one.definition, None)
    if not await intents.open(quick):
        await _train("ngrams", settings)
        await intents.open(quick)
    if embedder is not None:
        await _train("embedded", settings)
        await intents.open(file)


async def _train(engine: str, settings: Settings) -> None:
    """Run `hub bot train` beside us; it ends with us."""
    environment = {**os.environ, "HUB_DATA_DIR": str(settings.data_dir)}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "config", "bot", "train", "--engine", engine,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, env=environment,
    )  # fmt: skip
    with contextlib.suppress(OSError):  # it may have ended already
        os.setpriority(os.PRIO_PROCESS, child.pid, NICE)
    try:
        told, why = await child.communicate()
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
    if child.returncode:
        log.error("bot_training_failed", engine=engine, why=why.decode(errors="replace")[-500:])
        return
    log.info("bot_trained", engine=engine, **json.loads(told)["cross_validation"])
