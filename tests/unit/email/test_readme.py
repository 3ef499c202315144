"""The README's table of flags is the code's."""

import re
from pathlib import Path

import channels.email.parse
from channels.email.parse.flags import EXPLAINED


def test_every_flag_is_explained_to_operators() -> None:
    text = (Path(channels.email.parse.__path__[0]) / "README.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([a-z0-9_]+)` \| (.+) \|$", text, re.M)) == EXPLAINED
