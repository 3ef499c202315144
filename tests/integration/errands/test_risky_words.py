"""A scam in progress, despair and threats are known in words that no training file has.

The sentences are this test's own: they are to stay out of `config/bot/nlu`.
"""

from collections.abc import Sequence
from time import thread_time
from typing import Any, Final

import numpy as np
import pytest

from bot.engine.model import Model
from bot.engine.model_file import load
from bot.intents import HAN_READ, LATIN_READ, Intents
from config.assistant import BOT_FOLDER, SHIPPED
from config.settings import SET_UP_FOLDER
from hub.adapters.sentences import NanoEmbedder
from tests.support.naughty import naughty_strings

FOLDER: Final = SET_UP_FOLDER / BOT_FOLDER
LOOP_SECONDS_MOST: Final = 0.05
SENTENCES: Final = {
    ("fraud", "en"): (
        "the person on the line wants to know the number that you just texted me",
        "an alleged inspector says all my money must be secured today",
        "somebody tricked my mother into wiring her pension",
        "I let a repairman onto my laptop remotely and he opened my bank page",
        "please freeze the money I was talked into sending",
        "a fake Northmere page got my login",
        "I was promised double returns and now the site is gone",
        "they said they'd arrest me if I tell my bank",
        "unknown withdrawals keep appearing, somebody has my card data",
        "the seller vanished after I paid and now he wants a code as well",
    ),
    ("fraud", "zh"): (
        "对方要我把你们刚发来的那串数字告诉他",
        "自称稽查员的人说今天必须把钱全部保护起来",
        "我妈被骗走了养老金",
        "让修电脑的人远程进来，他打开了我的网银页面",
        "我被忽悠着转了钱，请帮忙冻结",
        "假的北湄网页拿到了我的登录信息",
        "说能翻倍回报，现在网站没了",
        "他们说告诉银行就抓我",
        "一直有陌生的取款，有人盗用我的卡",
        "有人教我怎么骗过银行的核查电话",
    ),
    ("self_harm_or_threat", "en"): (
        "I can see the train coming and I will not step back",
        "I wrote my farewell letter",
        "I don't deserve to exist",
        "my pills are on the table and I will take them all",
        "I wish it would all just stop, I'm so tired of living",
        "your staff will bleed for this",
        "I'm waiting outside your branch with a hammer",
        "he threatened to murder our children",
        "I might harm myself if this goes on",
        "watch out, your building is going up in flames",
    ),
    ("self_harm_or_threat", "zh"): (
        "火车来了我不打算躲",
        "遗书我已经写好了",
        "我不配活在这世上",
        "药放在桌上，我准备全吃下去",
        "活得太累了，只想停下来",
        "你们的人要为此流血",
        "我拿着锤子在你们网点门口等着",
        "他威胁要杀了我们的孩子",
        "再这样下去我可能会伤害自己",
        "小心点，你们那栋楼要着火了",
    ),
}
SHARE: Final = 0.8


class _Counting:
    """An `Embedder` to which everything means the same; it remembers what it read."""

    name = NanoEmbedder.name

    def __init__(self) -> None:
        self.read: list[str] = []

    def vectors(self, sentences: Sequence[str]) -> Any:
        """Return one direction for all."""
        self.read += sentences
        return np.full((len(sentences), 384), 0.05, np.float32)


@pytest.fixture(scope="module")
def shipped() -> Model:
    """The model that a new hub begins with."""
    model = load(FOLDER / SHIPPED)
    assert model is not None
    return model


@pytest.mark.parametrize(("intent", "language"), SENTENCES)
def test_who_is_in_danger_is_heard(shipped: Model, intent: str, language: str) -> None:
    embedder, said = NanoEmbedder(), SENTENCES[intent, language]
    guesses = [shipped.classify(one, embedder) for one in said]
    missed = [
        (one, guess.intent)
        for one, guess in zip(said, guesses, strict=True)
        if not (guess.is_known and guess.intent == intent)
    ]
    assert len(said) - len(missed) >= SHARE * len(said), missed


def test_the_sentences_of_this_test_are_in_no_training_file() -> None:
    trained = "".join(path.read_text("utf-8") for path in (FOLDER / "nlu").glob("*.yml"))
    trained = trained.casefold()
    assert [one for said in SENTENCES.values() for one in said if one.casefold() in trained] == []


async def test_no_message_holds_the_processor_or_keeps_others_waiting(shipped: Model) -> None:
    """What a message costs is its beginning, however long it is and whatever it is made of."""
    counted = _Counting()
    intents = Intents(counted)
    intents.use(shipped)
    slowest = 0.0
    for text in (*naughty_strings(), "lost card " * 800, "卡丢了" * 2_600, "😀" * 8_000):
        before = thread_time()
        await intents.guess(text)
        slowest = max(slowest, thread_time() - before)
    assert slowest < LOOP_SECONDS_MOST
    assert max(map(len, counted.read)) <= LATIN_READ
    assert max(len(one) for one in counted.read if not one.isascii()) <= LATIN_READ
    assert len(counted.read[-1]) == HAN_READ
