"""A tiny assistant to teach: a few sentences, n-grams alone, trained in the test's own process."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.definition.values import Definition, Said
from bot.engine.train import Example
from bot.intents import Intents
from bot.teaching.editor import AssistantEditor
from bot.teaching.learn import Learner
from bot.teaching.teacher import Lesson, Teacher, TrainingFailed
from hub.domain.errors import HubError
from hub.ports import Clock

EXAMPLES = {
    "balance": ("how much money do I have", "what is my balance", "我的余额是多少"),
    "fees": ("what does a transfer cost", "how much are the fees", "手续费是多少"),
    "block_card": ("block my card", "my card was stolen", "挂失我的卡"),
    "out_of_scope": ("tell me a joke", "what is the weather", "今天天气怎么样"),
}
UNSEEN = (
    Example("what is the balance of my account", "balance"),
    Example("what are your fees", "fees"),
    Example("please block the card", "block_card"),
    Example("tell me about the weather", "out_of_scope"),
)


def tiny_definition() -> Definition:
    """Four intents, each answered by a word."""
    examples = tuple(
        Said(text=text, intent=intent, language="en" if text.isascii() else "zh")
        for intent, texts in EXAMPLES.items()
        for text in texts
    )
    return Definition(
        slots={}, forms={}, responses={}, endings=(), examples=examples, synonyms={},
        rules=dict.fromkeys(EXAMPLES, ("utter_answer",)),
    )  # fmt: skip


def in_process(folder: Path, clock: Clock) -> Callable[..., Any]:
    """Train where the test is; `Lesson`s that cannot be learned fail as a process would."""
    learner = Learner(
        definition=tiny_definition(), embedder=None, kept=None, folder=folder, now=clock.monotonic
    )

    async def train(lesson: Lesson, told: Callable[[int, int], None]) -> Mapping[str, Any]:
        said: list[Mapping[str, Any]] = []
        unseen = [] if lesson.against is None else UNSEEN
        try:
            learner.learn(lesson.document, unseen, lesson.against or "", said.append)
        except HubError as error:
            raise TrainingFailed(str(error)) from None
        for line in said[:-1]:
            told(line["done"], line["of"])
        return said[-1]

    return train


def tiny_editor(folder: Path, clock: Clock) -> AssistantEditor:
    """What the page asks, over the tiny assistant."""
    intents = Intents(None)
    teacher = Teacher(
        definition=tiny_definition(), intents=intents, embedder=None,
        beside=in_process(folder, clock), folder=folder, unseen=UNSEEN,
    )  # fmt: skip
    return AssistantEditor(teacher, intents, clock, ZoneInfo("Asia/Shanghai"), "ngrams")
