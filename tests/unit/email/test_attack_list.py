"""The list of attacks on mail: each has one test, found by its code."""

import ast
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
FOLDERS = ("unit/email", "integration/email", "integration/sms", "acceptance")
CODES = [*(f"A{number:02}" for number in range(1, 23)), "A28", "A33", "A34"]


def _codes() -> Counter[str]:
    """What the first words of a test's docstring name."""
    found: Counter[str] = Counter()
    for path in (path for folder in FOLDERS for path in (TESTS / folder).glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                code, colon, _ = (ast.get_docstring(node) or "").partition(":")
                found[code] += bool(colon)
    return found


@pytest.fixture(scope="module")
def codes() -> Counter[str]:
    """How many tests name each."""
    return _codes()


@pytest.mark.parametrize("code", CODES)
def test_an_attack_has_its_test(codes: Counter[str], code: str) -> None:
    assert codes[code] == 1
