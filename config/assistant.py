"""The assistant in front of the written channels: its files, its model, and who trains it.

Training runs in a process of its own (`training.py`), for a teacher who follows what is published.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.definition.load import load_definition
from bot.definition.mistakes import BadDefinition
from bot.definition.values import Definition
from bot.engine.examples import read_examples
from bot.engine.model import Model
from bot.engine.model_file import load
from bot.engine.train import Example, version_of
from bot.engines import RulesTalk
from bot.intents import Intents
from bot.rasa.intents import RasaIntents
from bot.rasa.talk import RasaTalk
from bot.rule_bot import RuleBot
from bot.teaching.editor import AssistantEditor
from bot.teaching.teacher import Teacher
from config.problems import CannotStart, ExitCode
from config.rasa import client as rasa_client
from config.settings import Settings
from config.training import beside
from hub.adapters.sentences import NanoEmbedder, is_installed
from hub.ports import Clock, Embedder

BOT_FOLDER: Final = Path("bot")
HELD_OUT: Final = "held_out.csv"
SHIPPED: Final = "model.npz"
"""The model of the files as they are shipped, so that nobody has to wait for it (`make model`)."""


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


def model_of(
    settings: Settings, definition: Definition, embedder: Embedder | None
) -> tuple[Path, Model | None]:
    """Return where the model of this definition is kept, and the model where there is one."""
    version = version_of(examples_of(definition), embedder)
    own = settings.data_dir / BOT_FOLDER / f"model-{version}.npz"
    for file in (own, settings.set_up_dir / BOT_FOLDER / SHIPPED):
        model = load(file)
        if model is not None and model.version == version:
            return file, model
    return own, None


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


def teacher_of(one: Assistant, settings: Settings) -> Teacher:
    """Return who keeps the assistant's model as new as what is published, and trains others."""
    return Teacher(
        definition=one.definition,
        intents=one.intents.embedded,
        embedder=embedder_of(settings),
        beside=beside(settings.data_dir),
        folder=settings.data_dir / BOT_FOLDER,
        shipped=settings.set_up_dir / BOT_FOLDER / SHIPPED,
        unseen=unseen_in(settings.set_up_dir),
    )


def editor_of(one: Assistant, settings: Settings, clock: Clock) -> AssistantEditor:
    """Return what the set-up page asks."""
    zone = ZoneInfo(settings.time_zone)
    return AssistantEditor(teacher_of(one, settings), one.intents, clock, zone, settings.bot.engine)


def unseen_in(folder: Path) -> list[Example]:
    """Return the sentences kept apart to measure with; none where the folder has none."""
    file = folder / BOT_FOLDER / HELD_OUT
    return read_examples(file) if file.exists() else []
