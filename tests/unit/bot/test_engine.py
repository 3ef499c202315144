"""Which intent a sentence has: learned, calibrated, kept, and honest about what it cannot know."""

import zlib
from collections.abc import Sequence
from itertools import count, product
from pathlib import Path

import numpy as np
import pytest

from bot.engine.evaluate import evaluate
from bot.engine.examples import read_examples
from bot.engine.grams import TEXT_MOST, pieces
from bot.engine.kept_vectors import KeptVectors
from bot.engine.model import Model
from bot.engine.model_file import load, save
from bot.engine.train import Example, train
from bot.engine.verdict import calibration_error
from bot.engine.vocabulary import Floats
from hub.domain.errors import Invalid

WORDS = {
    "balance": ("balance", "how much money", "余额", "还剩多少钱"),
    "block_card": ("lost my card", "block the card", "挂失", "卡丢了"),
    "branch_hours": ("opening hours", "when do you open", "几点开门", "营业时间"),
    "out_of_scope": ("weather today", "tell a joke", "天气", "讲个笑话"),
}
BEFORE, AFTER = ("", "please ", "你好，"), ("", " now")
EXAMPLES = [
    Example(f"{before}{words}{after}", intent)
    for intent, said in WORDS.items()
    for before, words, after in product(BEFORE, said, AFTER)
]


class WordVectors:
    """Sentences that share characters lie near: enough to learn from, and quick."""

    name = "words"

    def __init__(self) -> None:
        self.asked = 0

    def vectors(self, sentences: Sequence[str]) -> Floats:
        self.asked += len(sentences)
        return np.stack([self._one(sentence) for sentence in sentences])

    def _one(self, sentence: str) -> Floats:
        found = np.zeros(64, np.float32)
        for piece in pieces(sentence):
            found[zlib.crc32(piece.encode()) % 64] += 1
        return np.asarray(found / max(1.0, float(np.linalg.norm(found))), np.float32)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(EXAMPLES, WordVectors())


def test_both_languages_are_understood(model: Model) -> None:
    vectors = WordVectors()
    for text, intent in (
        ("I lost my card yesterday", "block_card"),
        ("我的卡丢了怎么办", "block_card"),
        ("what is my balance", "balance"),
        ("你们几点开门呀", "branch_hours"),
    ):
        guess = model.classify(text, vectors)
        assert (guess.intent, guess.is_known) == (intent, True), text


def test_none_of_our_matters_is_told_as_such(model: Model) -> None:
    assert not model.classify("tell me a joke", WordVectors()).is_known


def test_the_same_examples_give_the_same_model(model: Model) -> None:
    again = train(EXAMPLES, WordVectors())
    assert again.version == model.version
    assert np.array_equal(again.grams.weights, model.grams.weights)
    assert train(EXAMPLES[:-1], WordVectors()).version != model.version


def test_a_model_is_kept_in_a_file(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "bot" / "model.npz"
    save(model, file)
    kept = load(file)
    assert kept is not None
    told = [one.classify("block the card please", WordVectors()) for one in (model, kept)]
    assert told[0].intent == told[1].intent == "block_card"
    assert told[0].probability == pytest.approx(told[1].probability, abs=0.01)


def test_a_broken_file_is_no_model(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    assert load(file) is None
    save(model, file)
    file.write_bytes(file.read_bytes()[:500])
    assert load(file) is None


def test_without_vectors_ngrams_answer_and_say_so() -> None:
    alone = train(EXAMPLES, None)
    guess = alone.classify("lost my card", None)
    assert (guess.intent, guess.by) == ("block_card", "ngrams")
    assert not alone.classify("😀😀😀", None).is_known
    assert not alone.classify("", None).is_known


def test_a_very_long_message_is_read_up_to_a_point() -> None:
    assert len(list(pieces("a" * 100_000))) < 6 * TEXT_MOST


def test_vectors_are_computed_once(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    first, second = WordVectors(), WordVectors()
    told = KeptVectors(first, file).vectors(["one", "two", "one"])
    again = KeptVectors(second, file).vectors(["two", "three", "one"])
    assert (first.asked, second.asked) == (2, 1)
    assert np.array_equal(told[0], again[2])


def test_a_probability_means_what_it_says() -> None:
    told = np.array([[0.75, 0.25]] * 4, np.float32)
    assert calibration_error(told, [True, True, True, False]) == pytest.approx(0.0, abs=1e-6)
    assert calibration_error(told, [False] * 4) == pytest.approx(0.75, abs=1e-6)


def test_figures_are_told_apart_for_what_is_out_of_scope(model: Model) -> None:
    ticks = count()
    unseen = [
        Example("is my card lost", "block_card"),
        Example("a joke please", "out_of_scope"),
        Example("opening hours", "balance"),
    ]
    told = evaluate(model, unseen, WordVectors(), lambda: float(next(ticks)))
    assert told["accuracy"] == 0.5
    assert told["rejected"] == 1.0
    assert told["latency_p50_ms"] == 1_000.0
    assert told["confusions"] == [{"is": "balance", "taken_for": "branch_hours", "times": 1}]


@pytest.mark.parametrize(
    ("content", "line", "remedy"),
    [
        (b"sentence,label\nhi,greet\n", ":1:", "text,category"),
        (b"text,category\nhi,greet\n,greet\n", ":3:", "fill in both"),
        (b"text,category\n\xff\xfe,greet\n", "", "UTF-8"),
    ],
)
def test_a_bad_file_of_examples_says_where(
    tmp_path: Path, content: bytes, line: str, remedy: str
) -> None:
    file = tmp_path / "train.csv"
    file.write_bytes(content)
    with pytest.raises(Invalid) as told:
        read_examples(file)
    assert f"train.csv{line}" in told.value.detail
    assert remedy in told.value.detail
