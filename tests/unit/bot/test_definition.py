"""The assistant's files: what is wrong is told with file, line and remedy, all of it at once."""

import shutil
from pathlib import Path

import pytest

from bot.definition import lined
from bot.definition.load import load_definition
from bot.definition.mistakes import BadDefinition, Mistakes
from bot.definition.shape import check_shape

FOLDER = Path(__file__).parents[3] / "config/bot"
QUEUES = ("cards", "payments", "loans", "premier", "messages", "complaints")


@pytest.mark.parametrize(
    ("file", "good", "bad", "told"),
    [
        ("rules.yml", "action: utter_fees", "action: utter_feees", "no action, form or response"),
        ("rules.yml", "- intent: balance", "- intent: balanse", "no intent 'balanse'"),
        ("responses/en.yml", "utter_ask_code:", "utter_ask_kode:", "utter_ask_kode has no text"),
        ("responses/hand_over.yml", "queue: cards", "queue: cardz", "no queue 'cardz'; use cards"),
        ("responses/en.yml", "{card_tail}", "{card_tale}", "no slot; use a slot of the domain"),
        ("nlu/en.yml", "- intent: balance", "- intent: balanse", "no intent 'balanse'"),
    ],
)
def test_a_mistake_says_where_and_what_to_do(
    tmp_path: Path, file: str, good: str, bad: str, told: str
) -> None:
    folder = tmp_path / "bot"
    shutil.copytree(FOLDER, folder)
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(good, bad, 1), "utf-8")
    with pytest.raises(BadDefinition) as found:
        load_definition(folder, queues=QUEUES)
    lines = found.value.detail.splitlines()
    assert any(told in line and line.startswith(f"{path}:") for line in lines)
    assert all("; " in line for line in lines)


def test_broken_yaml_and_missing_files_say_so(tmp_path: Path) -> None:
    folder = tmp_path / "bot"
    shutil.copytree(FOLDER, folder)
    (folder / "rules.yml").write_text('version: "3.1"\nrules:\n- rule: [\n', "utf-8")
    (folder / "domain.yml").unlink()
    with pytest.raises(BadDefinition) as found:
        load_definition(folder, queues=QUEUES)
    assert "rules.yml:" in found.value.detail
    assert "domain.yml:1: No such file" in found.value.detail


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("intents: 5", "1: intents is no list"),
        ("slots:\n  a: 5", "2: a is no table"),
        ("slots:\n  a:\n    mappings: [5]", "3: an entry of mappings is no table"),
        ("forms:\n  a:\n    required_slots: 5", "3: required_slots is no list"),
        ("rules:\n- 5", "2: an entry of rules is no table"),
        ("rules:\n- steps:\n  - intent: [a]", "3: intent is no text"),
        ("stories: {}", "1: stories is no list"),
        ("nlu:\n- intent: x\n  examples: [a]", "3: examples is no text"),
        ("responses:\n  a: 5", "2: a is no list"),
        ("responses:\n  a:\n  - custom: {priority: high}", "3: priority is no number"),
        ("responses:\n  a:\n  - condition: 5", "3: condition is no list"),
        ("queues:\n  cards: 5", "2: cards is no list"),
    ],
)
def test_a_part_of_the_wrong_shape_is_told_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "some.yml"
    path.write_text(text, "utf-8")
    mistakes = Mistakes()
    check_shape(path, lined.read(path), mistakes)
    assert [line for line in mistakes.told if line.startswith(f"{path}:{told}; write a ")]


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a [1]\nb: [*a, *a]"])
def test_what_may_grow_beyond_all_bounds_is_not_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "some.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(lined.NotYaml, match="an alias; write it out"):
        lined.read(path)


def test_a_folder_of_wrong_shapes_is_told_and_never_a_crash(tmp_path: Path) -> None:
    folder = tmp_path / "bot"
    shutil.copytree(FOLDER, folder)
    (folder / "domain.yml").write_text("intents: 5\nslots: {a: 5}\n", "utf-8")
    with pytest.raises(BadDefinition) as found:
        load_definition(folder, queues=QUEUES)
    assert [line.split("; ")[1] for line in found.value.detail.splitlines()] == [
        "write a list there", "write a table there",
    ]  # fmt: skip
