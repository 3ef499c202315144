"""The house rules, held against this tree."""

from pathlib import Path

import pytest

from tests.architecture.allowed import ALLOWED
from tests.architecture.rules import RULES
from tests.architecture.tree import SourceTree

TREE = SourceTree(Path(__file__).resolve().parents[2])


@pytest.mark.parametrize("name", RULES)
def test_rule_holds(name: str) -> None:
    allowed = {entry.path for entry in ALLOWED if entry.rule == name}
    broken = [found for found in RULES[name](TREE) if found.path not in allowed]
    if broken:
        places = "\n".join(map(str, sorted(broken)))
        pytest.fail(f"{RULES[name].__doc__}\n{places}", pytrace=False)


def test_exceptions_are_needed_and_have_reasons() -> None:
    for rule, path, reason in ALLOWED:
        assert len(reason.split()) >= 4, f"{path}: say why {rule} may be broken"
        places = {found.path for found in RULES[rule](TREE)}
        assert path in places, f"{path} keeps {rule} now: remove the exception"


def test_the_tree_is_really_read() -> None:
    assert {module.top for module in TREE.modules} >= {"hub", "config", "tests"}
    assert len(TREE.modules) > 30
