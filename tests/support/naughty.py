"""Third-party strings that break programs; they lie beside the checkout, not in it."""

import json
from pathlib import Path

import pytest

FILE = Path(__file__).parents[3] / "shared" / "fixtures" / "strings" / "blns.public.json"


def naughty_strings() -> list[str]:
    """Return all of them, or skip the test where they are not."""
    if not FILE.exists():
        pytest.skip("the third-party strings lie beside the checkout and are not there")
    return [s for section in json.loads(FILE.read_text()) for s in section["strings"]]


def naughty_parts(size: int) -> list[list[str]]:
    """Return them in parts of at most `size`."""
    strings = naughty_strings()
    return [strings[i : i + size] for i in range(0, len(strings), size)]
