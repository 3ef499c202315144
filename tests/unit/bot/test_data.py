"""The assistant's definition: enough sentences, kept apart from those that measure it."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[3] / "config/bot"
LANGUAGES = ("en", "zh")
SENTENCES_LEAST = 15
HELD_OUT_LEAST = 400
OUT_OF_SCOPE_LEAST = 60
ALIKE_MOST = 0.8
NOT_ERRANDS = {
    "greet", "thanks", "goodbye", "affirm", "deny", "cancel", "go_back", "other_one", "human",
    "change_language", "bot_challenge", "capabilities", "out_of_scope",
}  # fmt: skip
MARKED = re.compile(r"\[([^\]]+)\]\((\w+)\)")
Words = frozenset[str]


@cache
def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def sentences(language: str) -> list[tuple[str, str]]:
    """Every training sentence of a language with its intent, as it is written in the file."""
    blocks = [one for one in read(f"nlu/{language}.yml")["nlu"] if "intent" in one]
    return [(line[2:], one["intent"]) for one in blocks for line in one["examples"].splitlines()]


def held_out() -> list[dict[str, str]]:
    with (FOLDER / "held_out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(sentence: str) -> str:
    return MARKED.sub(r"\1", sentence).lower()


def words(sentence: str) -> Words:
    """Words of a sentence; of Chinese the characters, which is stricter than words."""
    return frozenset(re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", plain(sentence)))


def alike(one: Words, other: Words) -> float:
    return len(one & other) / max(1, len(one | other))


def numbers(text: str) -> set[str]:
    """Every number of a text as digits: 20,000 and 2万 are the same; months have names."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(\d+)万", lambda found: str(int(found[1]) * 10_000), text)
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+月", "", text)))


class Taught:
    """Training sentences by their words, so that a look-alike is found without reading all."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._by_word: dict[str, list[Words]] = defaultdict(list)
        for sentence in sentences:
            own = words(sentence)
            for word in own:
                self._by_word[word].append(own)

    def has_copy_of(self, sentence: str) -> bool:
        """Whether nearly the same words were taught.

        Few words may be missing from a look-alike, so it has one of that many and one more:
        the rarest are looked up.
        """
        own = words(sentence)
        rarest = sorted(own, key=lambda word: len(self._by_word[word]))
        missing_most = int(len(own) * (1 - ALIKE_MOST) + 1e-6)
        return any(
            alike(own, other) >= ALIKE_MOST
            for word in rarest[: missing_most + 1]
            for other in self._by_word[word]
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_its_sentences(language: str) -> None:
    counts = Counter(intent for _, intent in sentences(language))
    assert set(counts) == set(read("domain.yml")["intents"])
    assert {name for name, count in counts.items() if count < SENTENCES_LEAST} == set()
    assert len(set(counts) - NOT_ERRANDS) >= 40


def test_no_sentence_is_taught_twice() -> None:
    taught = Counter(
        re.sub(r"\W", "", plain(text)) for language in LANGUAGES for text, _ in sentences(language)
    )
    assert [text for text, count in taught.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_marked_blanks_are_known(language: str) -> None:
    marked = {name for text, _ in sentences(language) for _, name in MARKED.findall(text)}
    assert marked == set(read("domain.yml")["entities"])
    left = [text for text, _ in sentences(language) if "](" in MARKED.sub("", text)]
    assert left == []


def test_held_out_sentences_are_many_and_known() -> None:
    rows = held_out()
    by_intent = Counter((row["intent"], row["language"]) for row in rows)
    assert len(rows) >= HELD_OUT_LEAST
    assert len({row["text"] for row in rows}) == len(rows)
    assert sum(row["intent"] == "out_of_scope" for row in rows) >= OUT_OF_SCOPE_LEAST
    wanted = {(name, tongue) for name in read("domain.yml")["intents"] for tongue in LANGUAGES}
    assert set(by_intent) == wanted


def test_held_out_sentences_are_no_copies_of_taught_ones() -> None:
    taught = Taught(text for language in LANGUAGES for text, _ in sentences(language))
    copies = [row["text"] for row in held_out() if taught.has_copy_of(row["text"])]
    assert copies == []


def test_a_copy_would_be_noticed() -> None:
    taught = Taught(["what's my balance", "我的卡丢了"])
    assert taught.has_copy_of("Please, what's my balance?")
    assert taught.has_copy_of("我的卡丢了！")
    assert not taught.has_copy_of("我的卡坏了，想换一张")


def test_rules_use_what_there_is() -> None:
    domain = read("domain.yml")
    said = set(read("responses/en.yml")["responses"])
    handed = set(read("responses/hand_over.yml")["responses"])
    known = said | handed | set(domain["actions"]) | set(domain["forms"])
    steps = [step for rule in read("rules.yml")["rules"] for step in rule["steps"]]
    used = {step["action"] for step in steps if "action" in step}
    assert used - known == {"action_deactivate_loop"}
    begun = {step["intent"] for step in steps if "intent" in step}
    assert begun - {"nlu_fallback"} == set(domain["intents"])


def test_every_blank_of_a_form_is_asked_for() -> None:
    domain = read("domain.yml")
    known = set(read("responses/en.yml")["responses"]) | set(domain["actions"])
    for form, shape in domain["forms"].items():
        for slot in shape["required_slots"]:
            asks = {f"utter_ask_{slot}", f"utter_ask_{form}_{slot}", f"action_ask_{form}_{slot}"}
            assert asks & known, f"{form} never asks for {slot}"
            assert slot in domain["slots"]


def test_both_languages_say_the_same_things() -> None:
    texts = {one: read(f"responses/{one}.yml")["responses"] for one in LANGUAGES}
    assert set(texts["en"]) == set(texts["zh"])
    slots = set(read("domain.yml")["slots"])
    for name, said in texts["en"].items():
        blanks = [
            {blank for one in text for blank in re.findall(r"\{(\w+)\}", one["text"])}
            for text in (said, texts["zh"][name])
        ]
        assert blanks[0] == blanks[1] <= slots, name


def test_both_languages_name_the_same_numbers() -> None:
    english, chinese = (read(f"responses/{one}.yml")["responses"] for one in LANGUAGES)
    for name, said in english.items():
        assert numbers(said[0]["text"]) == numbers(chinese[name][0]["text"]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_says_for_whom_it_is(language: str) -> None:
    for name, said in read(f"responses/{language}.yml")["responses"].items():
        of = [one["condition"][0] for one in said]
        assert of == [{"type": "slot", "name": "language", "value": language}] * len(said), name
        has_han = [bool(re.search(r"[\u4e00-\u9fff]", one["text"])) for one in said]
        assert has_han == [language == "zh"] * len(said), name
