"""A new hub understands its first customer: the model of the sentences lies with them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.engine.examples import read_examples
from bot.engine.model_file import load, save
from bot.engine.train import Example, train, version_of
from bot.intents import Intents
from bot.teaching.sentences import examples_with
from bot.teaching.teacher import OWN_AFTER_SECONDS, Lesson, Teacher, Told
from config.assistant import BOT_FOLDER, SHIPPED, definition_in, examples_of
from config.set_up import load_set_up
from config.settings import SET_UP_FOLDER
from hub.adapters.sentences import NanoEmbedder
from tests.support.teaching import tiny_definition
from tests.support.waiting import in_background, until
from tests.support.world import World

FILE = SET_UP_FOLDER / BOT_FOLDER / SHIPPED
HELD_OUT = SET_UP_FOLDER / BOT_FOLDER / "held_out.csv"


def test_the_shipped_model_is_of_the_shipped_sentences() -> None:
    definition = definition_in(SET_UP_FOLDER, load_set_up(SET_UP_FOLDER).queues)
    assert definition is not None
    model = load(FILE)
    assert model is not None
    assert model.version == version_of(examples_of(definition), NanoEmbedder()), "`make model`"
    assert model.vectors is not None
    assert len(model.intents) == len({one.intent for one in definition.examples})
    assert model.report["accuracy"] > 0.75, "cross-validation, with sentences of no matter"


def test_it_knows_words_by_their_letters_alone() -> None:
    model = load(FILE)
    assert model is not None
    unseen = read_examples(HELD_OUT)
    right = [model.classify(one.text, None).intent == one.intent for one in unseen]
    assert sum(right) / len(right) > 0.5


class _Process:
    """What trains beside the hub; it notes when it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, lesson: Lesson, _told: Told) -> Mapping[str, Any]:
        self.asked.append(lesson.engine)
        return {}


class _Lengths:
    """Vectors that say how long a sentence is."""

    name = "lengths"

    def vectors(self, sentences: Any) -> Any:
        import numpy as np  # noqa: PLC0415  as in the product: numpy loads when it is needed

        return np.array([[1.0, len(one), len(one) % 7] for one in sentences], np.float32)


def teacher(folder: Path, shipped: list[Example], process: _Process) -> Teacher:
    """A teacher of the tiny assistant; the model of some sentences came with the files."""
    lengths = _Lengths()
    save(train(shipped, lengths), folder / SHIPPED)
    return Teacher(
        definition=tiny_definition(), intents=Intents(lengths), embedder=lengths, beside=process,
        folder=folder / "own", shipped=folder / SHIPPED,
    )  # fmt: skip


async def test_nobody_waits_for_the_shipped_model(world: World, tmp_path: Path) -> None:
    process = _Process()
    ours = teacher(tmp_path, examples_with(tiny_definition(), []), process)
    async with in_background(ours.run(world.hub)):
        await until(lambda: ours.intents.model is not None)
        assert process.asked == []
        await world.clock.advance(OWN_AFTER_SECONDS)
        await until(lambda: process.asked == ["embedded"])  # a teacher will need the vectors


async def test_a_shipped_model_of_other_sentences_is_left_alone(
    world: World, tmp_path: Path
) -> None:
    process = _Process()
    others = [*examples_with(tiny_definition(), []), Example("one sentence more", "fees")]
    ours = teacher(tmp_path, others, process)
    await ours.look(world.hub)
    assert process.asked == ["ngrams", "embedded"]
    assert ours.intents.model is None
