"""Taught sentences: judged, as examples, as a file; doubts side by side; models compared."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.definition.load import load_definition
from bot.dialogue.mind import Mind
from bot.engine.model import Guess
from bot.engine.train import Example, train
from bot.noting import Turned, noted
from bot.teaching.compare import changes, measure
from bot.teaching.groups import grouped
from bot.teaching.sentences import (
    Taught,
    as_nlu,
    compared,
    examples_with,
    require_sound,
    taught_in,
)
from hub.domain.errors import Invalid
from hub.domain.steps import HandOff, TakenFor
from tests.support.teaching import UNSEEN, tiny_definition

APART = frozenset(compared(one.text) for one in UNSEEN)


def document(*rows: tuple[str, str]) -> dict[str, Any]:
    return {
        "sentences": [
            {"text": text, "intent": intent, "language": "en" if text.isascii() else "zh"}
            for text, intent in rows
        ]
    }


def refused(*rows: tuple[str, str]) -> str:
    with pytest.raises(Invalid) as error:
        require_sound(tiny_definition(), APART, document(*rows))
    return error.value.code


def test_what_no_model_should_learn_is_refused() -> None:
    require_sound(tiny_definition(), APART, document(("any charges?", "fees")))
    require_sound(tiny_definition(), APART, document(("tell us a story", "out_of_scope")))
    assert refused(("any charges?", "prices")) == "unknown_intent"
    assert refused(("What are your FEES?!", "fees")) == "kept_apart"
    assert refused(("block my card", "fees")) == "two_intents"
    assert refused(("any charges", "fees"), ("Any charges?", "balance")) == "two_intents"
    assert refused(("?!", "fees")) == "bad_sentence"
    assert refused(("x" * 301, "fees")) == "bad_sentence"
    assert refused(("a\x00b", "fees")) == "bad_sentence"
    for broken in ({}, {"sentences": [{"text": "a"}]}, {"sentences": [["a", "b", "c"]]}):
        with pytest.raises(Invalid):
            taught_in(broken)


def test_what_was_taught_is_learned_once_and_an_intent_that_went_is_left_out() -> None:
    taught = [
        Taught("any charges?", "fees", "en"),
        Taught("block my card", "block_card", "en"),
        Taught("how is the stock", "stocks", "en"),
    ]
    examples = examples_with(tiny_definition(), taught)
    assert Example("any charges?", "fees") in examples
    assert [one.text for one in examples].count("block my card") == 1
    assert "stocks" not in {one.intent for one in examples}


def test_the_exported_file_is_read_as_it_was_taught(tmp_path: Path) -> None:
    taught = [
        Taught("any charges?", "fees", "en"),
        Taught("is [this](amount) - 5: a #trap", "fees", "en"),
        Taught("要收钱吗", "fees", "zh"),
    ]
    folder = Path(__file__).parents[3] / "config/bot"
    for part in ("domain.yml", "rules.yml", "stories.yml", "queues.yml"):
        (tmp_path / part).write_bytes((folder / part).read_bytes())
    for name in ("nlu", "responses"):
        (tmp_path / name).mkdir()
        for file in (folder / name).glob("*.yml"):
            (tmp_path / name / file.name).write_bytes(file.read_bytes())
    for language in ("en", "zh"):
        with (tmp_path / "nlu" / f"{language}.yml").open("a", encoding="utf-8") as out:
            out.write(as_nlu(taught, language).partition("nlu:\n")[2])
    queues = ("cards", "payments", "loans", "premier", "messages", "complaints")
    read = {(one.text, one.intent) for one in load_definition(tmp_path, queues=queues).examples}
    assert {("any charges?", "fees"), ("要收钱吗", "fees")} <= read
    assert ("is (this)(amount) - 5: a #trap", "fees") in read
    assert as_nlu([], "en").endswith("nlu: []\n")


def test_doubts_that_want_the_same_stand_together() -> None:
    said = ["Any charges?", "any charges", "hello moon", "what will it cost me"]
    assert grouped(said, None) == [[0, 1], [2], [3]]
    near = np.array([[1, 0], [1, 0], [0, 1], [0.95, 0.3122]], np.float32)
    assert grouped(said, near) == [[0, 1, 3], [2]]


def test_two_models_are_compared_by_sentences_neither_has_seen() -> None:
    poor = train(examples_with(tiny_definition(), []), None)
    more = [Taught(f"please block the {what}", "block_card", "en") for what in ("card", "plastic")]
    rich = train(examples_with(tiny_definition(), more), None)
    before, after = (measure(one, UNSEEN, None, lambda: 0.0) for one in (poor, rich))
    assert len(after["told"]) == after["examples"] == len(UNSEEN)
    told = changes(before, after, UNSEEN)
    assert [one["text"] for one in told] == [
        unseen.text
        for unseen, was, now in zip(UNSEEN, before["told"], after["told"], strict=True)
        if was[0] != now[0]
    ]
    assert changes(before, {**after, "unseen": "others"}, UNSEEN) == []


MATTERS = frozenset({"balance", "fees"})


def guess(intent: str, probability: float, *, known: bool = True) -> Guess:
    return Guess(intent, probability, known, ((intent, probability),), "ngrams")


def outcome(**turn: Any) -> str:
    found = noted(MATTERS, Turned(**{"text": "words", "guess": None, **turn}), "en")
    step = found[0] if found else None
    assert step is None or isinstance(step, TakenFor)
    return step.outcome if step else ""


def test_a_turn_is_a_lesson_when_it_was_not_understood_or_hardly() -> None:
    begun = Mind(intent="fees")
    assert outcome(guess=guess("fees", 0.9), after=begun) == "understood"
    assert outcome(guess=guess("fees", 0.5), after=begun) == "unsure"
    assert outcome(guess=guess("greet", 0.9), after=Mind(intent="greet")) == ""
    assert outcome(guess=guess("fees", 0.3, known=False), is_missed=True) == "missed"
    assert outcome(guess=guess("out_of_scope", 0.9, known=False), is_missed=True) == "outside"
    assert outcome(guess=None, is_missed=True) == "missed"
    assert outcome(after=Mind(misses=1)) == "missed"
    over = HandOff(queue_id="cards", collected={"intent": "fees", "reason": "asked"})
    assert outcome(guess=guess("fees", 0.9), steps=(over,)) == "understood"
    lost = HandOff(queue_id="cards", collected={"reason": "not_understood"})
    assert outcome(guess=guess("fees", 0.3, known=False), steps=(lost,)) == "missed"


def test_words_that_answer_a_question_are_no_lesson() -> None:
    busy = Mind(intent="fees", form="fees_form", asked="amount")
    assert outcome(guess=guess("fees", 0.9), before=busy, after=busy) == ""
    other = Mind(intent="fees", form="fees_form", asked="amount", tried=("balance",))
    assert outcome(guess=guess("balance", 0.9), before=busy, after=other) == "understood"
    assert outcome(text="", guess=guess("fees", 0.9), after=Mind(intent="fees")) == ""
