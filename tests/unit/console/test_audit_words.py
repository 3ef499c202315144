"""The acts that the hub writes into the audit have words on the auditors' page."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
UNNAMED_MOST = 8
"""A new act may show its code until somebody has found words for it; not many may."""
ACTION_AT = 2
"""`audited(hub, actor, action, ...)`."""


def _acts() -> Iterator[str]:
    for folder in ("hub", "agent_console", "config"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "audited":
                    continue
                action = node.args[ACTION_AT] if len(node.args) > ACTION_AT else None
                if isinstance(action, ast.Constant) and isinstance(action.value, str):
                    yield f"act_{action.value}"


def test_acts_have_words_in_both_languages() -> None:
    acts = set(_acts())
    assert len(acts) > 50
    for language in ("en", "zh"):
        words = ROOT / f"agent_console/web/src/i18n/{language}/audit.json"
        unnamed = acts - json.loads(words.read_text(encoding="utf-8")).keys()
        assert len(unnamed) <= UNNAMED_MOST, sorted(unnamed)
