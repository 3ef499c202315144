"""Places where a test may end the process as `kill -9` would.

A place is named once in `CRASH_POINTS` and passed with `crashpoint(name)`, which does nothing
unless the environment says `HUB_CRASH=name:n`: then the n-th passing ends the process.
"""

import os

CRASH_POINTS: set[str] = set()
"""All names, declared where the code that passes them is imported; tests crash at each."""

EXIT_CODE = 137
"""What a shell reports of a process that was killed."""


def declare(name: str) -> str:
    """Put a name on the list and return it."""
    CRASH_POINTS.add(name)
    return name


def _armed() -> tuple[str, int]:
    name, _, count = os.environ.get("HUB_CRASH", "").partition(":")
    return name, int(count or 1)


_name, _left = _armed()


def crashpoint(name: str) -> None:
    """End the process here if this passing is the one the environment names."""
    if name == _name:
        _count_down()


def _count_down() -> None:
    global _left  # noqa: PLW0603  one process has one such end
    _left -= 1
    if _left == 0:
        os._exit(EXIT_CODE)
