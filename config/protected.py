"""`protected.toml`: what never leaves in plain mail or SMS, and why."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.toml_file import Strict, Texts, read_toml
from hub.security.protected import Protected, Rule, Rules

PROTECTED_FILE = "protected.toml"
Word = Annotated[str, Field(min_length=2, max_length=60)]


class _Rule(Strict):
    words: Annotated[tuple[Word, ...], Field(max_length=100)] = ()
    why: Texts


class _ProtectedFile(Strict):
    balance: _Rule | None = None
    account_number: _Rule | None = None
    amount_of_account: _Rule | None = None
    code: _Rule | None = None
    document: _Rule | None = None


def load_protected(folder: Path) -> Rules:
    """Read and check the file; raise `CannotStart` naming file, line and remedy."""
    found = read_toml(folder / PROTECTED_FILE, _ProtectedFile)
    rules = {kind: getattr(found, kind.value) for kind in Protected}
    return {
        kind: Rule(words=one.words, why=one.why.model_dump())
        for kind, one in rules.items()
        if one is not None
    }
