"""Collects what is wrong: all of it at once, each with file, line and remedy."""

from pathlib import Path

from hub.domain.errors import Invalid


class BadDefinition(Invalid):
    """`detail` has a line `file:line: what; remedy` per mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("bot_definition", "\n".join(mistakes))


class Mistakes:
    """A list that every reader adds to."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def note(self, path: Path, line: int, what: str, remedy: str) -> None:
        """Add one."""
        self.told.append(f"{path}:{line}: {what}; {remedy}")
