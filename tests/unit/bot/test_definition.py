"""The assistant's files: what is wrong is told with file, line and remedy, all of it at once."""

import shutil
from pathlib import Path

import pytest

from bot.definition.load import load_definition
from bot.definition.mistakes import BadDefinition

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
