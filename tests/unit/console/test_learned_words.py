"""Every matter that the assistant of this bank knows has a name on the desk, in both languages."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
OF_THE_TALK = "# the talk itself"


def test_every_matter_has_a_name_in_both_languages() -> None:
    domain = (ROOT / "config/bot/domain.yml").read_text(encoding="utf-8")
    matters = domain.partition("intents:")[2].partition(OF_THE_TALK)[0]
    wanted = {f"intent_{one}" for one in re.findall(r"^  - (\w+)$", matters, re.M)} - {
        "intent_human"  # the reason says it
    }
    assert len(wanted) > 50
    for language in ("en", "zh"):
        words = ROOT / f"agent_console/web/src/i18n/{language}/learned.json"
        assert wanted <= json.loads(words.read_text(encoding="utf-8")).keys()
